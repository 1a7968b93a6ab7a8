import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, describe, expect, it } from 'vitest'
import { dayRows } from './day-chart.tsx'
import { ChartFrame } from './frame.tsx'
import { reaches } from './month-chart.tsx'
import { lengths, PartBars } from './part-bars.tsx'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
const mounted: (() => void)[] = []
afterEach(() => { for (const unmount of mounted.splice(0)) unmount() })
function show(children: ReactNode): HTMLElement {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  act(() => root.render(<I18nProvider i18n={i18n}>{children}</I18nProvider>))
  mounted.push(() => { act(() => root.unmount()); box.remove() })
  return box
}
const press = (node: Element, key: string) => act(() => { node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })) })

describe('a chart', () => {
  const frame = <ChartFrame label="Balance" count={4} leap={2} readout={(index) => <b>{`point ${index}`}</b>} valueText={(index) => `value ${index}`} table={() => <table><tbody><tr><td>figures</td></tr></tbody></table>}>{() => null}</ChartFrame>
  it('lets the arrows walk its points and says the figure of each', () => {
    const box = show(frame)
    const slider = box.querySelector('[role=slider]')!
    const told: (string | null)[] = [slider.getAttribute('aria-valuetext')]
    for (const key of ['ArrowLeft', 'PageUp', 'ArrowLeft', 'Home', 'PageDown', 'End', 'ArrowRight']) { press(slider, key); told.push(slider.getAttribute('aria-valuetext')) }
    expect(told).toEqual(['value 3', 'value 2', 'value 0', 'value 0', 'value 0', 'value 2', 'value 3', 'value 3'])
    expect(box.querySelector('figcaption')!.textContent).toContain('point 3')
  })
  it('shows the same figures as a table under a switch', () => {
    const box = show(frame)
    act(() => box.querySelector('button')!.click())
    expect([box.querySelector('td')?.textContent, box.querySelector('[role=slider]')]).toEqual(['figures', null])
  })
})

it('puts several series and a band on one row a day, in order', () => {
  const rows = dayRows(
    [{ id: 'a', name: 'A', tone: 1, points: [{ on: '2026-11-02', amount: '2' }, { on: '2026-11-01', amount: '1' }] }, { id: 'b', name: 'B', tone: 2, points: [{ on: '2026-11-02', amount: '5' }] }],
    [{ on: '2026-11-03', low: '0', high: '9' }],
  )
  expect(rows.map(({ on, amounts, band }) => [on, amounts, band?.high])).toEqual([['2026-11-01', { a: '1' }, undefined], ['2026-11-02', { a: '2', b: '5' }, undefined], ['2026-11-03', {}, '9']])
})

it('stacks what came in above zero and what went out below it', () => {
  const series = [{ id: 'in', name: 'In', tone: 1 }, { id: 'more', name: 'More', tone: 2 }, { id: 'out', name: 'Out', tone: 3 }, { id: 'net', name: 'Net', tone: 'ink', look: 'line' }] as const
  expect(reaches([{ month: '2026-11', amounts: { in: '100.00', more: '20.00', out: '-30.00', net: '90.00' } }], series)).toEqual([120, -30, 90])
})

describe('bars of parts', () => {
  it('compare sizes with the longest one, the period before included', () => {
    expect(lengths([{ amount: '-50.00', before: '-200.00' }, { amount: '100.00' }], 'EUR')).toEqual([{ bar: 25, before: 100 }, { bar: 50, before: undefined }])
  })
  it('carry their name and their figure in words', () => {
    const box = show(<PartBars label="Spending" nameHead="Category" currency="EUR" parts={[{ id: '1', name: 'Rent', amount: '800.00' }]} />)
    expect(box.querySelector('li')!.textContent).toMatch(/Rent.*800/)
  })
})
