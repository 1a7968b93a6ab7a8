import { expect, it } from 'vitest'
import { sortTodos, type Todo } from './todo-words.ts'

function todo(kind: Todo['kind'], amount: string | null): Todo {
  return { kind, count: 1, total: amount === null ? null : { amount, currency: 'EUR' }, oldestOn: null }
}

it('puts what is wrong first, then the largest effect, and first steps last', () => {
  const sorted = sortTodos([todo('first_invoice', null), todo('draft_entries', null), todo('late_invoices', '120.00'), todo('bank_lines', '-950.00'), todo('broken_statements', null)])
  expect(sorted.map(({ kind }) => kind)).toEqual(['broken_statements', 'bank_lines', 'late_invoices', 'draft_entries', 'first_invoice'])
})
