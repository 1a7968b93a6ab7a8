import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localDate } from '../kernel/local-date.ts'
import { laterLetter, letter, type LetterableLine, letterGroups, nextLetter } from './lettering.ts'

const line = (debit: bigint, credit: bigint, rest: Partial<LetterableLine> = {}): LetterableLine => ({
  account: '411000', auxiliary: 'CLI001', letter: '', date: localDate('2026-01-15'), debit, credit, ...rest,
})

describe('nextLetter', () => {
  it.each([[null, 'AA'], ['AA', 'AB'], ['AZ', 'BA'], ['ZZ', 'AAA'], ['AZZ', 'BAA'], ['12', 'AA'], ['a', 'AA']])('follows %s with %s', (last, next) => expect(nextLetter(last)).toBe(next))
  it('never gives a code twice', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2000 }), (count) => {
      const seen = new Set<string>()
      let last: string | null = null
      for (let index = 0; index < count; index += 1) {
        const next: string = nextLetter(last)
        expect(last === null || laterLetter(last, next) === next).toBe(true)
        seen.add(next)
        last = next
      }
      expect(seen.size).toBe(count)
    }), { numRuns: 10 })
  })
})

describe('letter', () => {
  it('joins an invoice and its payment on the day of the last of them', () => {
    expect(letter([line(120_000n, 0n), line(0n, 120_000n, { date: localDate('2026-02-20') })], 'AB')).toEqual({ ok: true, value: { letter: 'AC', date: '2026-02-20' } })
  })
  it.each([
    ['one line', [line(1n, 0n)], 'LETTER_LINES'],
    ['lines that leave a balance', [line(100n, 0n), line(0n, 60n)], 'LETTER_UNBALANCED'],
    ['lines of two customers', [line(1n, 0n), line(0n, 1n, { auxiliary: 'CLI002' })], 'LETTER_ACCOUNTS'],
    ['a line already lettered', [line(1n, 0n, { letter: 'AA' }), line(0n, 1n)], 'LETTER_TAKEN'],
  ])('refuses %s', (_, lines, code) => expect(letter(lines, null)).toMatchObject({ ok: false, problem: { code } }))
})

it('groups lines by account, third party and letter, and leaves out those without one', () => {
  const groups = letterGroups([line(5n, 0n, { letter: 'A' }), line(0n, 5n, { letter: 'A', date: localDate('2026-03-01') }), line(9n, 0n), line(2n, 0n, { letter: 'A', auxiliary: 'CLI002' })])
  expect(groups).toMatchObject([{ auxiliary: 'CLI001', lines: 2, balanced: true, date: '2026-03-01' }, { auxiliary: 'CLI002', lines: 1, balanced: false }])
})
