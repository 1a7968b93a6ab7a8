import { expect, it } from 'vitest'
import { ApiProblem } from '../../lib/problem.ts'
import { refusedAt } from './rule-form.tsx'

const refusal = (field: string) => new ApiProblem({ status: 400, code: 'REQUEST_INVALID', detail: 'Wrong.', problems: [{ severity: 'error', code: 'RULE_PATTERN', message: 'A parenthesis is not closed.', line: null, field, file: null }] })

it('puts what is refused of a condition beside that condition, and nowhere else', () => {
  expect([refusedAt(refusal('conditions.1.value'), 0), refusedAt(refusal('conditions.1.value'), 1)]).toEqual([undefined, 'A parenthesis is not closed.'])
  expect(refusedAt(refusal('rule.conditions.0.value'), 0)).toBe('A parenthesis is not closed.')
  expect(refusedAt(refusal('name'), 0)).toBeUndefined()
  expect(refusedAt(new Error('the power went off'), 0)).toBeUndefined()
})
