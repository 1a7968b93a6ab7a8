import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserSuite, canBrowse, openBrowser, openPage, type RunningServer, startServer, type Watched } from './browser.ts'
import { axeFaults, sidewaysFaults } from './look.ts'
import { type Caller, callerOf, DEMO, enter, freshCompany, settled, signUp } from './people.ts'
import { say, saying } from './words.ts'

const STEP_MS = 30_000

/** What an authenticator application would show for a key, now or some steps later. */
function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) }).generate({ timestamp: Date.now() + steps * STEP_MS })
}

const button = (page: Page, english: string) => page.getByRole('button', { name: say(english), exact: true })
const field = (page: Page, english: string) => page.getByLabel(say(english), { exact: true })

/** The password asked for again, in a window. */
async function confirmPassword(page: Page, english: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(say('Your password')).fill(DEMO.password)
  await dialog.getByRole('button', { name: say(english), exact: true }).click()
}

describe.skipIf(!canBrowse)(browserSuite('my account: second factor, devices, password'), () => {
  let server: RunningServer
  let browser: Browser
  let watched: Watched
  let page: Page
  let home: string
  let secret: string
  let codes: readonly string[]
  const person = { name: 'Rose Delmas', email: 'rose@essai.example' }

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer({ args: ['--no-demo'] }), openBrowser()])
    watched = await openPage(browser)
    page = watched.page
    await signUp(watched.context, server.address, person)
    const { company } = await freshCompany(watched.context, server.address, 'Maison Delmas')
    home = `${server.address}/c/${company.slug}`
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
  })
  const open = async (path: string) => {
    await page.goto(`${home}/${path}`)
    await settled(page)
  }
  const signIn = async (on: Page) => {
    await on.goto(`${server.address}/connexion`)
    await field(on, 'E-mail').fill(person.email)
    await field(on, 'Password').fill(DEMO.password)
    await button(on, 'Sign in').click()
  }

  it('turns the second factor on: the key of the picture, a first code, ten recovery codes shown this one time', async () => {
    await open('reglages/securite')
    await button(page, 'Turn it on').click()
    await confirmPassword(page, 'Continue')
    await page.getByRole('img', { name: say('QR code to scan with your authenticator application') }).waitFor()
    expect(await axeFaults(page)).toEqual([])
    secret = await page.getByRole('group', { name: say('Key to type') }).locator('code').innerText()
    await field(page, 'Code of six digits').fill(codeOf(secret))
    await page.getByRole('dialog').getByRole('button', { name: say('Turn it on') }).click()
    const list = page.getByRole('list', { name: say('Recovery codes') })
    await list.waitFor()
    codes = await list.getByRole('listitem').allInnerTexts()
    expect(new Set(codes).size).toBe(10)
    expect(await axeFaults(page)).toEqual([])
    await button(page, 'I have kept them').click()
    await page.getByText(saying('{left} recovery codes are left.')).waitFor()
  })

  it('then asks for a code at the sign-in: a wrong one is refused in words, the right one opens', async () => {
    const other = await openPage(browser)
    await signIn(other.page)
    const code = field(other.page, 'Code of six digits')
    await code.waitFor()
    expect(await axeFaults(other.page)).toEqual([])
    await code.fill('000000')
    await button(other.page, 'Sign in').click()
    await other.page.getByRole('alert').waitFor()
    await code.fill(codeOf(secret, 1))
    await button(other.page, 'Sign in').click()
    await other.page.waitForURL(/\/c\//)
    await other.context.close()
  })

  it('takes a recovery code in place of the telephone, once', async () => {
    const other = await openPage(browser, { width: 390, height: 844 })
    await signIn(other.page)
    await button(other.page, 'Use a recovery code').click()
    await field(other.page, 'Recovery code').fill(codes[0]!)
    await button(other.page, 'Sign in').click()
    await other.page.waitForURL(/\/c\//)
    expect(await sidewaysFaults(other.page)).toEqual([])
    await signIn(other.page)
    await button(other.page, 'Use a recovery code').click()
    await field(other.page, 'Recovery code').fill(codes[0]!)
    await button(other.page, 'Sign in').click()
    await other.page.getByRole('alert').waitFor()
    await other.context.close()
  })

  it('lists where I am signed in, and signs out all the others', async () => {
    await open('reglages/appareils')
    await page.getByText(say('this device')).waitFor()
    await button(page, 'Sign out all the others').click()
    await page.getByText(say('You are signed in here only.')).waitFor()
  })

  it('changes the password, which the next sign-in asks for', async () => {
    await open('reglages/compte')
    await field(page, 'Present password').fill('ce n\'est pas lui')
    await field(page, 'New password').fill('une autre phrase assez longue')
    await button(page, 'Change my password').click()
    await page.getByRole('alert').or(page.locator('[aria-invalid=true]')).first().waitFor()
    await field(page, 'Present password').fill(DEMO.password)
    await button(page, 'Change my password').click()
    await page.getByText(say('Your password is changed, and your other devices are signed out.')).first().waitFor()
  })

  it('gives the same answer to any address that forgot its password, and says what is wrong with a broken link', async () => {
    const other = await openPage(browser, { width: 390, height: 844 })
    for (const email of [person.email, 'personne@essai.example']) {
      await other.page.goto(`${server.address}/mot-de-passe-oublie`)
      await field(other.page, 'E-mail').fill(email)
      await button(other.page, 'Send me the link').click()
      await other.page.getByRole('heading', { name: say('Look in your mail') }).waitFor()
    }
    for (const [path, title] of [['/reinitialiser', 'This link is not complete'], ['/invitation', 'This invitation no longer works'], [`/invitation#${'a'.repeat(43)}`, 'This invitation no longer works']] as const) {
      await other.page.goto('about:blank')
      await other.page.goto(`${server.address}${path}`)
      await other.page.getByRole('heading', { name: say(title) }).waitFor()
      expect([path, await axeFaults(other.page), await sidewaysFaults(other.page)]).toEqual([path, [], []])
    }
    await other.context.close()
  })
})

describe.skipIf(!canBrowse)(browserSuite('the company: roles, invitations, keys, webhooks, activity, audit, portfolio'), () => {
  let server: RunningServer
  let browser: Browser
  let watched: Watched
  let page: Page
  let caller: Caller

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()])
    watched = await openPage(browser)
    page = watched.page
    await enter(watched.context, server.address)
    caller = await callerOf(watched.context, server.address, 'Atelier Lumen SARL')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
  })
  const open = async (path: string) => {
    await page.goto(`${server.address}/c/${caller.company.slug}/${path}`)
    await settled(page)
  }

  it('makes a role from rights in words, and gives it to an invited person', async () => {
    await open('reglages/roles')
    await button(page, 'New role').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(say('Name of the role')).fill('Saisie des ventes')
    await dialog.getByRole('checkbox', { name: say('Prepare draft invoices'), exact: true }).click()
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: say('Save the role') }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText('Saisie des ventes').first().waitFor()
    const { items } = await caller.get<{ items: { name: string; permissions: string[] }[] }>('/api/roles')
    expect(items).toMatchObject([{ name: 'Saisie des ventes', permissions: ['company.read', 'invoice.write'] }])
    await open('reglages/equipe')
    await field(page, 'E-mail').fill('ines@essai.example')
    await field(page, 'Role').selectOption({ label: 'Saisie des ventes' })
    await button(page, 'Invite').click()
    await page.getByRole('listitem').filter({ hasText: 'ines@essai.example' }).getByText(say('awaits an answer')).waitFor()
  })

  it('makes a key that is shown once and works, then refuses it as soon as it is revoked', async () => {
    await open('reglages/cles')
    await button(page, 'New API key').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(say('Name'), { exact: true }).fill('Boutique')
    await dialog.getByRole('checkbox', { name: say('See invoices'), exact: true }).click()
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: say('Create the key') }).click()
    const key = await page.getByRole('group', { name: say('API key') }).locator('code').innerText()
    await button(page, 'I have kept it').click()
    const ask = () => fetch(`${server.address}/api/invoices/sales?limit=1`, { headers: { authorization: `Bearer ${key}`, 'quittance-tenant': caller.company.id } })
    expect((await ask()).status).toBe(200)
    await page.getByRole('button', { name: `${say('Revoke')} Boutique` }).click()
    await page.getByRole('dialog').getByRole('button', { name: say('Revoke'), exact: true }).click()
    await page.getByText(say('revoked'), { exact: true }).waitFor()
    expect((await ask()).status).toBe(401)
  })

  it('refuses a webhook towards the inside of the network, beside its field', async () => {
    await open('reglages/webhooks')
    await button(page, 'New webhook').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(say('Address'), { exact: true }).fill('https://127.0.0.1/interne')
    await dialog.getByRole('checkbox', { name: say('Invoice paid'), exact: true }).click()
    expect(await axeFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: say('Create the webhook') }).click()
    await dialog.locator('[aria-invalid=true], [role=alert]').first().waitFor()
    expect((await caller.get<{ items: unknown[] }>('/api/webhook-endpoints')).items).toEqual([])
  })

  it('starts the work of the day and follows its steps', async () => {
    await open('activite')
    // The browser's name of a button has plain spaces where the sentence has no-break ones.
    await page.getByRole('button', { name: new RegExp(`^${say('Start “{0}”').split('«')[0]!.trim()}`) }).click()
    await page.waitForURL(/activite\/[0-9a-f-]{36}$/)
    await page.getByRole('complementary').getByRole('list', { name: say('Steps') }).getByRole('listitem').nth(1).waitFor()
    expect(await axeFaults(page)).toEqual([])
  })

  it('finds in the log what was just done, with its difference, and exports it', async () => {
    await open('audit?action=role.create')
    await page.getByRole('grid', { name: say('Audit trail') }).getByRole('row').nth(1).click()
    await page.getByRole('complementary').getByText('Saisie des ventes').first().waitFor()
    expect(await axeFaults(page)).toEqual([])
    const [file] = await Promise.all([page.waitForEvent('download'), button(page, 'Export').click().then(() => page.getByRole('menuitem', { name: say('As a table (CSV)') }).click())])
    expect(file.suggestedFilename()).toMatch(/\.csv$/)
  })

  it('shows the firm its clients, sorted by the head pressed, opened by the keyboard', async () => {
    const firm = await openPage(browser)
    await enter(firm.context, server.address, DEMO.accountant)
    const rivage = await callerOf(firm.context, server.address, 'Cabinet Rivage')
    await firm.page.goto(`${server.address}/c/${rivage.company.slug}`)
    await settled(firm.page)
    const grid = firm.page.getByRole('grid', { name: say('Client companies') })
    await grid.getByText('Boréal Conseil inc.').waitFor()
    await grid.getByRole('button', { name: say('Company') }).click()
    await firm.page.waitForURL(/tri=name/)
    await grid.getByRole('columnheader', { name: say('Company') }).and(firm.page.locator('[aria-sort=ascending]')).waitFor()
    await firm.page.locator('h1').click()
    await firm.page.keyboard.press('j')
    await firm.page.keyboard.press('Enter')
    await firm.page.waitForURL(/\/c\/atelier-lumen/)
    await firm.context.close()
  })
})
