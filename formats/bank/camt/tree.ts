import type { Tag } from '../markup.ts'
import { squeeze } from '../squeeze.ts'

/** A small element: local name, text, children, and the line where it starts. Only one entry, balance or account is held at a time. */
export type Element = { readonly name: string; text: string; children: readonly Element[]; readonly attributes: Readonly<Record<string, string>>; readonly line: number }

/** Most elements are leaves: they share one empty list. */
const NONE: readonly Element[] = []

/** A new element without children yet. */
export function elementOf(tag: Tag, text: string, line: number): Element {
  return { name: tag.name, text, children: NONE, attributes: tag.attributes, line }
}

/** Adds a child to an element that is being read. */
export function addChild(to: Element, added: Element): void {
  if (to.children === NONE) to.children = [added]
  else (to.children as Element[]).push(added)
}

/** First child of that name. */
export function child(of: Element | undefined, name: string): Element | undefined {
  if (of === undefined) return undefined
  const { children: all } = of
  for (let at = 0; at < all.length; at += 1) if (all[at]!.name === name) return all[at]
  return undefined
}

/** Children of that name. */
export function children(of: Element | undefined, name: string): readonly Element[] {
  if (of === undefined || of.children.length === 0) return NONE
  const found = of.children.filter((candidate) => candidate.name === name)
  return found.length === 0 ? NONE : found
}

/** Walks down by local names; undefined when a step is missing. */
export function at(of: Element | undefined, ...path: readonly string[]): Element | undefined {
  let found = of
  for (const name of path) found = child(found, name)
  return found
}

/** The text of one element, trimmed, its inner white space made single; null when absent or empty. */
export function textOf(of: Element | undefined): string | null {
  const text = of === undefined ? '' : squeeze(of.text)
  return text === '' ? null : text
}

/** The trimmed text at a path; null when absent or empty. */
export function textAt(of: Element | undefined, ...path: readonly string[]): string | null {
  return textOf(at(of, ...path))
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
