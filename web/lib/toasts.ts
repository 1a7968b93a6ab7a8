import { useSyncExternalStore } from 'react'

export type Toast = {
  readonly id: number
  readonly text: string
  readonly tone: 'done' | 'problem'
  /** Takes the action back; offered for ten seconds. */
  readonly undo?: (() => void) | undefined
  readonly detail?: string | undefined
}
const UNDO_MS = 10_000
const TOAST_MS = 5_000
const TOASTS_MAX = 3

let toasts: readonly Toast[] = []
let lastId = 0
const timers = new Map<number, ReturnType<typeof setTimeout>>()
const listeners = new Set<() => void>()

function set(next: readonly Toast[]): void {
  toasts = next
  for (const listener of listeners) listener()
}

export function dismissToast(id: number): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  set(toasts.filter((toast) => toast.id !== id))
}

/** Keeps a message while a person reads it. */
export function holdToast(id: number): void {
  clearTimeout(timers.get(id))
}

export function releaseToast(id: number): void {
  const toast = toasts.find((entry) => entry.id === id)
  if (toast) timers.set(id, setTimeout(() => dismissToast(id), toast.undo ? UNDO_MS : TOAST_MS))
}

/** Says that something was done, or went wrong, with a way back when there is one. */
export function showToast(text: string, options: { readonly tone?: Toast['tone']; readonly undo?: (() => void) | undefined; readonly detail?: string | undefined } = {}): number {
  const id = ++lastId
  set([...toasts, { id, text, tone: options.tone ?? 'done', undo: options.undo, detail: options.detail }].slice(-TOASTS_MAX))
  releaseToast(id)
  return id
}

/** Takes the last action back, as the key `u` does. False when there is none left to take back. */
export function undoLast(): boolean {
  const toast = toasts.findLast(({ undo }) => undo)
  if (!toast) return false
  dismissToast(toast.id)
  toast.undo?.()
  return true
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => { listeners.delete(listener) } }, () => toasts)
}
