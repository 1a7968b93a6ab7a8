import type { StatementRecord } from '../../../core/bank/statement.ts'
import type { ReaderOptions } from '../format.ts'
import { createCollector } from '../collect.ts'
import type { Reading } from '../read-statements.ts'
import type { Page } from './page.ts'
import { type Unreadable, unreadable } from './problems.ts'
import { readPages } from './read-pages.ts'

/** What opening a PDF gave: the text layer of its pages, or why there is none. Opening takes time, so the caller does it. */
export type TextLayer = { readonly kind: 'pages'; readonly pages: readonly Page[] } | { readonly kind: Exclude<Unreadable, 'no-text'> }

/** The records of an opened PDF, as a reader gives them. */
export function readLayer(layer: TextLayer, options: ReaderOptions = {}): StatementRecord[] {
  return layer.kind === 'pages' ? readPages(layer.pages, options) : [{ kind: 'problem', problem: unreadable(layer.kind) }]
}

/** The reading of an opened PDF: statements, and what is wrong with them. */
export function readPdf(layer: TextLayer, options: ReaderOptions = {}): Reading {
  const collector = createCollector()
  const statements = collector.take(readLayer(layer, options))
  return { format: 'pdf', encoding: null, statements, problems: collector.problems() }
}
