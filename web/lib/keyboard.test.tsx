import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ShortcutLayer, useKeyboard, useShortcuts, type Shortcut } from './keyboard.ts'

let root: Root
let place: HTMLElement
beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
  place = document.body.appendChild(document.createElement('div'))
  root = createRoot(place)
})
afterEach(() => { act(() => root.unmount()); place.remove() })

function Keys({ shortcuts, children }: { readonly shortcuts: readonly Shortcut[]; readonly children?: ReactNode }) {
  useKeyboard()
  useShortcuts(shortcuts)
  return <>{children}</>
}

function press(key: string, options: KeyboardEventInit & { on?: Element } = {}): void {
  act(() => { (options.on ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options })) })
}

function show(node: ReactNode): void {
  act(() => root.render(node))
}

it('runs the key of the page, and two keys in a row', () => {
  const log: string[] = []
  show(<Keys shortcuts={[{ keys: 'j', run: () => log.push('j') }, { keys: 'g f', run: () => log.push('g f') }, { keys: 'f', run: () => log.push('f') }, { keys: 'Mod+k', run: () => log.push('Mod+k') }]} />)
  press('j')
  press('g')
  press('f')
  press('f')
  press('k', { ctrlKey: true })
  expect(log).toEqual(['j', 'g f', 'f', 'Mod+k'])
})

it('leaves letters to the field one types in, but not Ctrl K nor Escape', () => {
  const log: string[] = []
  show(<Keys shortcuts={[{ keys: 'j', run: () => log.push('j') }, { keys: 'Mod+k', run: () => log.push('k') }, { keys: 'Escape', run: () => log.push('esc') }]}><input /></Keys>)
  const on = place.querySelector('input')!
  press('j', { on })
  press('k', { on, ctrlKey: true })
  press('Escape', { on })
  expect(log).toEqual(['k', 'esc'])
})

it('leaves Enter to a focused button', () => {
  const log: string[] = []
  show(<Keys shortcuts={[{ keys: 'Enter', run: () => log.push('enter') }]}><button type="button">x</button></Keys>)
  press('Enter', { on: place.querySelector('button')! })
  press('Enter')
  expect(log).toEqual(['enter'])
})

it('silences the page while something covers it', () => {
  const log: string[] = []
  const page = (covered: boolean) => (
    <Keys shortcuts={[{ keys: 'a', run: () => log.push('page') }, { keys: 'b', run: () => log.push('page b') }]}>
      {covered ? <ShortcutLayer><Keys shortcuts={[{ keys: 'a', run: () => log.push('dialog') }]} /></ShortcutLayer> : null}
    </Keys>
  )
  show(page(true))
  press('a')
  press('b')
  show(page(false))
  press('a')
  expect(log).toEqual(['dialog', 'page'])
})
