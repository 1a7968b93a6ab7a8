import type { Problem } from './problem.ts'

/** Either a value, or the problem that kept it from being one. User data returns this; bugs throw. */
export type Result<T, E = Problem> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: E }

/** Wraps a value. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

/** Wraps a refusal. */
export function fail<E>(problem: E): { readonly ok: false; readonly problem: E } {
  return { ok: false, problem }
}
