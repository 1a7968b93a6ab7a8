import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createMemoryHistory, createRootRoute, createRouter, RouterContextProvider } from '@tanstack/react-router'
import { act, createRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import { useKeyboard } from '../../lib/keyboard.ts'
import type { Column, GridControl } from './columns.ts'
import { DataGrid } from './data-grid.tsx'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
// A light DOM has no sizes: the grid draws its first rows all the same.
vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600)
vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(800)

type Row = { readonly id: string }
const ROWS = new Map([...'abcdez'].map((id) => [id, { id }]))
const COLUMNS: readonly Column<Row>[] = [{ id: 'name', header: 'Name', width: 100, cell: (row) => row.id }]
const router = createRouter({ routeTree: createRootRoute(), history: createMemoryHistory() })
let setRows: (ids: string) => void
let active: string | undefined
const control = createRef<GridControl>()

/** As pages do: told of the current row, it draws itself again, with a list that is new each time. */
function Page() {
  useKeyboard()
  const [ids, set] = useState('abcd')
  const [, told] = useState<Row>()
  setRows = set
  return <DataGrid label="Rows" rows={[...ids].map((id) => ROWS.get(id)!)} columns={COLUMNS} rowId={(row) => row.id} control={control} onActive={(row) => { active = row?.id; told(row) }} />
}

let unmount: () => void
afterEach(() => unmount())
function show(): void {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  act(() => root.render(<I18nProvider i18n={i18n}><RouterContextProvider router={router}><Page /></RouterContextProvider></I18nProvider>))
  unmount = () => { act(() => root.unmount()); box.remove() }
}
const press = (...names: string[]) => { for (const key of names) act(() => { document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })) }) }

it('keeps the keys on their row when rows come and go above it, and on its place once it is gone', () => {
  show()
  press('j', 'j', 'j', 'k', 'j')
  expect(active).toBe('c')
  act(() => setRows('zabcd'))
  expect(active).toBe('c')
  act(() => setRows('bcd'))
  expect(active).toBe('c')
  act(() => setRows('bd'))
  expect(active).toBe('d')
})

it('lets the page put the keys on a row, at once or when it comes back', () => {
  show()
  act(() => control.current!.show('b'))
  expect(active).toBe('b')
  act(() => control.current!.move(1))
  expect(active).toBe('c')
  act(() => control.current!.show('e'))
  expect(active).toBe('c')
  act(() => setRows('abcde'))
  expect(active).toBe('e')
})
