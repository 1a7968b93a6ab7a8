/** What was decided for labels: by key, how much each class weighs. The latest decision weighs most. */
export type LabelMemory = Map<string, Map<number, number>>

/** Each new decision leaves the earlier ones this much of their weight. */
const KEPT = 0.8
const FORGOTTEN = 0.02

/** Adds a decision under each key of a label. Changes the memory it is given. */
export function rememberLabel(memory: LabelMemory, keys: readonly string[], decided: number): void {
  for (const key of keys) {
    const classes = memory.get(key) ?? new Map<number, number>()
    memory.set(key, classes)
    for (const [other, weight] of classes) {
      if (weight * KEPT < FORGOTTEN) classes.delete(other)
      else classes.set(other, weight * KEPT)
    }
    classes.set(decided, (classes.get(decided) ?? 0) + 1)
  }
}

/** Takes one decision back, for a person who changed their mind. */
export function forgetLabel(memory: LabelMemory, keys: readonly string[], decided: number): void {
  for (const key of keys) {
    const classes = memory.get(key)
    const weight = (classes?.get(decided) ?? 0) - 1
    if (!classes) continue
    if (weight < FORGOTTEN) classes.delete(decided)
    else classes.set(decided, weight)
    if (classes.size === 0) memory.delete(key)
  }
}

/** What is remembered under the most exact key that is known: the share of each class, and how exact the key was (0 the most). */
export function recall(memory: LabelMemory, keys: readonly string[]): { readonly shares: ReadonlyMap<number, number>; readonly exactness: number } | undefined {
  for (const [exactness, key] of keys.entries()) {
    const classes = memory.get(key)
    if (!classes) continue
    const total = [...classes.values()].reduce((sum, weight) => sum + weight, 0)
    return { shares: new Map([...classes].map(([found, weight]) => [found, weight / total])), exactness }
  }
  return undefined
}
