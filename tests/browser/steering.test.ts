import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserSuite, canBrowse, openBrowser, openPage, type RunningServer, startServer, type Watched } from './browser.ts'
import { type Caller, callerOf, enter, settled } from './people.ts'
import { say, saying } from './words.ts'

type Category = { readonly id: string; readonly key: string | null; readonly name: string; readonly children: readonly Category[] }

describe.skipIf(!canBrowse)(browserSuite('rules, budgets, goals and analyses, without a mouse'), () => {
  let server: RunningServer
  let browser: Browser
  let watched: Watched
  let page: Page
  let caller: Caller
  let home: string
  let restaurants: Category

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()])
    watched = await openPage(browser)
    page = watched.page
    await enter(watched.context, server.address)
    caller = await callerOf(watched.context, server.address, 'Atelier Lumen SARL')
    home = `${server.address}/c/${caller.company.slug}`
    const tree = await caller.get<{ items: readonly Category[] }>('/api/categories/tree')
    restaurants = tree.items.flatMap(({ children }) => children).find(({ key }) => key === 'restaurant')!
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
  })
  const keys = async (...names: string[]) => { for (const name of names) await page.keyboard.press(name) }
  const openAt = async (place: string) => {
    await page.goto(`${home}/${place}`)
    await settled(page)
  }
  /** Types in a field found by its name, and takes the first thing it offers. */
  const choose = async (label: string, text: string) => {
    await page.locator('input:enabled').and(page.getByLabel(label, { exact: true })).focus()
    await page.keyboard.type(text)
    await page.getByRole('listbox').getByRole('option').filter({ hasText: text }).first().waitFor()
    await keys('Enter')
  }

  it('refuses an expression that cannot be read, beside it and in words', async () => {
    await openAt('banque/regles/nouvelle')
    await page.getByLabel(saying('{text}, condition {rank}')).nth(0).selectOption('regex')
    await page.getByLabel(saying('{text}, condition {rank}')).nth(1).fill('(auberge')
    await choose(say('Category'), restaurants.name)
    const field = page.locator('input[aria-invalid=true]')
    await field.waitFor()
    const said = await page.locator(`[id="${(await field.getAttribute('aria-describedby'))!.split(' ').at(-1)!}"]`).innerText()
    expect(said.length).toBeGreaterThan(10)
  })

  it('sets a goal, and notes what is put aside for it', async () => {
    await openAt('banque/objectifs/nouveau')
    await page.keyboard.type('Presse à chaud')
    await page.getByLabel(say('Amount to reach'), { exact: true }).fill('2 000')
    await keys('Control+Enter')
    const panel = page.getByRole('complementary')
    await panel.getByRole('heading', { name: 'Presse à chaud' }).waitFor()
    await panel.getByLabel(say('Amount'), { exact: true }).fill('500')
    await keys('Enter')
    await panel.getByRole('progressbar', { name: 'Presse à chaud' }).and(page.locator('[aria-valuenow="25"]')).waitFor()
  })

  it('reads the analyses by keys: the period, a month of the curve, the same figures as a table, the lines behind one', async () => {
    await openAt('banque/objectifs')
    await keys('g', 'y')
    await page.waitForURL('**/pilotage/analyses')
    await settled(page)
    await keys('3')
    await page.waitForURL('**/pilotage/analyses?jours=365')
    await page.getByRole('button', { name: saying('{days} days'), pressed: true }).waitFor()
    const curve = page.getByRole('slider', { name: say('Month by month'), exact: true })
    await curve.focus()
    const last = await curve.getAttribute('aria-valuetext')
    await keys('ArrowLeft')
    await expect.poll(() => curve.getAttribute('aria-valuetext')).not.toBe(last)
    await page.getByRole('button', { name: say('See the table') }).first().focus()
    await keys('Enter')
    await page.getByRole('table', { name: say('Month by month'), exact: true }).getByRole('row').nth(11).waitFor()
    await page.getByRole('tab', { name: say('Spending') }).focus()
    await keys('Enter')
    await page.waitForURL('**/pilotage/analyses?*vue=depenses*')
    const part = page.getByRole('list', { name: say('By category') }).getByRole('link').first()
    await part.focus()
    await keys('Enter')
    await page.waitForURL('**/banque/operations?*')
    await settled(page)
    await page.getByRole('grid', { name: say('Bank lines') }).getByRole('row').nth(1).waitFor()
    expect(new URL(page.url()).searchParams.get('categorie')).toBeTruthy()
  })

  /** The jobs that file what the first start brought in are done: counts stand still from here on. */
  const filed = async () => {
    const waiting = async () => (await Promise.all(['waiting', 'later', 'running', 'retrying'].map(async (state) => (await caller.get<{ items: readonly unknown[] }>(`/api/jobs?queue=categorise-lines&state=${state}&limit=1`)).items.length))).reduce((a, b) => a + b, 0)
    await expect.poll(waiting, { timeout: 90_000, interval: 500 }).toBe(0)
  }

  it('writes a rule, sees the past lines it would change before anything changes, and applies it to them', async () => {
    await filed()
    await openAt('banque/regles')
    await keys('n')
    await page.waitForURL('**/banque/regles/nouvelle')
    await page.getByRole('heading', { name: say('New rule') }).waitFor()
    // The first thing to say has the focus already.
    await page.keyboard.type('auberge')
    await choose(say('Category'), restaurants.name)
    const verdict = page.getByRole('region', { name: say('What it would change') }).getByRole('status')
    await verdict.filter({ hasText: /\d/ }).waitFor()
    const promised = Number(/\d+/.exec(await verdict.innerText())![0])
    expect(promised).toBeGreaterThan(0)
    expect(await page.getByRole('list', { name: say('Lines it would change') }).getByRole('listitem').count()).toBe(Math.min(promised, 50))
    const before = (await caller.get<{ lines: number }>(`/api/categories/${restaurants.id}/stats?days=3660`)).lines
    await keys('Control+Enter')
    await page.waitForURL('**/banque/regles?travail=*')
    await page.getByRole('status').filter({ hasText: say('Every line has been looked at.') }).waitFor()
    expect((await caller.get<{ lines: number }>(`/api/categories/${restaurants.id}/stats?days=3660`)).lines).toBe(before + promised)
  })

  it('puts the rule before the others, which the server then knows', async () => {
    const ids = async () => (await caller.get<{ items: readonly { id: string }[] }>('/api/category-rules')).items.map(({ id }) => id)
    const first = await ids()
    await page.getByRole('list', { name: say('Rules') }).getByRole('listitem').nth(first.length - 1).waitFor()
    for (let n = 0; n < first.length; n += 1) await keys('j')
    await keys('Alt+ArrowUp')
    const wanted = [...first.slice(0, -2), first.at(-1)!, first.at(-2)!]
    await expect.poll(ids, { timeout: 10_000 }).toEqual(wanted)
  })

  it('limits a category to less than is spent: the budget says so at once and stands among the alerts', async () => {
    await openAt('banque/budgets')
    await keys('n')
    await page.waitForURL('**/banque/budgets/nouveau')
    await page.getByRole('heading', { name: say('New budget') }).waitFor()
    await choose(say('What it limits'), restaurants.name)
    await page.getByLabel(say('Amount'), { exact: true }).fill('1')
    await page.getByLabel(say('How often'), { exact: true }).selectOption('year')
    await keys('Control+Enter')
    const panel = page.getByRole('complementary')
    await panel.getByText(say('Overspent'), { exact: true }).waitFor()
    await panel.getByRole('slider', { name: say('Day by day') }).waitFor()
    await page.getByRole('list', { name: say('Alerts') }).getByRole('link').filter({ hasText: restaurants.name }).first().waitFor()
    await page.getByRole('grid', { name: say('Budgets') }).getByRole('row').filter({ hasText: restaurants.name }).filter({ hasText: say('Overspent') }).waitFor()
  })

  it('had nothing to complain of', () => {
    // The expression refused above is an answer of the API, which the browser reports as an error.
    expect(watched.complaints.filter((text) => !text.includes('400'))).toEqual([])
  })
})
