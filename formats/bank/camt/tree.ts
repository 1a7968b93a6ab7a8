/** A small element: local name, text, children, and the line where it starts. Only one entry, balance or account is held at a time. */
export type Element = { readonly name: string; text: string; readonly children: Element[]; readonly attributes: Readonly<Record<string, string>>; readonly line: number }

/** First child of that name. */
export function child(of: Element | undefined, name: string): Element | undefined {
  return of?.children.find((candidate) => candidate.name === name)
}

/** Children of that name. */
export function children(of: Element | undefined, name: string): Element[] {
  return of?.children.filter((candidate) => candidate.name === name) ?? []
}

/** Walks down by local names; undefined when a step is missing. */
export function at(of: Element | undefined, ...path: readonly string[]): Element | undefined {
  let found = of
  for (const name of path) found = child(found, name)
  return found
}

/** The trimmed text at a path, its inner white space made single; null when absent or empty. */
export function textAt(of: Element | undefined, ...path: readonly string[]): string | null {
  const text = at(of, ...path)?.text.trim().replace(/\s+/g, ' ') ?? ''
  return text === '' ? null : text
}

/** The first descendant of that name, in document order. */
export function descendant(of: Element | undefined, name: string): Element | undefined {
  for (const candidate of of?.children ?? []) {
    const found = candidate.name === name ? candidate : descendant(candidate, name)
    if (found) return found
  }
  return undefined
}

/** Every descendant of that name, not looking inside the ones found. */
export function descendants(of: Element | undefined, name: string): Element[] {
  return (of?.children ?? []).flatMap((candidate) => (candidate.name === name ? [candidate] : descendants(candidate, name)))
}
