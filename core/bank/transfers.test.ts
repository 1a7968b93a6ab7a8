import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, localDate } from '../kernel/local-date.ts'
import { pairTransfers, type TransferLine } from './transfers.ts'

const DAY = localDate('2026-04-15')
const ACCOUNTS = [
  { id: 'current', name: 'Compte courant', iban: 'FR1420041010050500013M02606' },
  { id: 'savings', name: 'Livret entreprise', iban: 'FR7630006000011234567890189' },
]

let made = 0
function line(account: string, minor: bigint, over: Partial<TransferLine> = {}): TransferLine {
  made += 1
  return { id: `l${String(made).padStart(4, '0')}`, account, minor, bookedOn: DAY, currency: 'EUR', label: 'VIREMENT INTERNE', counterpartyIban: null, ...over }
}

describe('pairTransfers', () => {
  it('pairs opposite amounts when both sides say a transfer between accounts', () => {
    const [out, into] = [line('current', -100_000n), line('savings', 100_000n, { bookedOn: addDays(DAY, 2) })]
    expect(pairTransfers([out, into], ACCOUNTS)).toMatchObject([{ out: out.id, in: into.id, certain: true, ambiguous: false }])
  })

  it('is certain when the bank names the other account, whatever the words', () => {
    const [out, into] = [line('current', -100_000n, { label: 'VIR SEPA EMIS', counterpartyIban: 'FR76 3000 6000 0112 3456 7890 189' }), line('savings', 100_000n, { label: 'REMISE' })]
    expect(pairTransfers([out, into], ACCOUNTS)).toMatchObject([{ certain: true }])
  })

  it.each([
    ['of one account', line('current', -500n), line('current', 500n)],
    ['of other amounts', line('current', -500n), line('savings', 501n)],
    ['of other currencies', line('current', -500n), line('savings', 500n, { currency: 'USD' })],
    ['six days apart', line('current', -500n), line('savings', 500n, { bookedOn: addDays(DAY, 6) })],
    ['that only happen to be opposite', line('current', -120_000n, { label: 'LOYER AVRIL' }), line('savings', 120_000n, { label: 'VIR DUPONT FA 12' })],
  ])('does not pair lines %s', (_, out, into) => {
    expect(pairTransfers([out, into], ACCOUNTS)).toEqual([])
  })

  it('leaves to a person what two lines explain as well', () => {
    const lines = [line('current', -500n), line('savings', 500n), line('savings', 500n)]
    expect(pairTransfers(lines, ACCOUNTS)).toMatchObject([{ certain: false, ambiguous: true }])
  })

  it('prefers the nearer day, and is then certain', () => {
    const [out, near, far] = [line('current', -500n), line('savings', 500n), line('savings', 500n, { bookedOn: addDays(DAY, 4) })]
    expect(pairTransfers([out, far, near], ACCOUNTS)).toMatchObject([{ out: out.id, in: near.id, certain: true }])
  })

  it('uses each line once, and pairs only what cancels out', () => {
    const anyLine = fc.record({ account: fc.constantFrom('current', 'savings'), minor: fc.constantFrom(-200n, -100n, 100n, 200n), shift: fc.integer({ min: 0, max: 8 }) })
    fc.assert(fc.property(fc.array(anyLine, { maxLength: 20 }), (all) => {
      const lines = all.map(({ account, minor, shift }) => line(account, minor, { bookedOn: addDays(DAY, shift) }))
      const byId = new Map(lines.map((one) => [one.id, one]))
      const pairs = pairTransfers(lines, ACCOUNTS)
      expect(new Set(pairs.flatMap((pair) => [pair.out, pair.in])).size).toBe(pairs.length * 2)
      for (const pair of pairs) expect(byId.get(pair.out)!.minor + byId.get(pair.in)!.minor).toBe(0n)
    }))
  })
})
