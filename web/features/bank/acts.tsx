import { createContext, use } from 'react'
import type { BankLine } from '../../../contract/banking.ts'
import type { Proposal } from '../../../contract/reconciliation.ts'
import type { LineAct } from './line-dock.tsx'

/** What the page of bank lines lends to the panel of one of them: the same acts, the same way back. */
export type LineActs = {
  readonly of: (line: BankLine) => readonly LineAct[]
  readonly proposalOf: (line: BankLine) => Proposal | undefined
}

const Context = createContext<LineActs | null>(null)
export const LineActsProvider = Context

/** Null where a line is shown outside of the list. */
export function useLineActs(): LineActs | null {
  return use(Context)
}
