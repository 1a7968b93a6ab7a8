import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { showToast, undoLast } from './toasts.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.runAllTimers(); vi.useRealTimers() })

it('takes the last action back once, within ten seconds', () => {
  const undone: string[] = []
  showToast('A', { undo: () => undone.push('A') })
  showToast('B', { undo: () => undone.push('B') })
  expect(undoLast()).toBe(true)
  vi.advanceTimersByTime(9_000)
  expect(undoLast()).toBe(true)
  expect(undoLast()).toBe(false)
  expect(undone).toEqual(['B', 'A'])
})

it('offers no way back after ten seconds', () => {
  showToast('A', { undo: () => undefined })
  vi.advanceTimersByTime(10_001)
  expect(undoLast()).toBe(false)
})
