import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserSuite, canBrowse, openBrowser, openPage, type RunningServer, startServer, type Watched } from './browser.ts'
import { axeFaults, inTheme, sidewaysFaults } from './look.ts'
import { type Caller, callerOf, DEMO, enter, freshCompany, settled, signUp } from './people.ts'
import { declaredPages, exampleOf } from './places.ts'
import { say } from './words.ts'

const PAGES = await declaredPages()
/** Lists that a company without books shows empty. */
const EMPTY = PAGES.filter((path) => ['', 'ventes/factures', 'ventes/clients', 'banque/comptes', 'banque/operations', 'banque/marchands', 'banque/rapprochement', 'compta/journal', 'compta/balance', 'compta/exercices', 'compta/comptes/$number'].includes(path))
/** One read of each list that is made to fail, and the page that shows it. */
const FAILING = ([['', '/api/summary'], ['ventes/factures', '/api/invoices/sales'], ['ventes/clients', '/api/customers'], ['banque/comptes', '/api/accounts'], ['banque/operations', '/api/transactions'], ['banque/marchands', '/api/merchants'], ['banque/rapprochement', '/api/reconciliation/suggestions'], ['compta/journal', '/api/ledger/entries'], ['compta/balance', '/api/ledger/balance'], ['audit', '/api/audit']] as const).filter(([path]) => PAGES.includes(path))
/** What a person who may only look is refused. */
const REFUSED = PAGES.filter((path) => ['ventes/factures/nouvelle', 'ventes/factures/import', 'ventes/clients/nouveau', 'banque/import', 'compta/journal/nouvelle', 'audit'].includes(path))
const CONTRAST = ['color-contrast']

type Sizes = { readonly desk: Watched; readonly phone: Watched }

describe.skipIf(!canBrowse)(browserSuite('every page, at 1440 and 390 px, light and dark'), () => {
  let server: RunningServer
  let browser: Browser
  let sizes: Sizes
  let caller: Caller

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()])
    sizes = { desk: await openPage(browser), phone: await openPage(browser, { width: 390, height: 844 }) }
    for (const { context } of [sizes.desk, sizes.phone]) await enter(context, server.address)
    caller = await callerOf(sizes.desk.context, server.address, 'Atelier Lumen SARL')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
  })

  /** Goes there and lists what is wrong in what a person then sees. `contrast` also reads the colours in the other theme, on a desk. */
  async function faultsAt({ page, complaints }: Watched, path: string, contrast: boolean): Promise<readonly string[]> {
    complaints.length = 0
    const width = page.viewportSize()!.width
    const [theme, other] = width === 390 ? ['dark', 'light'] as const : ['light', 'dark'] as const
    await page.emulateMedia({ colorScheme: theme })
    await page.goto(`${server.address}${path}`)
    await settled(page)
    const faults = [...await axeFaults(page), ...(width === 390 ? await sidewaysFaults(page) : [])].map((fault) => `${theme}: ${fault}`)
    // The colours are those of the theme, whatever the width: they are read once in each.
    if (contrast && width !== 390) {
      await inTheme(page, other)
      faults.push(...(await axeFaults(page, CONTRAST)).map((fault) => `${other}: ${fault}`))
    }
    return [...complaints, ...faults].map((fault) => `${width} px: ${fault}`)
  }
  const bothSizes = async (path: string, { desk, phone }: Sizes = sizes, contrast = false) => (await Promise.all([faultsAt(desk, path, contrast), faultsAt(phone, path, contrast)])).flat()
  const inCompany = (path: string, { company }: Caller = caller) => `/c/${company.slug}${path ? `/${path}` : ''}`
  const wordsOf = (page: Page) => page.locator('body').innerText()

  describe('before a company', () => {
    let outside: Sizes
    beforeAll(async () => { outside = { desk: await openPage(browser), phone: await openPage(browser, { width: 390, height: 844 }) } })
    it.each([['the sign-in page', '/connexion', 'Se connecter'], ['the sign-up page', '/inscription', 'Créer mon compte'], ['an address that leads nowhere', '/nulle-part', 'Rien à cette adresse']])('%s is clean and in French', async (_name, path, words) => {
      expect(await bothSizes(path, outside)).toEqual([])
      for (const { page } of [outside.desk, outside.phone]) expect(await wordsOf(page)).toContain(words)
    })
    it('sends someone who is not signed in to the sign-in page, and back to the page asked for', async () => {
      const { page } = outside.desk
      await page.goto(`${server.address}${inCompany('audit')}`)
      await page.waitForURL(/\/connexion\?vers=/)
      await page.getByLabel(say('E-mail'), { exact: true }).fill(DEMO.owner)
      await page.getByLabel(say('Password'), { exact: true }).fill(DEMO.password)
      await page.getByRole('button', { name: say('Sign in'), exact: true }).click()
      await page.waitForURL(`**${inCompany('audit')}`)
    })
    it('the page where a company is created is clean', async () => { expect(await bothSizes('/bienvenue')).toEqual([]) })
  })

  describe('on the demonstration', () => {
    it.each(PAGES.map((path) => [path || 'the home page', path]))('%s is clean', async (_name, pattern) => {
      expect(await bothSizes(inCompany(await exampleOf(pattern, caller)), sizes, true)).toEqual([])
    })
    it('a company that is not one of mine is nothing at this address, without saying that it exists', async () => {
      expect(await bothSizes('/c/une-autre-societe/ventes/factures')).toEqual([])
      expect(await wordsOf(sizes.desk.page)).toContain('Rien à cette adresse')
    })
    it('the screen is in French, and in English once asked', async () => {
      const { page } = sizes.desk
      await page.goto(`${server.address}${inCompany('')}`)
      await settled(page)
      expect(await page.locator('html').getAttribute('lang')).toBe('fr')
      expect(await page.locator('h1').innerText()).toBe('À faire')
      await page.getByRole('button', { name: 'Claire Aubanel' }).click()
      await page.getByRole('menuitemradio', { name: 'English' }).click()
      await page.keyboard.press('Escape')
      await page.locator('h1', { hasText: 'To do' }).waitFor()
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      expect(await wordsOf(page)).not.toMatch(/À faire|Écritures|Banque/)
      await page.evaluate(() => localStorage.clear())
    })
    it('the theme chosen wins over the system\'s', async () => {
      const { page } = sizes.desk
      await page.goto(`${server.address}${inCompany('')}`)
      await settled(page)
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      await inTheme(page, 'light')
      const light = await ground()
      await page.getByRole('button', { name: 'Claire Aubanel' }).click()
      await page.getByRole('menuitemradio', { name: say('Dark') }).click()
      await inTheme(page, 'light')
      expect(await ground()).not.toBe(light)
      await page.evaluate(() => localStorage.clear())
    })
  })

  describe('the firm', () => {
    it('opens on its clients, and works in a client\'s file under its band', async () => {
      const firm = { desk: await openPage(browser), phone: await openPage(browser, { width: 390, height: 844 }) }
      for (const { context } of [firm.desk, firm.phone]) await enter(context, server.address, DEMO.accountant)
      const rivage = await callerOf(firm.desk.context, server.address, 'Cabinet Rivage')
      expect(await bothSizes(inCompany('', rivage), firm)).toEqual([])
      await firm.desk.page.getByText('Boréal Conseil inc.').first().waitFor()
      expect(await bothSizes(inCompany(''), firm)).toEqual([])
      expect(await wordsOf(firm.desk.page)).toContain('Cabinet Rivage')
    })
  })

  describe('in a company without books', () => {
    let fresh: Caller
    beforeAll(async () => { fresh = await freshCompany(sizes.desk.context, server.address, 'Neuve SAS') })
    it.each(EMPTY.map((path) => [path || 'the home page', path]))('%s says what it is for', async (_name, pattern) => {
      expect(await bothSizes(inCompany(pattern.replace('$number', '411000'), fresh))).toEqual([])
      expect((await wordsOf(sizes.desk.page)).length).toBeGreaterThan(200)
    })
  })

  describe('when the server fails', () => {
    it.each(FAILING.map(([path, api]) => [path || 'the home page', path, api]))('%s says so, with a number to quote and a way to try again', async (_name, path, api) => {
      const problem = { type: 'about:blank', title: 'Erreur', status: 500, code: 'INTERNAL', detail: 'Une erreur est survenue de notre côté. Vos données sont intactes.', instance: '0199-essai', problems: [] }
      let broken = true
      for (const { page } of [sizes.desk, sizes.phone]) {
        await page.route((url) => url.pathname === api, (route) => (broken ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }) : route.fallback()))
      }
      const faults = await bothSizes(inCompany(path))
      expect(faults.filter((fault) => !/ 500 |status of 500/.test(fault))).toEqual([])
      const { page } = sizes.desk
      expect(await wordsOf(page)).toContain(problem.detail)
      expect(await wordsOf(page)).toContain(problem.instance)
      broken = false
      await page.getByRole('button', { name: say('Try again') }).click()
      await page.getByText(problem.instance).waitFor({ state: 'detached' })
      for (const each of [sizes.desk, sizes.phone]) await each.page.unrouteAll()
    })
  })

  describe('to someone who may only look', () => {
    let viewer: Sizes
    beforeAll(async () => {
      viewer = { desk: await openPage(browser), phone: await openPage(browser, { width: 390, height: 844 }) }
      const person = { name: 'Iris Lecomte', email: 'iris@essai.example' }
      await signUp(viewer.desk.context, server.address, person)
      await enter(viewer.phone.context, server.address, person.email)
      await caller.post('/api/members', { email: person.email, role: 'viewer' })
    })
    it.each(REFUSED.map((path) => [path]))('%s is refused with who can give access', async (path) => {
      expect(await bothSizes(inCompany(path), viewer)).toEqual([])
      expect(await wordsOf(viewer.desk.page)).toContain(say('You do not have access to this page'))
    })
    it.each(['', 'ventes/factures', 'banque/operations', 'banque/rapprochement', 'compta/journal', 'reglages'].filter((path) => PAGES.includes(path)).map((path) => [path || 'the home page', path]))('%s opens to be read', async (_name, path) => {
      expect(await bothSizes(inCompany(path), viewer)).toEqual([])
    })
  })
})

describe.skipIf(!canBrowse)(browserSuite('a new installation'), () => {
  let server: RunningServer
  let browser: Browser
  beforeAll(async () => { [server, browser] = await Promise.all([startServer({ args: ['--no-demo'] }), openBrowser()]) })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
  })
  it('opens on a first page that makes the first account, then the first company', async () => {
    for (const width of [390, 1440]) {
      const { page, complaints } = await openPage(browser, { width })
      await page.goto(server.address)
      await page.waitForURL('**/inscription')
      await settled(page)
      expect([...complaints, ...await axeFaults(page), ...await sidewaysFaults(page)]).toEqual([])
      if (width === 390) continue
      await page.getByLabel(say('First and last name')).fill('Ada Martin')
      await page.getByLabel(say('E-mail'), { exact: true }).fill('ada@essai.example')
      await page.getByLabel(say('Password'), { exact: true }).fill('une phrase assez longue')
      await page.getByRole('button', { name: say('Create my account') }).click()
      await page.waitForURL('**/bienvenue')
      await settled(page)
      expect(await axeFaults(page)).toEqual([])
      await page.getByLabel(say('Name of the company')).fill('Première SARL')
      await page.getByRole('button', { name: say('Create the company') }).click()
      await page.waitForURL(/\/c\/premiere-sarl/)
      await settled(page)
      expect([...complaints, ...await axeFaults(page)]).toEqual([])
    }
  })
})
