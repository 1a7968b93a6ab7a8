import { describe, expect, it } from 'vitest'
import { type LocalDate, localDate } from '../kernel/local-date.ts'
import { coverageOf, type CoveringStatement } from './coverage.ts'

const d = (day: string): LocalDate => localDate(`2026-${day}`)

let made = 0
function statement(openingOn: string | null, opening: bigint | null, closingOn: string | null, closing: bigint | null, over: Partial<CoveringStatement> = {}): CoveringStatement {
  made += 1
  return {
    id: `s${made}`, openingOn: openingOn === null ? null : d(openingOn), opening, closingOn: closingOn === null ? null : d(closingOn), closing,
    firstLineOn: null, lastLineOn: null, continuity: opening === null || closing === null ? 'unknown' : 'proven', gap: null, ...over,
  }
}

function states(statements: CoveringStatement[], from: string, to: string, lines: Record<string, number> = {}): string {
  const letters = { proven: 'P', covered: 'c', broken: 'B', missing: 'm', outside: '.' }
  return coverageOf(statements, new Map(Object.entries(lines).map(([day, count]) => [d(day), count])), { from: d(from), to: d(to) }).days.map((day) => letters[day.state]).join('')
}

describe('coverageOf', () => {
  it('covers the days after an opening up to the closing, and nothing around them', () => {
    expect(states([statement('02-27', 10n, '03-02', 20n)], '02-26', '03-04')).toBe('..PPP..')
  })

  it('covers the day of an opening that is dated at the morning of its first line', () => {
    expect(states([statement('03-02', 10n, '03-03', 20n, { firstLineOn: d('03-02') })], '03-01', '03-04')).toBe('.PP.')
  })

  it('calls days missing when no statement covers them and the balance moved meanwhile', () => {
    const months = [statement('01-31', 0n, '02-10', 100n), statement('02-13', 70n, '02-15', 70n)]
    expect(states(months, '02-09', '02-15')).toBe('PPmmmPP')
    expect(coverageOf(months, new Map(), { from: d('02-01'), to: d('02-28') }).gaps).toMatchObject([{ kind: 'missing', from: '2026-02-11', to: '2026-02-13', expected: 100n, found: 70n, difference: -30n }])
  })

  it('misses nothing between two statements when the balance did not move', () => {
    expect(states([statement('01-31', 0n, '02-10', 100n), statement('02-13', 100n, '02-15', 70n)], '02-09', '02-15')).toBe('PPcccPP')
  })

  it('calls the first day of a statement broken when it opens at another balance than the one before closed at', () => {
    const months = [statement('01-31', 0n, '02-10', 100n), statement('02-10', 90n, '02-12', 90n)]
    expect(states(months, '02-10', '02-12')).toBe('PBP')
    expect(coverageOf(months, new Map(), { from: d('02-01'), to: d('02-28') }).gaps).toMatchObject([{ kind: 'broken_link', from: '2026-02-11', difference: -10n }])
  })

  it('tells a statement whose lines do not lead to its closing, with what they lead to', () => {
    const broken = statement('01-31', 0n, '02-02', 100n, { continuity: 'broken', gap: 25n })
    expect(states([broken], '02-01', '02-02')).toBe('BB')
    expect(coverageOf([broken], new Map(), { from: d('02-01'), to: d('02-02') }).gaps).toMatchObject([{ kind: 'broken_statement', expected: 75n, found: 100n, difference: 25n }])
  })

  it('holds a month for proven when one of two files of it is', () => {
    const csv = statement(null, null, null, null, { firstLineOn: d('02-01'), lastLineOn: d('02-03') })
    expect(states([csv, statement('01-31', 0n, '02-03', 5n)], '02-01', '02-03')).toBe('PPP')
  })

  it('does not link two statements that overlap', () => {
    expect(coverageOf([statement('01-31', 0n, '02-10', 100n), statement('02-05', 40n, '02-20', 60n)], new Map(), { from: d('02-01'), to: d('02-28') }).gaps).toEqual([])
  })

  it('allows for quiet days between files without balances, and no more than a week of them', () => {
    const file = (from: string, to: string) => statement(null, null, null, null, { firstLineOn: d(from), lastLineOn: d(to) })
    expect(states([file('03-01', '03-02'), file('03-10', '03-11')], '03-02', '03-10')).toBe('ccccccccc')
    expect(states([file('03-01', '03-02'), file('03-11', '03-12')], '03-02', '03-11')).toBe('cmmmmmmmmc')
  })

  it('covers the days of an account that has lines and no statement, and sums months by their worst day', () => {
    expect(states([], '03-01', '03-05', { '03-02': 1, '03-04': 2 })).toBe('.ccc.')
    const months = coverageOf([statement('01-31', 0n, '02-27', 100n), statement('03-02', 70n, '03-31', 70n)], new Map([[d('02-03'), 4]]), { from: d('02-01'), to: d('03-31') }).months
    expect(months).toEqual([{ month: '2026-02', state: 'missing', missingDays: 1, lineCount: 4 }, { month: '2026-03', state: 'missing', missingDays: 2, lineCount: 0 }])
  })

  it('says nothing of an account that holds nothing', () => {
    expect(coverageOf([], new Map(), { from: d('03-01'), to: d('03-01') })).toMatchObject({ firstOn: null, lastOn: null, days: [{ state: 'outside' }], gaps: [] })
  })
})
