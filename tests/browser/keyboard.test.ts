import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserSuite, canBrowse, openBrowser, openPage, type RunningServer, startServer, type Watched } from './browser.ts'
import { focusOf } from './look.ts'
import { type Caller, callerOf, DEMO, settled } from './people.ts'
import { say, saying } from './words.ts'

/** Presses Tab until the focus is on a control of this name; how a person without a mouse gets there. */
async function tabTo(page: Page, name: string | RegExp, times = 60): Promise<void> {
  const seen: string[] = []
  for (let n = 0; n < times; n += 1) {
    await page.keyboard.press('Tab')
    const label = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null
      const labels = (element as HTMLInputElement | null)?.labels
      return (element?.getAttribute('aria-label') ?? labels?.[0]?.innerText ?? element?.innerText ?? '').trim()
    })
    if (typeof name === 'string' ? label === name : name.test(label)) return
    seen.push(label)
  }
  throw new Error(`Tab never came to ${String(name)}: ${seen.join(' | ')}`)
}

describe.skipIf(!canBrowse)(browserSuite('the whole day by keyboard alone'), () => {
  let server: RunningServer
  let browser: Browser
  let watched: Watched
  let page: Page
  let caller: Caller
  let home: string

  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), openBrowser()])
    watched = await openPage(browser)
    page = watched.page
  })
  afterAll(async () => {
    await browser?.close()
    await server?.remove()
  })
  const keys = async (...names: string[]) => { for (const name of names) await page.keyboard.press(name) }
  const path = () => decodeURI(new URL(page.url()).pathname)
  const openAt = async (place: string) => {
    await page.goto(place ? `${home}/${place}` : home)
    await settled(page)
  }
  const active = () => page.evaluate(() => {
    const id = document.querySelector('[role=grid][aria-activedescendant]')?.getAttribute('aria-activedescendant')
    return id ? document.getElementById(id)?.innerText ?? null : null
  })

  it('signs in: the e-mail has the focus, Tab goes to the password, Enter sends', async () => {
    await page.goto(`${server.address}/connexion`)
    await settled(page)
    expect((await focusOf(page)).visible).toBe(true)
    await page.keyboard.type(DEMO.owner)
    await keys('Tab')
    await page.keyboard.type('un mauvais mot de passe')
    await keys('Enter')
    await page.getByRole('alert').waitFor()
    expect((await focusOf(page)).lost).toBe(false)
    await page.getByLabel(say('Password'), { exact: true }).focus()
    await keys('Control+a')
    await page.keyboard.type(DEMO.password)
    await keys('Enter')
    await page.waitForURL(/\/c\//)
    caller = await callerOf(watched.context, server.address, 'Atelier Lumen SARL')
    home = `${server.address}/c/${caller.company.slug}`
    watched.complaints.length = 0
  })

  it('goes to every page of the rail from the palette, each time with a visible place for the focus', async () => {
    await openAt('')
    const links = await page.getByRole('navigation', { name: say('Sections') }).getByRole('link').evaluateAll((all) => all.map((link) => ({ label: (link as HTMLElement).innerText.trim(), path: new URL((link as HTMLAnchorElement).href).pathname })))
    expect(links.length).toBeGreaterThanOrEqual(9)
    for (const { label, path: wanted } of links) {
      await keys('Control+k')
      const box = page.getByRole('combobox', { name: say('Search, or go anywhere') })
      await box.waitFor()
      await page.keyboard.type(label)
      await page.getByRole('option', { selected: true }).filter({ hasText: label }).waitFor()
      await keys('Enter')
      await page.waitForURL((url) => decodeURI(url.pathname) === decodeURI(wanted))
      await settled(page)
      await keys('Tab')
      const focus = await focusOf(page)
      expect([label, focus.lost, focus.visible, focus.name]).toEqual([label, false, true, focus.name])
    }
  })

  it('finds an invoice and a customer from the palette, by number and by name', async () => {
    const { items: [invoice] } = await caller.get<{ items: { id: string; number: string; customer: { name: string } }[] }>('/api/invoices/sales?status=issued&limit=1')
    for (const words of [invoice!.number, invoice!.customer.name]) {
      await keys('Control+k')
      await page.getByRole('combobox', { name: say('Search, or go anywhere') }).waitFor()
      await page.keyboard.type(words)
      await page.getByRole('option').filter({ hasText: words }).first().waitFor()
      await keys('Escape')
      await page.getByRole('combobox').waitFor({ state: 'detached' })
    }
  })

  it('lists under ? the keys of the page, and Escape gives the page back', async () => {
    await openAt('ventes/factures')
    await keys('?')
    const help = page.getByRole('dialog', { name: say('The keys of this page') })
    await help.getByText(say('Next row')).waitFor()
    await help.getByText(say('New invoice')).waitFor()
    await keys('Escape')
    await help.waitFor({ state: 'detached' })
  })

  it.each([['ventes/factures', 'Invoices'], ['ventes/clients', 'Customers'], ['banque/operations', 'Bank lines'], ['compta/journal', 'Journal']])('walks the list of %s with j and k, opens a row with Enter, closes it with Escape and keeps its place', async (list, name) => {
    await openAt(list)
    await page.getByRole('grid', { name: say(name) }).getByRole('row').nth(4).waitFor()
    await keys('j', 'j', 'j', 'k')
    const row = await active()
    expect(row).toBeTruthy()
    expect(await focusOf(page)).toMatchObject({ lost: false, visible: true })
    await keys('Enter')
    await page.waitForURL((url) => url.pathname.startsWith(`/c/${caller.company.slug}/${list}/`))
    await page.getByRole('complementary').last().waitFor()
    await settled(page)
    await keys('Escape')
    await page.waitForURL((url) => url.pathname.endsWith(list))
    expect((await focusOf(page)).lost).toBe(false)
    await keys('j')
    expect(await active()).not.toBe(row)
  })

  it('goes from page to page with g and a letter', async () => {
    await openAt('')
    for (const [letter, place] of [['f', 'ventes/factures'], ['r', 'banque/rapprochement'], ['l', 'compta/balance']] as const) {
      await keys('g', letter)
      await page.waitForURL((url) => url.pathname.endsWith(place))
      await settled(page)
    }
  })

  it('drafts an invoice and issues it, without a mouse', async () => {
    await openAt('ventes/factures')
    await keys('n')
    await page.waitForURL('**/ventes/factures/nouvelle')
    await settled(page)
    await tabTo(page, say('Customer'))
    await page.keyboard.type('Studio')
    await page.getByRole('listbox').getByRole('option').first().waitFor()
    await keys('Enter')
    await tabTo(page, saying('Description of line {n}'))
    await page.keyboard.type('Étude d\'éclairage')
    await keys('Tab', 'Tab')
    await page.keyboard.type('2')
    await keys('Tab')
    await page.keyboard.type('450,50')
    await keys('Control+Enter')
    await page.waitForURL(/ventes\/factures\/[0-9a-f-]{36}$/)
    const id = path().split('/').at(-1)!
    await page.getByRole('complementary').getByRole('button', { name: say('Issue…') }).waitFor()
    await settled(page)
    await keys('f')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect((await focusOf(page)).lost).toBe(false)
    await tabTo(page, say('Issue'), 12)
    await keys('Enter')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(async () => (await caller.get<{ status: string; net: { amount: string } }>(`/api/invoices/sales/${id}`))).toMatchObject({ status: 'issued', net: { amount: '901.00' } })
    expect((await focusOf(page)).lost).toBe(false)
  })

  it('accepts a suggestion with a, and takes it back with u', async () => {
    await openAt('banque/rapprochement')
    const list = page.getByRole('listbox', { name: say('Bank lines to reconcile') })
    await list.waitFor()
    const before = await list.getByRole('option').count()
    await keys('j', 'a')
    await expect.poll(() => list.getByRole('option').count()).toBe(before - 1)
    expect(await focusOf(page)).toMatchObject({ lost: false, visible: true })
    await keys('u')
    await expect.poll(() => list.getByRole('option').count()).toBe(before)
    await expect.poll(async () => (await caller.get<{ items: { status: string }[] }>('/api/reconciliation/matches?limit=1')).items[0]?.status, { timeout: 20_000 }).toBe('undone')
    expect((await focusOf(page)).lost).toBe(false)
  })

  it('never loses the focus: Tab goes round each page through controls that show it', async () => {
    for (const place of ['', 'ventes/factures', 'banque/import', 'banque/rapprochement', 'compta/exercices', 'reglages']) {
      await openAt(place)
      const unseen: string[] = []
      for (let n = 0; n < 25; n += 1) {
        await keys('Tab')
        const focus = await focusOf(page)
        // After the last control the browser's own bar has its turn, which the page sees as nothing.
        if (focus.lost) break
        if (!focus.visible) unseen.push(focus.name)
      }
      expect([place, unseen]).toEqual([place, []])
    }
  })

  it('walked without one error in the console', () => { expect(watched.complaints).toEqual([]) })
})
