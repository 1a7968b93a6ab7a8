/** A category as the tree knows it. */
export type TreeNode = { readonly id: string; readonly parentId: string | null; readonly name: string }

/** Sums of one period and of the one before, minor units. */
export type Sums = { readonly now: bigint; readonly before: bigint; readonly lines: number }

/** A category with what is in it, and what is in it and below. The one without an id holds what has no category. */
export type TreeSums = { readonly node: TreeNode | null; readonly depth: number; readonly own: Sums; readonly total: Sums }

const NOTHING: Sums = { now: 0n, before: 0n, lines: 0 }

/** Two sums added. */
export function addSums(a: Sums, b: Sums): Sums {
  return { now: a.now + b.now, before: a.before + b.before, lines: a.lines + b.lines }
}

const isNothing = ({ now, before, lines }: Sums): boolean => now === 0n && before === 0n && lines === 0

/**
 * Rolls sums up a tree: each category receives those below it, and follows its parent, the largest first. Categories without
 * anything in them or below are left out; what is not in the tree, or has no category, is in the last one. The tops sum to everything.
 */
export function rollUp(nodes: readonly TreeNode[], own: ReadonlyMap<string | null, Sums>): TreeSums[] {
  const ids = new Set(nodes.map(({ id }) => id))
  const children = new Map<string | null, TreeNode[]>()
  for (const node of nodes) {
    const parent = node.parentId !== null && ids.has(node.parentId) ? node.parentId : null
    children.set(parent, [...children.get(parent) ?? [], node])
  }
  const visit = (node: TreeNode, depth: number): TreeSums[] => {
    const mine = own.get(node.id) ?? NOTHING
    const below = branch(children.get(node.id) ?? [], depth + 1)
    const total = below.filter((row) => row.depth === depth + 1).reduce((sums, row) => addSums(sums, row.total), mine)
    return isNothing(total) ? [] : [{ node, depth, own: mine, total }, ...below]
  }
  const branch = (siblings: readonly TreeNode[], depth: number): TreeSums[] => siblings.map((node) => visit(node, depth)).filter((rows) => rows.length > 0)
    .toSorted(([a], [b]) => order(a!, b!)).flat()
  const loose = [...own].filter(([id]) => id === null || !ids.has(id)).reduce((sums, [, one]) => addSums(sums, one), NOTHING)
  return [...branch(children.get(null) ?? [], 0), ...(isNothing(loose) ? [] : [{ node: null, depth: 0, own: loose, total: loose }])]
}

function order(a: TreeSums, b: TreeSums): number {
  if (a.total.now !== b.total.now) return a.total.now > b.total.now ? -1 : 1
  return (a.node?.name ?? '') < (b.node?.name ?? '') ? -1 : 1
}

/** A category and all those below it. */
export function withBelow(nodes: readonly TreeNode[], id: string): string[] {
  const found = [id]
  for (let at = 0; at < found.length; at += 1) found.push(...nodes.filter((node) => node.parentId === found[at] && !found.includes(node.id)).map((node) => node.id))
  return found
}

/** The top category that a category is in or under; itself when it is one or is unknown. */
export function topOf(nodes: ReadonlyMap<string, TreeNode>, id: string): string {
  let top = id
  for (let parent = nodes.get(top)?.parentId ?? null; parent !== null && nodes.has(parent); parent = nodes.get(top)?.parentId ?? null) top = parent
  return top
}
