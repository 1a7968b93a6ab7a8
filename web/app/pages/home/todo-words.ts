import type { MessageDescriptor } from '@lingui/core'
import { msg, plural } from '@lingui/core/macro'
import type { Summary } from '../../../../contract/reconciliation.ts'

export type Todo = Summary['toDo'][number]

/** What there is to do, as one would say it; and where it is done. */
export function todoWords(kind: Todo['kind'], count: number): { readonly title: MessageDescriptor; readonly action: MessageDescriptor; readonly path: string; readonly search?: Readonly<Record<string, string>> } {
  switch (kind) {
    case 'broken_statements': return { title: msg`${plural(count, { one: '# bank statement does not add up', other: '# bank statements do not add up' })}`, action: msg`See the account`, path: 'banque/comptes' }
    case 'bank_lines': return { title: msg`${plural(count, { one: '# bank line to treat', other: '# bank lines to treat' })}`, action: msg`Treat`, path: 'banque/operations', search: { etat: 'to_treat' } }
    case 'suggestions': return { title: msg`${plural(count, { one: '# match awaits your agreement', other: '# matches await your agreement' })}`, action: msg`Reconcile`, path: 'banque/rapprochement' }
    case 'suspicious_lines': return { title: msg`${plural(count, { one: '# bank line may be there twice', other: '# bank lines may be there twice' })}`, action: msg`Decide`, path: 'banque/comptes' }
    case 'held_lines': return { title: msg`${plural(count, { one: '# bank line waits for an answer', other: '# bank lines wait for an answer' })}`, action: msg`See the questions`, path: 'banque/operations', search: { question: 'toutes' } }
    case 'uncategorised_lines': return { title: msg`${plural(count, { one: '# bank line without a category', other: '# bank lines without a category' })}`, action: msg`File them`, path: 'banque/operations', search: { categorie: 'aucune' } }
    case 'budget_overruns': return { title: msg`${plural(count, { one: '# budget is overspent', other: '# budgets are overspent' })}`, action: msg`See the budgets`, path: 'banque/budgets' }
    case 'late_invoices': return { title: msg`${plural(count, { one: '# invoice is late', other: '# invoices are late' })}`, action: msg`See who owes what`, path: 'ventes/factures', search: { retard: 'oui' } }
    case 'draft_invoices': return { title: msg`${plural(count, { one: '# draft invoice to issue', other: '# draft invoices to issue' })}`, action: msg`Finish`, path: 'ventes/factures', search: { etat: 'draft' } }
    case 'draft_entries': return { title: msg`${plural(count, { one: '# draft entry to validate', other: '# draft entries to validate' })}`, action: msg`Validate`, path: 'compta/journal', search: { etat: 'draft' } }
    case 'first_bank_file': return { title: msg`Bring in a first bank statement`, action: msg`Choose a file`, path: 'banque/import' }
    case 'first_invoice': return { title: msg`Write a first invoice`, action: msg`New invoice`, path: 'ventes/factures/nouvelle' }
  }
}

/** The small line under a figure of the home page. */
export function countWords(kind: 'accounts' | 'invoices' | 'late', count: number, customers: number): MessageDescriptor {
  switch (kind) {
    case 'accounts': return count === 0 ? msg`No account yet` : msg`${plural(count, { one: 'on # account', other: 'on # accounts' })}`
    case 'invoices': return count === 0 ? msg`No invoice open` : msg`${plural(count, { one: '# invoice open', other: '# invoices open' })}`
    case 'late': return msg`${plural(count, { one: '# invoice', other: '# invoices' })}, ${plural(customers, { one: '# customer', other: '# customers' })}`
  }
}

const URGENCY: Readonly<Record<Todo['kind'], number>> = { broken_statements: 0, suspicious_lines: 0, budget_overruns: 1, held_lines: 1, uncategorised_lines: 1, late_invoices: 1, suggestions: 1, bank_lines: 1, draft_invoices: 1, draft_entries: 1, first_bank_file: 2, first_invoice: 2 }

function size(todo: Todo): number {
  // An order of magnitude is enough to sort by effect: no amount is shown from here.
  return todo.total ? Math.abs(Number(todo.total.amount)) : -1
}

/** What is wrong first, then by effect in euros, first steps last. */
export function sortTodos(todos: readonly Todo[]): readonly Todo[] {
  return todos.toSorted((a, b) => URGENCY[a.kind] - URGENCY[b.kind] || size(b) - size(a))
}
