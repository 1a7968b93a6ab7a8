import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localDate } from '../kernel/local-date.ts'
import { sum } from '../kernel/money.ts'
import { openingEntry } from './opening.ts'
import { PCG_2026 } from './pcg-2026.ts'
import { formatFraction, functionalBalance, ratios, salesWithTax } from './ratios.ts'
import { sig } from './sig.ts'
import { balanceSheet, incomeLineOf, incomeStatement, sheetRule } from './statements.ts'
import { type Movement, trialBalance } from './trial-balance.ts'

/** Accounts and euros: positive on the debit, negative on the credit. */
const of = (euros: Record<string, number>) => trialBalance(Object.entries(euros).map(([account, amount]) => ({
  account, debit: BigInt(Math.max(amount, 0)) * 100n, credit: BigInt(Math.max(-amount, 0)) * 100n,
})))

describe('sig', () => {
  it('gives the figures of the published exercise, goods and production together', () => {
    const found = sig(of({
      707000: -1000, 607000: 600, 603700: -50 + 100, 706000: -200, 601000: 100, 635000: 30, 641000: 200, 645000: 80, 681100: 20, 661000: 20, 678000: 5, 695000: 40,
    }))
    expect(found).toEqual({
      margeCommerciale: 35_000n, production: 20_000n, consommation: 10_000n, valeurAjoutee: 45_000n, ebe: 14_000n,
      resultatExploitation: 12_000n, rcai: 10_000n, resultatExceptionnel: -500n, resultatNet: 5_500n, caf: 7_500n,
    })
  })
  it('gives the figures of the published exercise under the chart of 2025', () => {
    const found = sig(of({ 701000: -1_000_000, 713500: -70_000, 722000: -10_000, 707000: -479_446, 607000: 300_000, 601000: 530_000, 740000: -30_000, 641000: 300_000 }))
    expect(found.production).toBe(108_000_000n)
    expect(found.margeCommerciale).toBe(17_944_600n)
    expect(found.valeurAjoutee).toBe(72_944_600n)
    expect(found.ebe).toBe(45_944_600n)
  })
  it('keeps the sale of an asset in the operating result since 2025, and as exceptional before', () => {
    const since = sig(of({ 757000: -500, 657000: 300 }))
    expect([since.resultatExploitation, since.resultatExceptionnel, since.resultatNet, since.caf]).toEqual([20_000n, 0n, 20_000n, 0n])
    const before = sig(of({ 775000: -500, 675000: 300 }))
    expect([before.resultatExploitation, before.resultatExceptionnel, before.resultatNet, before.caf]).toEqual([0n, 20_000n, 20_000n, 0n])
  })
})

const accounts = PCG_2026.map((a) => a.number).filter((n) => n.length >= 3)
const movement = fc.record({ account: fc.constantFrom(...accounts), amount: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }) })

/** A ledger that balances: whatever the lines, the bank takes the difference. */
const ledger = fc.array(movement, { maxLength: 40 }).map((lines): Movement[] => {
  const side = (account: string, amount: bigint): Movement => ({ account, debit: amount > 0n ? amount : 0n, credit: amount < 0n ? -amount : 0n })
  return [...lines.map((l) => side(l.account, l.amount)), side('512000', -sum(lines.map((l) => l.amount)))]
})

describe('statements of any balanced ledger', () => {
  it('have a line for every account of the chart', () => {
    for (const account of accounts) {
      if (/^[67]/.test(account)) expect(incomeLineOf(account), account).toBeDefined()
      else for (const balance of [1n, -1n]) expect(sheetRule(account, balance), account).toBeDefined()
    }
  })
  it('balance, agree on the result, and prove net treasury twice', () => {
    fc.assert(fc.property(ledger, (movements) => {
      const balance = trialBalance(movements)
      const sheet = balanceSheet(balance)
      expect(sheet.gap).toBe(0n)
      expect(incomeStatement(balance).result).toBe(balance.result)
      expect(sig(balance).resultatNet).toBe(balance.result)
      const { frng, bfr, tresorerieNette } = functionalBalance(balance)
      expect(frng - bfr).toBe(tresorerieNette)
    }))
  })
  it('open the next year with an entry that balances and keeps every balance', () => {
    fc.assert(fc.property(ledger, (movements) => {
      const closing = trialBalance(movements)
      const entry = openingEntry(closing.accounts.map((a) => ({ account: a.account, auxiliary: null, balance: a.balance })), { date: localDate('2027-01-01'), provisional: true })
      expect(sum(entry.lines.map((l) => l.debit))).toBe(sum(entry.lines.map((l) => l.credit)))
      const opened = trialBalance(entry.lines)
      expect(balanceSheet(opened).totalAssets).toBe(balanceSheet(closing).totalAssets)
      expect(opened.result).toBe(0n)
    }))
  })
})

describe('ratios', () => {
  it('are null when there is nothing to divide by', () => {
    for (const ratio of ratios(trialBalance([]))) expect(ratio.value, ratio.id).toBeNull()
  })
  it('round once, ties away from zero', () => {
    expect(formatFraction({ numerator: 1n, denominator: 8n }, 2)).toBe('0.13')
    expect(formatFraction({ numerator: -1n, denominator: 8n }, 2)).toBe('-0.13')
    expect(formatFraction({ numerator: 2n, denominator: 3n }, 0)).toBe('1')
  })
  it('use 360 days when asked: 120 000 owed for 730 000 sold is 59.2 days', () => {
    const dso = ratios(of({ 411000: 120_000, 706000: -730_000 }), { daysInYear: 360, salesWithTax: 73_000_000n }).find((r) => r.id === 'delaiClients')
    expect(formatFraction(dso!.value!, 1)).toBe('59.2')
  })
  it('count waiting VAT once, and never more than 20 % of the turnover', () => {
    const waiting = trialBalance([
      { account: '706000', debit: 0n, credit: 100_00n }, { account: '445740', debit: 0n, credit: 20_00n },
      { account: '445740', debit: 5_00n, credit: 0n }, { account: '445710', debit: 0n, credit: 5_00n },
    ])
    expect(salesWithTax(waiting)).toBe(120_00n)
    expect(salesWithTax(of({ 706000: -100, 445710: -90 }))).toBe(120_00n)
  })
})
