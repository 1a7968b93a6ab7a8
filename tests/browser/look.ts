import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** Shows the page as a system in that theme does, once it is drawn again. */
export async function inTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await page.evaluate(() => new Promise<void>((resolve) => { requestAnimationFrame(() => requestAnimationFrame(() => resolve())) }))
}

/** What axe says against the page, one line each; none when it is clean. `rules` narrows it to some rules. */
export async function axeFaults(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // Legacy mode stays in the page: nothing of ours is in a frame of another origin, and no second tab is opened each time.
  const builder = new AxeBuilder({ page }).setLegacyMode(true)
  const { violations } = await (rules ? builder.withRules([...rules]) : builder).analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)}${id === 'color-contrast' ? ` ${node.any[0]?.message ?? ''}` : ''}`))
}

/** Elements that would make a person scroll sideways. A strip of tabs or of filters may, and a table that says it is one to scroll. */
export async function sidewaysFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const STRIP_HEIGHT_MAX = 60
    const faults: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('html, body, body *')) {
      if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth <= 1) continue
      if (element.matches('[role=tablist], [role=region][tabindex="0"]') || (element.getAttribute('role') === 'group' && element.clientHeight < STRIP_HEIGHT_MAX)) continue
      const { overflowX } = getComputedStyle(element)
      const isFrame = element.matches('html, body, [data-frame], [data-page]')
      if (isFrame || overflowX === 'auto' || overflowX === 'scroll') faults.push(`${element.scrollWidth} px in ${element.clientWidth}: ${element.outerHTML.slice(0, 160)}`)
    }
    return faults
  })
}

/** Where the focus is, and whether a person can see it there. */
export async function focusOf(page: Page): Promise<{ readonly name: string; readonly lost: boolean; readonly visible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return { name: 'body', lost: true, visible: false }
    // A list that keeps the focus shows it on the row that the keys act on.
    const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
    const box = element.getBoundingClientRect()
    const shows = (candidate: Element, pseudo?: string) => {
      const { outlineStyle, outlineWidth, boxShadow, display } = getComputedStyle(candidate, pseudo)
      return display !== 'none' && ((outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none')
    }
    const ring = [element, element.parentElement!, ...(row ? [row] : [])].some((candidate) => shows(candidate) || shows(candidate, '::after'))
    const inSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth
    const name = element.getAttribute('aria-label') ?? element.innerText?.slice(0, 60) ?? element.tagName
    return { name: `${element.tagName.toLowerCase()} ${name}`.trim(), lost: false, visible: inSight && ring }
  })
}
