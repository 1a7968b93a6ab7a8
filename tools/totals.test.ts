import { describe, expect, it } from 'vitest'
import { failedFiles, runAgain, totalsOf } from './totals.ts'

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

  it('take the second result of a file that was run again alone, and name what passed only then', () => {
    const [steady, chance, broken] = ['/project/steady.test.ts', '/project/chance.test.ts', '/project/broken.test.ts']
    const first = { testResults: [
      { name: steady!, status: 'passed', assertionResults: [test('passed', 'a')] },
      { name: chance!, status: 'failed', assertionResults: [test('failed', 'b'), test('passed', 'c')] },
      { name: broken!, status: 'failed', assertionResults: [test('failed', 'd')] },
    ] }
    expect(failedFiles(first)).toEqual([chance, broken])
    const second = { testResults: [
      { name: chance!, status: 'passed', assertionResults: [test('passed', 'b'), test('passed', 'c')] },
      { name: broken!, status: 'failed', assertionResults: [test('failed', 'd')] },
    ] }
    const again = runAgain('PostgreSQL', { first, second, root: '/project' })
    expect(totalsOf('PostgreSQL', again.report, '/project')).toMatchObject({ passed: 3, failed: 1, notes: ['failed  PostgreSQL: broken.test.ts: d'] })
    expect(again.notes[0]).toBe('unsteady PostgreSQL: chance.test.ts: b (failed among the others, run again alone)')
  })

  it('keep the first failure of a file that the second run does not tell of', () => {
    const first = { testResults: [{ name: '/project/lost.test.ts', status: 'failed', assertionResults: [test('failed', 'a')] }] }
    const again = runAgain('embedded', { first, second: { testResults: [] }, root: '/project' })
    expect(again).toEqual({ report: first, notes: [] })
  })
})
