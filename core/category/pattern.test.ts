import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '../matching/normalise.ts'
import { readPattern } from './pattern.ts'

function holds(source: string, text: string): boolean {
  const pattern = readPattern(source, 'value')
  if (!pattern.ok) throw new Error(pattern.problem.message.en)
  return pattern.value.test(fold(text))
}

describe('patterns', () => {
  test.each([
    ['loyer', 'SCI du Parc LOYER mars', true], ['^loyer', 'SCI LOYER', false], ['loyer$', 'SCI LOYER', true], ['\\bedf\\b', 'PRLV EDF PRO', true], ['\\bedf\\b', 'PRLV EDFX', false],
    ['électricité', 'FACTURE ELECTRICITE', true], ['f[0-9]{3,5}$', 'REF F1234', true], ['f[0-9]{3,5}$', 'REF F12', false], ['sncf|ratp', 'CB RATP', true], ['(?:ab){2}c?', 'xABABx', true],
    ['[^a-z ]', 'abc def', false], ['a.c', 'A-C', true], ['\\d\\d/\\d\\d', 'LE 12/05', true], ['a{0}b', 'B', true], ['', 'anything', true], ['\\.', 'a.b', true], ['x*?y', 'xxxy', true],
  ])('%s in "%s": %s', (source, text, expected) => { expect(holds(source, text)).toBe(expected) })

  test.each(['(a', 'a)', '[a', '*a', 'a{5,2}', 'a{9999}', '\\1', '(?=a)', '(?<x>a)', 'a\\', '[z-a]', `${'('.repeat(60)}${')'.repeat(60)}`, '((a{99}){99}){99}', '((((){999}){999}){999})'])('%s is refused with words', (source) => {
    const pattern = readPattern(source, 'conditions.0.value')
    expect(pattern).toMatchObject({ ok: false, problem: { code: 'RULE_PATTERN', where: { field: 'conditions.0.value' } } })
  })

  test('what makes other engines hang is answered in work that grows with the text alone', () => {
    const text = `${'A'.repeat(2_000)}!`
    const started = performance.now()
    for (const bomb of ['(a+)+$', '(a|a)*$', '(a|aa)+$', '(.*)*x', '(a*)*(a*)*(a*)*b', `(${'a?'.repeat(60)})${'a'.repeat(60)}b`]) expect(typeof holds(bomb, text)).toBe('boolean')
    // A backtracking engine needs more than the age of the universe here; the bound is loose for machines that are busy.
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  test('it agrees with the engine of JavaScript on what both read', () => {
    const atom = fc.constantFrom('A', 'B', 'C', '.', '[AB]', '[^A]', '\\d', '(A|B)', '(?:AB)')
    const counted = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}')).map(([one, count]) => one + count)
    const source = fc.tuple(fc.constantFrom('', '^'), fc.array(counted, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '$')).map(([start, middle, end]) => start + middle.join('') + end)
    fc.assert(fc.property(source, fc.string({ unit: fc.constantFrom('A', 'B', 'C', '1'), maxLength: 8 }), (pattern, text) => holds(pattern, text) === new RegExp(pattern).test(text)), { seed: 7, numRuns: 500 })
  })
})
