import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, localDate } from '../kernel/local-date.ts'
import { changePercent, sharePercent } from './compare.ts'
import { rollUp, type Sums, topOf, type TreeNode, withBelow } from './tree.ts'
import { askedWindow, bucketsOf, windowOf } from './window.ts'

const d = localDate
const TODAY = d('2026-11-20')

describe('the days looked at', () => {
  it('are the last thirty when nothing is asked, and compare with the thirty before', () => {
    expect(askedWindow({}, TODAY)).toEqual({ ok: true, value: { from: '2026-10-22', to: '2026-11-20', days: 30, previous: { from: '2026-09-22', to: '2026-10-21' } } })
  })
  it.each([
    [{ days: 1 }, '2026-11-20', '2026-11-20'], [{ from: d('2026-01-01') }, '2026-01-01', '2026-11-20'], [{ to: d('2026-03-31') }, '2026-03-02', '2026-03-31'],
    [{ from: d('2026-12-01'), to: d('2026-12-31') }, '2026-12-01', '2026-12-31'],
  ])('asked with %j', (asked, from, to) => {
    expect(askedWindow(asked, TODAY)).toMatchObject({ ok: true, value: { from, to } })
  })
  it.each([
    [{ days: 30, from: d('2026-01-01') }, 'PERIOD_AMBIGUOUS'], [{ days: 30, to: d('2026-01-01') }, 'PERIOD_AMBIGUOUS'],
    [{ from: d('2026-11-21') }, 'PERIOD_REVERSED'], [{ from: d('2010-01-01') }, 'PERIOD_TOO_LONG'],
  ])('refused with %j', (asked, code) => {
    expect(askedWindow(asked, TODAY)).toMatchObject({ ok: false, problem: { code } })
  })
  it('touch the days before without a gap or a day in common', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 900 }), (back, length) => {
      const from = addDays(TODAY, -back)
      const { days, previous } = windowOf({ from, to: addDays(from, length) })
      expect([days, addDays(previous.to, 1), addDays(previous.from, days)]).toEqual([length + 1, from, from])
    }))
  })
})

describe('weeks and months', () => {
  it('are cut by the window, and whole only when they are over', () => {
    expect(bucketsOf({ from: d('2026-09-10'), to: TODAY }, 'month', TODAY)).toEqual([
      { from: '2026-09-10', to: '2026-09-30', isWhole: false }, { from: '2026-10-01', to: '2026-10-31', isWhole: true }, { from: '2026-11-01', to: '2026-11-20', isWhole: false },
    ])
    expect(bucketsOf({ from: d('2026-11-09'), to: d('2026-11-22') }, 'week', TODAY)).toEqual([
      { from: '2026-11-09', to: '2026-11-15', isWhole: true }, { from: '2026-11-16', to: '2026-11-22', isWhole: false },
    ])
  })
  it('hold each day once', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 400 }), fc.constantFrom('week' as const, 'month' as const), (back, length, interval) => {
      const window = { from: addDays(TODAY, -back), to: addDays(TODAY, length - back) }
      const buckets = bucketsOf(window, interval, TODAY)
      expect([buckets[0]!.from, buckets.at(-1)!.to]).toEqual([window.from, window.to])
      for (const [index, bucket] of buckets.entries()) if (index > 0) expect(addDays(buckets[index - 1]!.to, 1)).toBe(bucket.from)
    }))
  })
})

describe('a comparison', () => {
  it('is in percent of what was, to a tenth, rounded half up', () => {
    expect([changePercent(11_250n, 10_000n), changePercent(9_999n, 10_000n), changePercent(-5_000n, 10_000n), changePercent(5_000n, -10_000n), changePercent(3n, 7n)]).toEqual(['12.5', '0', '-150', '150', '-57.1'])
    expect(changePercent(5n, 0n)).toBeNull()
  })
  it('says the share of a whole', () => {
    expect([sharePercent(1n, 3n), sharePercent(0n, 0n), sharePercent(2n, 3n), sharePercent(5n, 5n), sharePercent(-1n, 8n)]).toEqual(['33.3', '0', '66.7', '100', '-12.5'])
  })
})

describe('a tree of sums', () => {
  const nodes: TreeNode[] = [
    { id: 'car', parentId: null, name: 'Véhicules' }, { id: 'fuel', parentId: 'car', name: 'Carburant' }, { id: 'toll', parentId: 'car', name: 'Péages' },
    { id: 'rent', parentId: null, name: 'Loyer' }, { id: 'empty', parentId: null, name: 'Vide' },
  ]
  const sums = (now: bigint, before = 0n, lines = 1): Sums => ({ now, before, lines })
  it('adds what is below to what is above, the largest first', () => {
    const rows = rollUp(nodes, new Map([['fuel', sums(200n, 50n)], ['toll', sums(300n)], ['car', sums(25n)], ['rent', sums(500n)], [null, sums(7n)], ['gone', sums(3n)]]))
    expect(rows.map(({ node, depth, own, total }) => [node?.id ?? null, depth, own.now, total.now, total.before, total.lines])).toEqual([
      ['car', 0, 25n, 525n, 50n, 3], ['toll', 1, 300n, 300n, 0n, 1], ['fuel', 1, 200n, 200n, 50n, 1], ['rent', 0, 500n, 500n, 0n, 1], [null, 0, 10n, 10n, 0n, 2],
    ])
  })
  it('loses nothing: its tops sum to everything', () => {
    const tree = fc.array(fc.record({ parent: fc.nat(40), now: fc.bigInt(-1_000n, 1_000n), before: fc.bigInt(0n, 99n) }), { maxLength: 25 })
    fc.assert(fc.property(tree, (rows) => {
      const made = rows.map(({ parent }, index): TreeNode => ({ id: `n${index}`, parentId: parent < index ? `n${parent}` : null, name: `n${index}` }))
      const own = new Map<string | null, Sums>(rows.map(({ now, before }, index) => [`n${index}`, sums(now, before)]))
      const tops = rollUp(made, own).filter(({ depth }) => depth === 0)
      const all = [...own.values()]
      expect(tops.reduce((total, row) => total + row.total.now, 0n)).toBe(all.reduce((total, one) => total + one.now, 0n))
      expect(tops.reduce((total, row) => total + row.total.lines, 0)).toBe(all.length)
    }), { numRuns: 60 })
  })
  it('knows what is below a category and which top it is under', () => {
    const byId = new Map(nodes.map((node) => [node.id, node]))
    expect([withBelow(nodes, 'car'), withBelow(nodes, 'toll'), topOf(byId, 'toll'), topOf(byId, 'rent'), topOf(byId, 'gone')]).toEqual([['car', 'fuel', 'toll'], ['toll'], 'car', 'rent', 'gone'])
  })
})
