import { describe, expect, it } from 'vitest'
import { totalsOf } from './totals.ts'

const test = (status: string, fullName: string) => ({ status, fullName })

describe('the totals', () => {
  it('count each test once and name those that failed or were not run', () => {
    const report = { testResults: [{ name: '/project/core/a.test.ts', status: 'failed', assertionResults: [test('passed', 'a'), test('failed', 'b'), test('skipped', 'not run: no corpus'), test('todo', 'd')] }] }
    expect(totalsOf('embedded', report, '/project')).toEqual({
      passed: 1, failed: 1, skipped: 2,
      notes: ['failed  embedded: core/a.test.ts: b', 'not run embedded: core/a.test.ts: not run: no corpus', 'not run embedded: core/a.test.ts: d'],
    })
  })

  it('count as a failure a file that could not be loaded', () => {
    const report = { testResults: [{ name: '/project/a.test.ts', status: 'failed', message: 'SyntaxError: x\n at', assertionResults: [] }] }
    expect(totalsOf('embedded', report, '/project')).toMatchObject({ passed: 0, failed: 1, notes: ['failed  embedded: a.test.ts: SyntaxError: x'] })
  })
})
