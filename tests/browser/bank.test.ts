import { rmSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bankFiles, CURRENT_IBAN, type BankFiles } from './bank-files.ts'
import { browserSuite, canBrowse, openBrowser, openPage, type RunningServer, startServer, type Watched } from './browser.ts'
import { axeFaults } from './look.ts'
import { type Caller, callerOf, settled, signUp } from './people.ts'
import { say, saying } from './words.ts'

type Line = { readonly id: string; readonly label: string; readonly state: string; readonly category: { readonly id: string; readonly name: string; readonly source: string } | null; readonly isSplit: boolean; readonly hold: { readonly question: string } | null; readonly transferId: string | null; readonly amount: { readonly amount: string } }
type Category = { readonly id: string; readonly name: string; readonly account: string; readonly children?: readonly Category[] }

describe.skipIf(!canBrowse)(browserSuite('the bank, from three files dropped to lines treated by keyboard alone'), () => {
  let server: RunningServer
  let browser: Browser
  let files: BankFiles
  let watched: Watched
  let page: Page
  let caller: Caller
  let home: string

  beforeAll(async () => {
    files = bankFiles();
    [server, browser] = await Promise.all([startServer({ args: ['--no-demo'] }), openBrowser()])
    watched = await openPage(browser)
    page = watched.page
    await signUp(watched.context, server.address, { name: 'Sami Rebours', email: 'sami@essai.example' })
    await watched.context.request.post(`${server.address}/api/companies`, { data: { name: 'Atelier Rebours', kind: 'company', firstYear: { startsOn: '2025-01-01', endsOn: '2025-12-31' } } })
    caller = await callerOf(watched.context, server.address)
    home = `${server.address}/c/${caller.company.slug}`
    await caller.post('/api/accounts', { name: 'Compte courant', iban: CURRENT_IBAN })
    await caller.post('/api/accounts', { name: 'Livret', type: 'savings' })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
    if (files) rmSync(files.folder, { recursive: true, force: true })
  })
  const keys = async (...names: string[]) => { for (const name of names) await page.keyboard.press(name) }
  const open = async (path: string) => {
    await page.goto(`${home}/${path}`)
    await settled(page)
  }
  const lines = async (query: string) => (await caller.get<{ items: Line[] }>(`/api/transactions?limit=200${query}`)).items
  const lineOf = async (label: string) => (await lines(`&search=${encodeURIComponent(label)}`))[0]!
  const grid = () => page.getByRole('grid', { name: say('Bank lines') })
  /** Types an account into the field that has the focus and takes it, once the list is that of the words typed. */
  const choose = async (account: string) => {
    await page.keyboard.type(account)
    const first = page.getByRole('listbox').getByRole('option').first()
    await expect.poll(() => first.innerText(), { timeout: 15_000 }).toContain(account)
    await keys('Enter')
    await first.waitFor({ state: 'detached' })
  }
  /** Puts the keys on the first line whose label holds these words. */
  const goTo = async (label: string) => {
    const current = () => page.evaluate(() => document.getElementById(document.querySelector('[role=grid][aria-activedescendant]')?.getAttribute('aria-activedescendant') ?? '')?.innerText ?? '')
    for (const key of ['k', 'j']) {
      let before: string | undefined
      for (let now = await current(); !now.includes(label) && now !== before; now = await current()) {
        before = now
        await keys(key)
      }
    }
    expect(await current()).toContain(label)
  }

  /** The same on a list just opened: what an act before brings in the background may still move the keys to the next row. */
  const openAt = async (label: string) => {
    await open('banque/operations?etat=to_treat')
    await grid().getByRole('row').filter({ hasText: label }).first().waitFor()
    await goTo(label)
  }

  it('reads three files dropped at once, stores those nobody has to look at, and knows the lines that two of them hold', async () => {
    await open('banque/import')
    await page.locator('input[type=file]').setInputFiles([files.cfonb120, files.camt053, files.csv])
    const rows = page.getByRole('list', { name: say('Files given') }).getByRole('listitem')
    await expect.poll(() => rows.getByText(say('Look and store')).count(), { timeout: 30_000 }).toBe(3)
    expect(await rows.getByText(say('Balances proven')).count()).toBe(2)
    expect(await axeFaults(page)).toEqual([])
    await keys('Control+Enter')
    await expect.poll(() => rows.getByText(say('Stored')).count(), { timeout: 30_000 }).toBe(2)
    const { items } = await caller.get<{ items: { fileName: string; counts: { new: number; known: number } }[] }>('/api/imports')
    const counts = Object.fromEntries(items.map((one) => [one.fileName, [one.counts.new, one.counts.known]]))
    const { current, both } = files.counts
    expect((counts['janvier-fevrier.cfo']?.[0] ?? 0) + (counts['mars.xml']?.[0] ?? 0)).toBe(current)
    expect(counts['mars.xml']?.[1]).toBe(both)
  })

  it('asks which account the CSV is of, shows how its columns are understood, then stores it', async () => {
    await page.getByRole('list', { name: say('Files given') }).getByRole('listitem').last().getByRole('link').click()
    await page.waitForURL(/banque\/import\/[0-9a-f-]{36}/)
    await settled(page)
    await page.getByText(say('understood by themselves')).click()
    await expect.poll(() => page.getByRole('region', { name: say('Columns and their first rows') }).getByRole('combobox').evaluateAll((fields) => fields.map((field) => (field as HTMLSelectElement).selectedOptions[0]?.text))).toEqual([say('Day booked'), say('Label'), say('Debit'), say('Credit')])
    expect(await axeFaults(page)).toEqual([])
    await page.getByLabel(say('Account of these lines')).selectOption({ label: 'Livret' })
    await keys('Control+Enter')
    await expect.poll(async () => (await lines('')).length, { timeout: 20_000 }).toBe(files.counts.current + files.counts.savings)
    await expect.poll(async () => (await lines('&state=posting')).length, { timeout: 30_000 }).toBe(0)
  })

  it('chooses a category with c by an account number, accepts with a, and takes it back with u', async () => {
    const { items } = await caller.get<{ items: Category[] }>('/api/categories/tree')
    const all = items.flatMap((group) => [group, ...(group.children ?? [])])
    const rent = all.find(({ account }) => account.startsWith('6132'))!
    await open('banque/operations?etat=to_treat')
    await grid().getByRole('row').nth(3).waitFor()
    await goTo('TILLEULS')
    await keys('c')
    const picker = page.getByRole('combobox', { name: say('Category of this line') })
    await picker.waitFor()
    await page.keyboard.type('6132')
    await page.getByRole('option', { selected: true }).filter({ hasText: rent.account }).waitFor()
    await keys('Enter')
    await picker.waitFor({ state: 'detached' })
    await expect.poll(async () => (await lines('&search=TILLEULS')).filter(({ category }) => category?.source === 'manual').length).toBe(1)
    const done = page.getByRole('progressbar', { name: say('Lines treated') })
    await keys('a')
    await expect.poll(() => done.getAttribute('aria-valuenow')).toBe('1')
    await expect.poll(async () => (await lines('&search=TILLEULS&state=treated')).length, { timeout: 20_000 }).toBe(1)
    await keys('u')
    await expect.poll(() => done.getAttribute('aria-valuenow')).toBe('0')
    await expect.poll(async () => (await lines('&search=TILLEULS&state=treated')).length, { timeout: 20_000 }).toBe(0)
    // The line is back in the list before the key is pressed again.
    await grid().getByRole('row').filter({ hasText: 'TILLEULS' }).first().waitFor()
    await goTo('TILLEULS')
    await keys('a')
    await expect.poll(async () => (await lines('&search=TILLEULS&state=treated')).length, { timeout: 20_000 }).toBe(1)
  })

  it('makes a rule from a line with r, after saying what it would change', async () => {
    await openAt('PAPETERIE')
    await keys('r')
    const dialog = page.getByRole('dialog', { name: say('Rule from this line') })
    await dialog.waitFor()
    await dialog.getByLabel(say('Put them in')).focus()
    await page.keyboard.press('Control+a')
    await choose('6064')
    await dialog.getByText(/\b3 opérations passées\b.*0 dans une période verrouillée/).waitFor()
    expect(await axeFaults(page)).toEqual([])
    await keys('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(async () => (await lines('&search=PAPETERIE')).filter(({ category }) => category?.source === 'rule').length, { timeout: 30_000 }).toBe(3)
  })

  it('splits with s, the remainder said as one types', async () => {
    await openAt('CHEQUE 4471')
    await keys('s')
    const dialog = page.getByRole('dialog', { name: say('Split by category') })
    await dialog.getByRole('group', { name: say('Parts') }).waitFor()
    const part = async (n: number, account: string, amount: string) => {
      await dialog.getByRole('combobox').nth(n).focus()
      await choose(account)
      await dialog.getByLabel(saying('Amount of part {0}')).nth(n).focus()
      await page.keyboard.type(amount)
    }
    await part(0, '6064', '200')
    await dialog.getByText(say('Left to share:')).waitFor()
    await part(1, '6251', '120')
    await dialog.getByText(say('The parts make up the line.')).waitFor()
    await keys('Control+Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(async () => (await lineOf('4471')).isSplit).toBe(true)
  })

  it('sets a line aside with h and a question, and pairs the two halves of an internal transfer with t', async () => {
    await openAt('CHEMINS DE FER')
    await keys('h')
    await page.getByRole('dialog', { name: say('Set aside and ask') }).waitFor()
    await page.keyboard.type('Quel trajet, pour quel client ?')
    await keys('Control+Enter')
    await expect.poll(async () => (await lineOf('CHEMINS')).hold?.question).toBe('Quel trajet, pour quel client ?')
    // A pair that leaves no doubt is made by the job that posts the lines, when it sees both halves at once.
    if ((await lines('&transfer=true')).length === 0) {
      await openAt('LIVRET')
      await keys('t')
      await page.getByRole('option').filter({ hasText: 'Livret' }).first().waitFor()
      await keys('Enter')
    }
    await expect.poll(async () => (await lines('&transfer=true')).length, { timeout: 20_000 }).toBe(2)
  })

  it('accepts a whole selection with x and a, and lost neither the focus nor a line', async () => {
    await open('banque/operations?etat=to_treat&q=PAPETERIE')
    await expect.poll(() => grid().getByRole('row').count()).toBe(4)
    await keys('j', 'x', 'j', 'x', 'j', 'x')
    await page.getByText(saying('{0} lines selected')).waitFor()
    await keys('a')
    await expect.poll(async () => (await lines('&search=PAPETERIE&state=treated')).length, { timeout: 20_000 }).toBe(3)
    await page.getByText(say('No bank line matches')).waitFor()
    expect((await lines('')).length).toBe(files.counts.current + files.counts.savings)
    expect(watched.complaints).toEqual([])
  })

  it('shows the account with its balances by day, proven until the end of March', async () => {
    const { items: [account] } = await caller.get<{ items: { id: string; name: string }[] }>('/api/accounts')
    await open(`banque/comptes/${account!.id}`)
    const curve = page.getByRole('slider', { name: say('Balance in the evening') })
    await curve.focus()
    const before = await curve.getAttribute('aria-valuetext')
    await keys('Home')
    expect(await curve.getAttribute('aria-valuetext')).not.toBe(before)
    await page.getByRole('slider', { name: say('In and out by month') }).waitFor()
    expect(await axeFaults(page)).toEqual([])
  })
})
