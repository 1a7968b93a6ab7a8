import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DraftLine } from './draft.ts'
import { LineFields } from './line-fields.tsx'

const line = (change: Partial<DraftLine>): DraftLine => ({ key: 1, description: 'Conseil', quantity: '1', unitPrice: '100', vatRate: '20', nature: 'services', ...change })
let root: Root
let shown: readonly DraftLine[] = []

function Harness({ initial, strict }: { readonly initial: readonly DraftLine[]; readonly strict: boolean }) {
  const [lines, setLines] = useState(initial)
  shown = lines
  return <LineFields lines={lines} onChange={setLines} netByKey={new Map()} currency="EUR" day="2026-11-21" strict={strict} problemAt={() => undefined} />
}

async function show(initial: readonly DraftLine[], strict = false): Promise<void> {
  await act(async () => { root.render(<I18nProvider i18n={i18n}><Harness initial={initial} strict={strict} /></I18nProvider>) })
}

async function press(field: HTMLElement, init: KeyboardEventInit): Promise<void> {
  await act(async () => {
    field.focus()
    field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))
    await new Promise((resolve) => { requestAnimationFrame(() => resolve(undefined)) })
  })
}
const field = (key: number, name: string) => document.querySelector<HTMLElement>(`[data-line="${key}"] [data-field="${name}"]`)!

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  document.body.innerHTML = '<div id="root"></div>'
  root = createRoot(document.getElementById('root')!)
})
afterEach(async () => { await act(async () => { root.unmount() }) })

describe('the lines of an invoice, by keyboard', () => {
  it('adds a line after the last one on Enter, like the one before, and goes to it', async () => {
    await show([line({ vatRate: '5.5', nature: 'goods' })])
    await press(field(1, 'unitPrice'), { key: 'Enter' })
    expect(shown.map(({ key, vatRate, nature }) => [key, vatRate, nature])).toEqual([[1, '5.5', 'goods'], [2, '5.5', 'goods']])
    expect(document.activeElement).toBe(field(2, 'description'))
  })
  it('goes to the same field of the next line on Enter, without adding one', async () => {
    await show([line({}), line({ key: 2, description: 'Pose' })])
    await press(field(1, 'quantity'), { key: 'Enter' })
    expect(shown).toHaveLength(2)
    expect(document.activeElement).toBe(field(2, 'quantity'))
  })
  it('adds nothing after a blank line', async () => {
    await show([line({ description: '', unitPrice: '' })])
    await press(field(1, 'description'), { key: 'Enter' })
    expect(shown).toHaveLength(1)
  })
  it('removes a line on Ctrl+Delete and never leaves an invoice without one', async () => {
    await show([line({})])
    await press(field(1, 'description'), { key: 'Delete', ctrlKey: true })
    expect(shown.map(({ description, unitPrice }) => [description, unitPrice])).toEqual([['', '']])
  })
})

describe('what is wrong with a line', () => {
  it('is said at once for what cannot be read, and after a first save for what is missing', async () => {
    await show([line({ description: '', unitPrice: 'abc' })])
    expect(field(1, 'unitPrice').getAttribute('aria-invalid')).toBe('true')
    expect(field(1, 'description').getAttribute('aria-invalid')).toBeNull()
    await act(async () => { root.unmount() })
    root = createRoot(document.getElementById('root')!)
    await show([line({ description: '', unitPrice: 'abc' })], true)
    expect(field(1, 'description').getAttribute('aria-invalid')).toBe('true')
  })
})
