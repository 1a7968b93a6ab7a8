import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserSuite, canBrowse, openBrowser, openPage, type RunningServer, startServer, type Watched } from './browser.ts'
import { companyFiles, droppable, type CompanyFiles } from './company-files.ts'
import { type Caller, callerOf, settled } from './people.ts'
import { say, saying } from './words.ts'

const CLI = join(import.meta.dirname, '..', '..', 'server', 'entry', 'cli.ts')
/** Suggestions accepted by keyboard; the last one is taken back. */
const ACCEPTED = 5

/** What the command line writes on standard output, as JSON. */
function command(...args: string[]): { status: number | null; json: ReturnType<typeof JSON.parse> } {
  const run = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', maxBuffer: 1 << 26 })
  return { status: run.status, json: JSON.parse(run.stdout) }
}

/** Drops a file on the page's drop zone, as from a folder of the desk. */
async function drop(page: Page, label: string, path: string): Promise<void> {
  const zone = page.locator('button', { hasText: label })
  await zone.waitFor()
  const transfer = await page.evaluateHandle(({ name, base64 }) => {
    const data = new DataTransfer()
    data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
    return data
  }, droppable(path))
  await zone.dispatchEvent('dragover', { dataTransfer: transfer })
  await zone.dispatchEvent('drop', { dataTransfer: transfer })
}

/** '1 234,56' as the books write it, to decimal text; an empty cell is zero there. */
function amountOf(text: string): bigint {
  const digits = text.replace(/[^\d,−-]/g, '').replace('−', '-').replace(',', '')
  return digits === '' ? 0n : BigInt(digits)
}

/** The accounts of the trial balance as shown: number, debit minus credit, in cents. */
async function shownBalance(page: Page): Promise<readonly (readonly [string, bigint])[]> {
  const rows = await page.getByRole('grid', { name: say('Trial balance') }).getByRole('row').evaluateAll((elements) => elements.map((element) => [...element.querySelectorAll('[role=gridcell]')].map((cell) => (cell as HTMLElement).innerText.trim())))
  return rows.filter((cells) => /^\d{3,}/.test(cells[0] ?? '')).map((cells) => [cells[0]!, amountOf(cells[6]!) - amountOf(cells[7]!)] as const)
}

describe.skipIf(!canBrowse)(browserSuite('the road in the browser: from a bank file and invoices to reconciled books and a FEC'), () => {
  let server: RunningServer
  let browser: Browser
  let files: CompanyFiles
  let watched: Watched
  let page: Page
  let home: string
  let caller: Caller

  beforeAll(async () => {
    files = companyFiles();
    [server, browser] = await Promise.all([startServer({ args: ['--no-demo'] }), openBrowser()])
    watched = await openPage(browser)
    page = watched.page
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
    if (files) rmSync(files.folder, { recursive: true, force: true })
  })
  const open = async (path: string) => {
    await page.goto(`${home}/${path}`)
    await settled(page)
  }

  it('makes an account and a company whose fiscal year holds the files', async () => {
    await page.goto(server.address)
    await page.waitForURL('**/inscription')
    await page.getByLabel(say('First and last name')).fill('Rose Delmas')
    await page.getByLabel(say('E-mail'), { exact: true }).fill('rose@essai.example')
    await page.getByLabel(say('Password'), { exact: true }).fill('une phrase assez longue')
    await page.getByRole('button', { name: say('Create my account') }).click()
    await page.waitForURL('**/bienvenue')
    await page.getByLabel(say('Name of the company')).fill('Maison Delmas')
    await page.getByLabel('SIREN').fill('732 829 320')
    await page.getByLabel(say('From'), { exact: true }).fill('01/01/2025')
    await page.getByLabel(say('To'), { exact: true }).fill('31/12/2025')
    await page.getByRole('button', { name: say('Create the company') }).click()
    await page.waitForURL(/\/c\/maison-delmas/)
    home = `${server.address}/c/maison-delmas`
    caller = await callerOf(watched.context, server.address)
    expect((await caller.get<{ startsOn: string }[]>('/api/ledger/fiscal-years')).map(({ startsOn }) => startsOn)).toEqual(['2025-01-01'])
  })

  it('takes the CFONB 120 file: balances proven, every line stored with its entry', async () => {
    await open('banque/import')
    await drop(page, say('Drop the files of your bank here, or choose them'), files.cfonb120)
    await page.waitForURL(/banque\/import\/[0-9a-f-]{36}/)
    await page.getByText(say('Balances proven')).first().waitFor()
    expect(await page.getByText(say('Balances broken')).count()).toBe(0)
    await page.getByRole('button', { name: saying('Store {count} lines') }).click()
    await page.getByText(saying('{0} lines stored, each with its entry')).waitFor({ timeout: 60_000 })
    const { items } = await caller.get<{ items: { statedBalance: { agrees: boolean } | null }[] }>('/api/accounts')
    expect(items.map(({ statedBalance }) => statedBalance?.agrees)).toEqual([true])
  })

  it('says of the CAMT.053 of the same account that everything is already known', async () => {
    await open('banque/import')
    await drop(page, say('Drop the files of your bank here, or choose them'), files.camt053)
    await page.waitForURL(/banque\/import\/[0-9a-f-]{36}/)
    await page.getByText(say('Everything is already known.')).waitFor()
    const figures = await page.getByRole('group', { name: say('Lines of the file') }).getByRole('button').allInnerTexts()
    expect(figures.map((text) => Number(text.replace(/\D/g, '')) > 0)).toEqual([false, true, false])
    expect(await page.getByRole('button', { name: saying('Store {count} lines') }).count()).toBe(0)
    const verdicts = await page.getByRole('grid', { name: say('Lines of the file') }).getByRole('row').filter({ hasText: say('Already known') }).count()
    expect(verdicts).toBeGreaterThan(5)
  })

  it('brings its invoices in from a CSV, after a dry run that stores nothing', async () => {
    await open('ventes/factures/import')
    await drop(page, say('Drop a CSV here, or click to choose it'), files.invoices)
    await page.getByText(say('3. What it would do')).waitFor()
    await page.getByText(say('No problem found in the file.')).waitFor()
    expect((await caller.get<{ items: unknown[] }>('/api/invoices/sales?limit=1')).items).toEqual([])
    await page.getByRole('button', { name: saying('Bring in {0} invoices') }).click()
    await page.getByText(say('What was stored')).waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: say('See the invoices') }).click()
    await page.waitForURL('**/ventes/factures')
    await page.getByRole('grid', { name: say('Invoices') }).getByRole('row').nth(3).waitFor()
  })

  it('accepts suggestions by keyboard at the desk, and takes one back', async () => {
    await open('banque/rapprochement')
    await page.getByRole('listbox', { name: say('Bank lines to reconcile') }).waitFor()
    const done = page.getByRole('progressbar', { name: say('Lines treated') })
    const doneIs = (count: number) => page.waitForFunction(([name, wanted]) => document.querySelector(`[role=progressbar][aria-label="${name}"]`)?.getAttribute('aria-valuenow') === wanted, [say('Lines treated'), String(count)] as const)
    await done.waitFor()
    for (let count = 1; count <= ACCEPTED; count += 1) {
      await page.keyboard.press('a')
      await doneIs(count)
    }
    await page.keyboard.press('u')
    await doneIs(ACCEPTED - 1)
    const matches = async () => (await caller.get<{ items: { status: string }[] }>('/api/reconciliation/matches?limit=50')).items.map(({ status }) => status).sort()
    await expect.poll(matches, { timeout: 20_000 }).toEqual([...Array.from({ length: ACCEPTED - 1 }, () => 'active'), 'undone'])
  })

  it('shows a trial balance equal to that of the FEC it gives, which the checker accepts', async () => {
    // Rows out of sight are not drawn: the window is made high enough to hold the whole balance.
    await page.setViewportSize({ width: 1440, height: 4000 })
    await open('compta/balance')
    const shown = await shownBalance(page)
    expect(shown.length).toBeGreaterThan(5)
    await page.setViewportSize({ width: 1440, height: 900 })
    await open('compta/exercices')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: say('Download the FEC') }).click()])
    expect(download.suggestedFilename()).toBe('732829320FEC20251231.txt')
    const fec = join(files.folder, download.suggestedFilename())
    await download.saveAs(fec)
    expect(readFileSync(fec, 'utf8')).toContain('JournalCode|JournalLib')
    const check = command('fec', 'check', fec)
    expect([check.status, check.json.problems]).toEqual([0, []])
    const balance = command('balance', fec, '--json')
    const cents = (text: string) => BigInt(text.replace('.', ''))
    expect(shown).toEqual((balance.json.accounts as { account: string; balance: string }[]).map((row) => [row.account, cents(row.balance)]))
  })

  it('walked without one error in the console', () => { expect(watched.complaints).toEqual([]) })
})
