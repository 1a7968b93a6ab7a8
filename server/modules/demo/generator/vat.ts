import { addMonths, endOfMonth, type LocalDate, startOfMonth } from '../../../../core/kernel/local-date.ts'
import { sum } from '../../../../core/kernel/money.ts'
import { divide } from '../../../../core/kernel/rounding.ts'
import { vatDueAccount, vatWaits } from '../../../../core/invoice/accounts.ts'
import { releasedVat } from '../../../../core/invoice/vat-release.ts'
import type { BasisPoints } from '../../../../core/kernel/rate.ts'
import type { LineDraft } from '../../../../core/ledger/entry.ts'
import { signedLine } from '../../../../core/ledger/signed.ts'
import { dayOfMonth } from './calendar.ts'
import { bankMove } from './lines.ts'
import type { DemoBankLine, DemoCredit, DemoEntry, DemoInvoice } from './plan.ts'

/** Everything that moves TVA: documents, bank lines in the order of their days, entries. */
export type VatSources = { readonly invoices: readonly DemoInvoice[]; readonly credits: readonly DemoCredit[]; readonly bankLines: readonly DemoBankLine[]; readonly entries: readonly DemoEntry[] }

const DECLARED_DAY = 24
const PAID_DAY = 24
const DEDUCTIBLE = '445660'

/** The TVA that became due, by month and by account, worked out as the product does when it posts the same facts. */
function collected({ invoices, credits, bankLines }: VatSources): Map<string, bigint> {
  const due = new Map<string, bigint>()
  const add = (on: LocalDate, vatRate: BasisPoints, amount: bigint) => {
    const key = `${startOfMonth(on)} ${vatDueAccount(vatRate)}`
    due.set(key, (due.get(key) ?? 0n) + amount)
  }
  const addGoods = (invoice: DemoInvoice, on: LocalDate, sign: bigint) => {
    for (const share of invoice.shares) if (share.nature === 'goods') add(on, share.vatRate, sign * share.amount)
  }
  for (const invoice of invoices) if (invoice.origin === 'posted' || invoice.origin === 'issued') addGoods(invoice, invoice.issuedOn, 1n)
  for (const credit of credits) addGoods(credit.invoice, credit.on, -1n)
  const settled = new Map<string, bigint>()
  for (const line of bankLines) {
    if (line.meaning.kind !== 'payment') continue
    for (const { invoice, amount } of line.meaning.parts) {
      const before = settled.get(invoice.key) ?? 0n
      settled.set(invoice.key, before + amount)
      const waiting = invoice.shares.filter((share) => vatWaits(share.nature, 'receipts'))
      for (const share of releasedVat(waiting, { gross: invoice.gross, before, after: before + amount })) add(line.on, share.vatRate, share.amount)
    }
  }
  return due
}

function deducted({ bankLines, entries }: VatSources): Map<LocalDate, bigint> {
  const months = new Map<LocalDate, bigint>()
  const add = (on: LocalDate, lines: readonly LineDraft[]) => {
    for (const line of lines) if (line.account === DEDUCTIBLE) months.set(startOfMonth(on), (months.get(startOfMonth(on)) ?? 0n) + line.debit - line.credit)
  }
  for (const line of bankLines) if (line.meaning.kind === 'entry') add(line.on, line.meaning.counterparts)
  for (const entry of entries) add(entry.date, entry.lines)
  return months
}

const toEuro = (cents: bigint) => divide(cents, 100n, 'half-up') * 100n

/** The first day of the last month whose return is made on `today`. */
export function lastDeclaredMonth(today: LocalDate): LocalDate {
  return addMonths(startOfMonth(today), today >= dayOfMonth(today, DECLARED_DAY) ? -1 : -2)
}

/** The return of each month (in whole euros, its roundings booked) and its payment on the 24th of the next one. */
export function vatReturns(months: readonly LocalDate[], sources: VatSources): { entries: DemoEntry[]; lines: DemoBankLine[] } {
  const due = collected(sources)
  const deductible = deducted(sources)
  const entries: DemoEntry[] = []
  const lines: DemoBankLine[] = []
  for (const month of months) {
    const accounts = [...due].filter(([key]) => key.startsWith(month)).map(([key, amount]) => ({ account: key.slice(11), amount })).filter(({ amount }) => amount !== 0n)
    const input = deductible.get(month) ?? 0n
    const toPay = toEuro(sum(accounts.map(({ amount }) => amount))) - toEuro(input)
    const rounding = toPay + input - sum(accounts.map(({ amount }) => amount))
    const on = endOfMonth(month)
    entries.push({
      journal: 'OD', date: on, pieceRef: `CA3-${month.slice(0, 7)}`, label: `Déclaration de TVA ${month.slice(0, 7)}`,
      lines: [
        ...accounts.sort((a, b) => (a.account < b.account ? -1 : 1)).map(({ account, amount }) => signedLine(account, amount)),
        signedLine(DEDUCTIBLE, -input), signedLine(toPay < 0n ? '445670' : '445510', -toPay), signedLine(rounding > 0n ? '658000' : '758000', rounding),
      ].filter((line) => line.debit !== line.credit),
    })
    if (toPay > 0n) lines.push(vatPayment(addMonths(month, 1), toPay))
  }
  return { entries, lines }
}

/** The payment of a return, in the month after the one it is of. */
export function vatPayment(month: LocalDate, amount: bigint): DemoBankLine {
  return bankMove({
    on: dayOfMonth(month, PAID_DAY), amount: -amount, words: 'PRLV DGFIP TVA', details: { name: 'DGFIP', remittance: `TVA CA3 ${addMonths(month, -1).slice(0, 7)}` }, label: 'TVA du mois précédent',
    counterparts: [signedLine('445510', amount)],
  })
}
