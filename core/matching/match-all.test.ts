import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EUR } from '../kernel/currency.ts'
import { addDays, localDate } from '../kernel/local-date.ts'
import { matchAll } from './match-all.ts'
import type { OpenInvoice, Party, PaymentLine } from './model.ts'
import type { Remittance } from './remittance.ts'

const START = localDate('2026-01-05')
const parties: Party[] = [{ id: 'p1', name: 'Atelier Guivarch SARL', iban: null }, { id: 'p2', name: 'Conserverie Le Bihan', iban: null }]

function invoice(id: string, partyId: string, { open, day = 0 }: { open: bigint; day?: number }): OpenInvoice {
  const issuedOn = addDays(START, day)
  return { id, number: `F26-0${id}`, partyId, issuedOn, dueOn: addDays(issuedOn, 30), currency: EUR, gross: open < 0n ? -open : open, open }
}

function line(id: string, minor: bigint, { label, day }: { label: string; day: number }): PaymentLine {
  return { id, bookedOn: addDays(START, day), minor, currency: EUR, label, reference: null, counterparty: { name: null, iban: null } }
}

function pairs(lines: PaymentLine[], invoices: OpenInvoice[], remittances: Remittance[] = []) {
  return matchAll({ lines, invoices, parties, remittances }).flatMap((match) => match.pairs.map((pair) => `${match.lineId} ${pair.invoiceId} ${pair.minor}`))
}

describe('matchAll', () => {
  it('keeps an invoice for the later payment that quotes it', () => {
    const invoices = [invoice('101', 'p1', { open: 50_000n }), invoice('102', 'p1', { open: 50_000n, day: 1 })]
    const lines = [line('a', 50_000n, { label: 'VIR ATELIER GUIVARCH', day: 30 }), line('b', 50_000n, { label: 'VIR ATELIER GUIVARCH F26-0101', day: 35 })]
    expect(pairs(lines, invoices)).toEqual(['a 102 50000', 'b 101 50000'])
  })

  it('gives equal invoices to equal payments in the order of their due dates', () => {
    const invoices = [0, 30, 60].map((day, at) => invoice(`20${at}`, 'p1', { open: 14_520n, day }))
    const lines = [35, 64, 96].map((day, at) => line(`l${at}`, 14_520n, { label: 'VIR ATELIER GUIVARCH MERCI', day }))
    expect(pairs(lines, invoices)).toEqual(['l0 200 14520', 'l1 201 14520', 'l2 202 14520'])
  })

  it('opens an invoice again when its debit is rejected', () => {
    const invoices = [invoice('101', 'p1', { open: 50_000n })]
    const lines = [
      line('a', 50_000n, { label: 'REMISE PRLV SEPA ATELIER GUIVARCH F26-0101', day: 30 }), line('b', -50_000n, { label: 'REJET PRLV SEPA ATELIER GUIVARCH F26-0101', day: 33 }),
      line('c', 50_000n, { label: 'VIR ATELIER GUIVARCH F26-0101', day: 40 }),
    ]
    expect(pairs(lines, invoices)).toEqual(['a 101 50000', 'b 101 -50000', 'c 101 50000'])
  })

  it('takes instalments until nothing is left, and then sees a payment too many', () => {
    const invoices = [invoice('101', 'p1', { open: 90_000n })]
    const lines = [10, 20, 30, 40].map((day, at) => line(`l${at}`, 30_000n, { label: `VIR ATELIER GUIVARCH ACPTE F26-0101`, day }))
    expect(pairs(lines, invoices)).toEqual(['l0 101 30000', 'l1 101 30000', 'l2 101 30000'])
  })

  it('matches each cheque of a slip, and each charge of a payout less its fee', () => {
    const invoices = [invoice('101', 'p1', { open: 50_000n }), invoice('102', 'p2', { open: 20_000n }), invoice('103', 'p2', { open: 70_000n })]
    const slip: Remittance = { kind: 'cheques', id: '0042137', on: addDays(START, 30), parts: [{ payer: 'GUIVARCH ATELIER', invoiceNumber: null, minor: 50_000n, fee: 0n }, { payer: 'CONSERVERIE L', invoiceNumber: null, minor: 20_000n, fee: 0n }] }
    const payout: Remittance = { kind: 'payout', id: '77120098', on: addDays(START, 31), parts: [{ payer: 'Conserverie Le Bihan', invoiceNumber: 'F26-0103', minor: 70_000n, fee: 1_005n }] }
    const lines = [line('a', 70_000n, { label: 'REMISE CHEQUES 0042137 2 CHQ', day: 31 }), line('b', 68_995n, { label: 'VIR PRESTATAIRE PAYMENTS 77120098', day: 32 })]
    expect(pairs(lines, invoices, [slip, payout])).toEqual(['a 101 50000', 'a 102 20000', 'b 103 70000'])
    expect(matchAll({ lines, invoices, parties, remittances: [slip, payout] })[1]!.residuals).toEqual([{ kind: 'processor_fee', minor: -1_005n }])
  })

  const amounts = fc.array(fc.integer({ min: 1, max: 40 }).map((euros) => BigInt(euros) * 1_000n), { minLength: 1, maxLength: 12 })
  const labels = fc.constantFrom('VIR ATELIER GUIVARCH', 'VIR CONSERVERIE LE BIHAN RELEVE', 'VIR F26-0100', 'VIR ATELIER GUIVARCH F26-0101 F26-0102', 'VIR 9912', 'CARTE STATION DU BOURG')

  it('never settles an invoice beyond its amount, and explains every line to the cent', () => {
    fc.assert(fc.property(amounts, fc.array(fc.record({ minor: fc.integer({ min: 1, max: 90 }).map((euros) => BigInt(euros) * 1_000n), label: labels, day: fc.integer({ min: 0, max: 60 }) }), { maxLength: 12 }), (opens, payments) => {
      const invoices = opens.map((open, at) => invoice(String(100 + at), at % 2 ? 'p1' : 'p2', { open, day: at }))
      const lines = payments.map((payment, at) => line(`l${at}`, payment.minor, payment))
      const matches = matchAll({ lines, invoices, parties, remittances: [] })
      const given = new Map<string, bigint>()
      matches.forEach(({ pairs: found, residuals }, at) => {
        for (const pair of found) given.set(pair.invoiceId, (given.get(pair.invoiceId) ?? 0n) + pair.minor)
        const explained = [...found, ...residuals].reduce((total, part) => total + part.minor, 0n)
        if (found.length > 0) expect(explained).toBe(lines[at]!.minor)
      })
      for (const { id, open } of invoices) expect(given.get(id) ?? 0n).toBeLessThanOrEqual(open)
    }), { numRuns: 150 })
  })

  it('matches every payment that states its exact amount and its number', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.integer({ min: 100, max: 999 }), { minLength: 1, maxLength: 15 }), (numbers) => {
      const invoices = numbers.map((number, at) => invoice(String(number), at % 2 ? 'p1' : 'p2', { open: BigInt(1_000 + (number % 7) * 100) }))
      const lines = invoices.map((open, at) => line(`l${at}`, open.open, { label: `VIR ${at % 2 ? 'ATELIER GUIVARCH' : 'CONSERVERIE LE BIHAN'} ${open.number}`, day: 20 + at }))
      expect(pairs(lines, invoices)).toEqual(lines.map((payment, at) => `${payment.id} ${invoices[at]!.id} ${payment.minor}`))
    }), { numRuns: 100 })
  })
})
