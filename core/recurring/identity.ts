/** What identifies a series that was found before: its party and its lines. */
export type KnownSeries = { readonly id: string; readonly key: string; readonly lineIds: readonly string[] }
export type FoundSeries = { readonly key: string; readonly lineIds: readonly string[] }

/**
 * Which series found now is which of those known: the one it shares most lines with, and failing any, the one of the same party
 * that nobody else is. So a series keeps its id, and with it what a person said of it, when lines are added, when its party is
 * renamed or merged, or when its lines are read again under other ids. Null for one that is new. In the order of `found`.
 */
export function keepIds(known: readonly KnownSeries[], found: readonly FoundSeries[]): (string | null)[] {
  const owner = new Map<string, number>()
  for (const [at, series] of found.entries()) for (const id of series.lineIds) owner.set(id, at)
  const pairs = known.flatMap(({ id, lineIds }) => {
    const shared = new Map<number, number>()
    for (const line of lineIds) { const at = owner.get(line); if (at !== undefined) shared.set(at, (shared.get(at) ?? 0) + 1) }
    return [...shared].map(([at, count]) => ({ id, at, count }))
  }).toSorted((a, b) => b.count - a.count || a.at - b.at || (a.id < b.id ? -1 : 1))
  const kept: (string | null)[] = found.map(() => null)
  const used = new Set<string>()
  for (const { id, at } of pairs) {
    if (kept[at] !== null || used.has(id)) continue
    kept[at] = id
    used.add(id)
  }
  for (const [at, series] of found.entries()) {
    if (kept[at] !== null) continue
    const same = known.find(({ id, key }) => key === series.key && !used.has(id))
    if (!same) continue
    kept[at] = same.id
    used.add(same.id)
  }
  return kept
}
