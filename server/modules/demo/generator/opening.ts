import { addDays, addMonths, endOfMonth, type LocalDate } from '../../../../core/kernel/local-date.ts'
import { sum } from '../../../../core/kernel/money.ts'
import { revenueAccount, vatDueAccount, vatWaitingAccount, vatWaits } from '../../../../core/invoice/accounts.ts'
import { creditLine, debitLine, type LineDraft } from '../../../../core/ledger/entry.ts'
import { signedLine } from '../../../../core/ledger/signed.ts'
import { monthName } from './calendar.ts'
import { CONTRIBUTIONS, LOAN_AT_START, WITHHELD } from './charges.ts'
import type { DemoCustomer, DemoEntry, DemoInvoice } from './plan.ts'

export const CASH_AT_START = 5_684_617n
export const VAT_AT_START = 218_400n

export type OpeningFacts = {
  readonly yearStart: LocalDate
  /** The first day with bank lines. */
  readonly start: LocalDate
  readonly bankAccount: string
  readonly takenOver: readonly DemoInvoice[]
  readonly codeOf: (customer: DemoCustomer) => string
}

/** What the company owes and is owed on the day the product takes over: its own open invoices, last month's contributions and TVA. */
function carried({ takenOver, codeOf }: OpeningFacts): LineDraft[] {
  const receivable = takenOver.map((invoice) => debitLine('411000', invoice.gross, { auxiliary: { code: codeOf(invoice.customer), name: invoice.customer.name }, label: `${invoice.number} ${invoice.customer.name}` }))
  const vat = takenOver.flatMap((invoice) => invoice.shares.map((share) => creditLine(vatWaits(share.nature, 'receipts') ? vatWaitingAccount(share.vatRate) : vatDueAccount(share.vatRate), share.amount)))
  return [...receivable, ...vat, creditLine('431000', CONTRIBUTIONS), creditLine('442100', WITHHELD), creditLine('445510', VAT_AT_START)]
}

const balanceOf = (lines: readonly LineDraft[]) => sum(lines.map((line) => line.debit - line.credit))

/** The months of the first year before the product was there, as one entry each: what was sold, what it cost, and the money it left. */
function monthBefore(month: LocalDate, facts: OpeningFacts): DemoEntry {
  const isLast = endOfMonth(month) === addDays(facts.start, -1)
  const sold = isLast ? facts.takenOver.reduce((total, invoice) => total + invoice.net, 0n) : 0n
  const lines = [
    debitLine('607000', 184_000n), debitLine('601000', 206_500n), debitLine('604000', 64_000n), debitLine('613200', 145_000n), debitLine('616000', 18_640n), debitLine('606110', 17_900n),
    debitLine('641100', 714_500n), debitLine('645100', 258_650n), debitLine('644000', 310_000n), debitLine('646000', 128_400n), debitLine('625100', 21_300n), debitLine('627000', 2_640n),
    creditLine(revenueAccount('services'), 1_664_000n + sold), creditLine(revenueAccount('goods'), 548_000n),
    ...(isLast ? carried(facts) : []),
  ]
  return {
    journal: 'OD', date: endOfMonth(month), pieceRef: `REPRISE-${month.slice(0, 7)}`, label: `Reprise de ${monthName(month)} (ancien logiciel)`,
    lines: [...lines, signedLine(facts.bankAccount, -balanceOf(lines))],
  }
}

/** The opening entry of the first year, and an entry for each of its months before the product was there. */
export function openingEntries(facts: OpeningFacts): DemoEntry[] {
  const months: LocalDate[] = []
  for (let month = facts.yearStart; month < facts.start; month = addMonths(month, 1)) months.push(month)
  const before = months.map((month) => monthBefore(month, facts))
  const earned = before.reduce((total, entry) => total + balanceOf(entry.lines.filter((line) => line.account === facts.bankAccount)), 0n)
  const lines = [
    debitLine('218200', 2_100_000n), creditLine('281820', 840_000n), debitLine('218300', 2_480_000n), creditLine('281830', 992_000n), debitLine('275000', 290_000n), debitLine('371000', 1_420_000n),
    creditLine('101300', 2_000_000n), creditLine('106100', 200_000n), creditLine('164000', LOAN_AT_START), signedLine(facts.bankAccount, CASH_AT_START - earned),
    ...(before.length === 0 ? carried(facts) : []),
  ]
  const year = facts.yearStart.slice(0, 4)
  return [{ journal: 'AN', date: facts.yearStart, pieceRef: `AN${year}`, label: `À nouveaux ${year}`, isOpening: true, lines: [...lines, signedLine('110000', -balanceOf(lines))] }, ...before]
}
