/** What the tree needs to know of a category. */
export type TreeItem = { readonly id: string; readonly parentId: string | null; readonly name: string }

/** A row on screen: a category, how deep it stands, and whether it has others under it. */
export type TreeRow<Item extends TreeItem> = { readonly item: Item; readonly depth: number; readonly children: number; readonly open: boolean }

function byParent<Item extends TreeItem>(items: readonly Item[]): ReadonlyMap<string | null, readonly Item[]> {
  const known = new Set(items.map(({ id }) => id))
  const groups = new Map<string | null, Item[]>()
  for (const item of items) {
    // A category whose parent is not shown (archived, filtered out) stands at the top rather than nowhere.
    const key = item.parentId !== null && known.has(item.parentId) ? item.parentId : null
    groups.set(key, [...groups.get(key) ?? [], item])
  }
  return groups
}

/** The rows to draw, in the order of the list given: children under their parent, those of a closed one left out. */
export function treeRows<Item extends TreeItem>(items: readonly Item[], closed: ReadonlySet<string>): readonly TreeRow<Item>[] {
  const groups = byParent(items)
  const rows: TreeRow<Item>[] = []
  const walk = (parent: string | null, depth: number) => {
    for (const item of groups.get(parent) ?? []) {
      const children = groups.get(item.id)?.length ?? 0
      const open = children > 0 && !closed.has(item.id)
      rows.push({ item, depth, children, open })
      if (open) walk(item.id, depth + 1)
    }
  }
  walk(null, 0)
  return rows
}

/** The category and everything under it: it cannot be moved there. */
export function withDescendants(items: readonly TreeItem[], id: string): ReadonlySet<string> {
  const groups = byParent(items)
  const found = new Set<string>()
  const walk = (of: string) => {
    found.add(of)
    for (const child of groups.get(of) ?? []) walk(child.id)
  }
  walk(id)
  return found
}

/** Categories found by a word, with those above them so that one sees where they stand. */
export function matching<Item extends TreeItem>(items: readonly Item[], text: string, extra: (item: Item) => string = () => ''): readonly Item[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return items
  const known = new Map(items.map((item) => [item.id, item]))
  const kept = new Set<string>()
  for (const item of items) {
    const folded = fold(`${item.name} ${extra(item)}`)
    if (!words.every((word) => folded.includes(word))) continue
    for (let above: Item | undefined = item; above && !kept.has(above.id); above = above.parentId === null ? undefined : known.get(above.parentId)) kept.add(above.id)
  }
  return items.filter(({ id }) => kept.has(id))
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
