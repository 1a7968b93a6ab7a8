import { describe, expect, it } from 'vitest'
import { EUR, currency } from '../kernel/currency.ts'
import { localDate } from '../kernel/local-date.ts'
import { emptyMemory, remember } from './memory.ts'
import type { OpenInvoice, Party, PaymentLine } from './model.ts'
import { propose } from './propose.ts'

const parties: Party[] = [
  { id: 'p1', name: 'Menuiserie Kervella SARL', iban: 'FR76 1234 5678' },
  { id: 'p2', name: 'Menuiserie Tanguy SAS', iban: null },
  { id: 'p3', name: 'Fonderie du Ponant', iban: null },
  { id: 's1', name: 'Papeterie Ollivier', iban: null },
]

function invoice(id: string, partyId: string, over: Partial<OpenInvoice> = {}): OpenInvoice {
  const open = over.open ?? 120_000n
  return { id, number: `FA-2026-00${id}`, partyId, issuedOn: localDate('2026-03-01'), dueOn: localDate('2026-03-31'), currency: EUR, gross: open < 0n ? -open : open, open, ...over }
}

function line(minor: bigint, label: string, over: Partial<PaymentLine> = {}): PaymentLine {
  return { id: 'l1', bookedOn: localDate('2026-04-02'), minor, currency: EUR, label, reference: null, counterparty: { name: null, iban: null }, ...over }
}

function best(payment: PaymentLine, openInvoices: OpenInvoice[], memory = emptyMemory()) {
  return propose({ line: payment, openInvoices, parties, memory, today: localDate('2026-04-02') })[0]
}

describe('propose', () => {
  it('matches a quoted number, a name and an amount, and says so in both languages', () => {
    const found = best(line(120_000n, 'VIR SEPA RECU /DE MENUISERIE KERVELLA /MOTIF FA-2026-0042'), [invoice('42', 'p1'), invoice('43', 'p2')])!
    expect(found.allocations).toEqual([{ invoiceId: '42', minor: 120_000n }])
    expect(found.automatic).toBe(true)
    expect(found.reasons.map((reason) => reason.text.fr)).toEqual(['n° FA-2026-0042 dans le libellé', 'Menuiserie Kervella SARL dans le libellé', 'montant au centime'])
    expect(found.reasons[0]!.text.en).toBe('no. FA-2026-0042 in the label')
  })

  it.each(['fa 2026 0042', 'FA20260042', 'Facture FA-2026/0042', '2026-0042'])('reads the number written %s', (written) => {
    const found = best(line(120_000n, `VIR KERVELLA MENUISERIE ${written}`), [invoice('42', 'p1'), invoice('43', 'p2')])!
    expect(found.allocations[0]!.invoiceId).toBe('42')
    expect(found.reasons[0]!.code).toBe('REFERENCE')
  })

  it('prefers the payer\'s own invoice of that amount to somebody else\'s quoted number', () => {
    const found = best(line(120_000n, 'VIR MENUISERIE TANGUY FA-2026-0042'), [invoice('42', 'p1', { open: 800_000n }), invoice('43', 'p2')])!
    expect(found.allocations).toEqual([{ invoiceId: '43', minor: 120_000n }])
    expect(found.reasons.map((reason) => reason.code)).toContain('REFERENCE_OTHER')
  })

  it('never posts by itself on the amount alone', () => {
    const found = best(line(120_000n, 'VIR 884512'), [invoice('42', 'p1')])!
    expect(found.allocations[0]!.invoiceId).toBe('42')
    expect(found.automatic).toBe(false)
  })

  it('tells an instalment, and leaves the rest open', () => {
    const found = best(line(40_000n, 'VIR MENUISERIE KERVELLA ACPTE FA-2026-0042'), [invoice('42', 'p1')])!
    expect(found).toMatchObject({ allocations: [{ invoiceId: '42', minor: 40_000n }], residual: null })
  })

  it.each([
    ['bank_fee', 118_800n - 350n, ''], ['discount', 117_600n, 'ESCOMPTE'], ['rounding', 119_990n, ''],
  ] as const)('settles the invoice whole and names the %s', (kind, paid, word) => {
    const found = best(line(paid, `VIR MENUISERIE KERVELLA FA-2026-0042 ${word}`), [invoice('42', 'p1')])!
    expect(found.allocations).toEqual([{ invoiceId: '42', minor: 120_000n }])
    expect(found.residual).toEqual({ kind, minor: paid - 120_000n })
  })

  it('spreads one payment over the invoices it lists by their last digits', () => {
    const open = [invoice('41', 'p1', { open: 10_010n }), invoice('42', 'p1', { open: 20_020n }), invoice('44', 'p1', { open: 30_030n })]
    const found = best(line(40_040n, 'VIR MENUISERIE KERVELLA FACT 41 44'), open)!
    expect(found.allocations.map((allocation) => allocation.invoiceId)).toEqual(['41', '44'])
  })

  it('finds the oldest open invoices behind a payment that lists none', () => {
    const open = [invoice('41', 'p1', { open: 10_011n }), invoice('42', 'p1', { open: 20_023n, issuedOn: localDate('2026-03-02') }), invoice('44', 'p1', { open: 30_037n, issuedOn: localDate('2026-03-03') })]
    const found = best(line(30_034n, 'VIR MENUISERIE KERVELLA RELEVE'), open)!
    expect(found.allocations.map((allocation) => allocation.invoiceId)).toEqual(['41', '42'])
  })

  it('nets a credit note', () => {
    const open = [invoice('42', 'p1'), invoice('45', 'p1', { number: 'AVFA-2026-0045', open: -20_000n })]
    const found = best(line(100_000n, 'VIR MENUISERIE KERVELLA FA-2026-0042 - AVFA-2026-0045'), open)!
    expect(found.allocations).toEqual([{ invoiceId: '42', minor: 120_000n }, { invoiceId: '45', minor: -20_000n }])
    expect(found.residual).toBeNull()
  })

  it('settles a foreign invoice by the foreign amount in the label, the rest being exchange', () => {
    const open = [invoice('42', 'p3', { currency: currency('USD'), gross: 130_000n, open: 120_000n })]
    const found = best(line(117_300n, 'VIR INTL RECU FONDERIE DU PONANT USD 1300,00 TX 1.1083'), open)!
    expect(found).toMatchObject({ allocations: [{ invoiceId: '42', minor: 120_000n }], residual: { kind: 'exchange', minor: -2_700n } })
  })

  it('matches money going out with purchases only', () => {
    const open = [invoice('42', 'p1', { open: 5_000n }), invoice('7', 's1', { number: 'OLL7', open: -5_000n })]
    expect(best(line(-5_000n, 'VIR SEPA PAPETERIE OLLIVIER'), open)!.allocations).toEqual([{ invoiceId: '7', minor: -5_000n }])
  })

  it('recognises an invoice paid twice, and gives the second payment to no other invoice', () => {
    const paid = invoice('42', 'p1', { open: 0n, gross: 120_000n, settled: { minor: 120_000n, on: localDate('2026-03-30') } })
    const found = best(line(120_000n, 'VIR MENUISERIE KERVELLA FA-2026-0042'), [paid, invoice('43', 'p1')])!
    expect(found.allocations).toEqual([])
    expect(found.reasons.map((reason) => reason.code)).toContain('PAID_TWICE')
  })

  it('gives back what a rejected debit had settled', () => {
    const paid = invoice('42', 'p1', { open: 0n, gross: 120_000n, settled: { minor: 120_000n, on: localDate('2026-03-30') } })
    const found = best(line(-120_000n, 'REJET PRLV SEPA MENUISERIE KERVELLA FA-2026-0042'), [paid])!
    expect(found.allocations).toEqual([{ invoiceId: '42', minor: -120_000n }])
  })

  it('knows a payer by the words of a confirmed match, and by IBAN', () => {
    const memory = remember(emptyMemory(), { label: 'VIR MME LE GOFF 1234', partyId: 'p1', on: localDate('2026-03-12'), channel: 'transfer', delayDays: 3 })
    const known = best(line(120_000n, 'VIR MME LE GOFF 9876'), [invoice('42', 'p1'), invoice('43', 'p2')], memory)!
    expect(known.allocations[0]!.invoiceId).toBe('42')
    expect(known.reasons.map((reason) => reason.text.fr)).toContain('même payeur qu\'en mars')
    const byIban = best(line(120_000n, 'VIR 5512', { counterparty: { name: null, iban: 'FR7612345678' } }), [invoice('42', 'p1'), invoice('43', 'p2')])!
    expect(byIban.reasons[0]!.code).toBe('IBAN')
    expect(byIban.allocations[0]!.invoiceId).toBe('42')
  })

  it('proposes nothing for a card purchase, nor an invoice issued after today', () => {
    expect(best(line(-4_210n, 'CARTE 02/04 BRASSERIE DU PORT'), [invoice('42', 'p1')])).toBeUndefined()
    expect(best(line(120_000n, 'VIR MENUISERIE KERVELLA'), [invoice('42', 'p1', { issuedOn: localDate('2026-05-01') })])).toBeUndefined()
  })
})
