import { EUR } from '../../../../core/kernel/currency.ts'
import { addDays, addMonths, dateOf, earlier, endOfMonth, later, type LocalDate, startOfMonth, yearOf } from '../../../../core/kernel/local-date.ts'
import { creditLine, debitLine, type LineDraft } from '../../../../core/ledger/entry.ts'
import { dayOfMonth, monthGroups, monthsUntil, workingDayBefore } from './calendar.ts'
import { type Rib, ibanOf } from './cfonb120-writer.ts'
import { contributions, type Loan, LOAN_AT_START, monthCharges, yearEndEntries } from './charges.ts'
import { type Buyer, demoInvoice, lumenBuyers, monthInvoices, partialCredit } from './invoices.ts'
import { bankMove } from './lines.ts'
import { OFFERS } from './lumen-words.ts'
import { CASH_AT_START, openingEntries, VAT_AT_START } from './opening.ts'
import { paymentsOf } from './payments.ts'
import type { DemoBankLine, DemoCompany, DemoCredit, DemoEntry, DemoInvoice } from './plan.ts'
import { createRandom, type Random } from './random.ts'
import { statementFile } from './statements.ts'
import { lastDeclaredMonth, vatPayment, vatReturns } from './vat.ts'

const MONTHS = 18
/** Older months are told by quarter. */
const MONTHS_ONE_BY_ONE = 3
/** Invoices younger than this are issued by the product; those before come from the tool it replaced. */
const DAYS_ISSUED_HERE = 35
/**
 * Bank lines younger than this are left to treat: what customers pay, and everything else. Once last month's TVA is declared
 * fewer are left: what this month's customers paid then shows TVA to set aside.
 */
const DAYS_LEFT_CUSTOMERS = { beforeReturn: 21, afterReturn: 14 }
const DAYS_LEFT_OTHERS = 24
/** Purchases younger than this are not entered yet. */
const DAYS_NOT_ENTERED = 12
const RIB: Rib = { bank: '99999', branch: '00471', account: '0000471204K' }
const BANK_LEDGER_ACCOUNT = '512001'

/** Numbers of the earlier tool: "AL-25-0042", from one each year. */
function earlierNumbers(prefix: string): (year: number) => string {
  const ranks = new Map<number, number>()
  return (year) => {
    const rank = (ranks.get(year) ?? 0) + 1
    ranks.set(year, rank)
    return `${prefix}-${String(year).slice(2)}-${String(rank).padStart(4, '0')}`
  }
}

function takenOverInvoices(start: LocalDate, buyers: readonly Buyer[], numberOf: (year: number) => string): DemoInvoice[] {
  return [2, 7, 14].map((at, index) => {
    const offer = OFFERS.design[index]!
    const issuedOn = workingDayBefore(addDays(start, -24 + 6 * index))
    return demoInvoice({
      key: `reprise-${index + 1}`, origin: 'taken_over', number: numberOf(yearOf(issuedOn)), customer: buyers[at]!.customer, issuedOn,
      lines: [{ description: offer.words, quantity: '1', unitPrice: (offer.cents / 100).toFixed(2), vatRate: offer.vatRate as DemoInvoice['lines'][number]['vatRate'], nature: 'services' }],
    })
  })
}

type Sales = { readonly invoices: DemoInvoice[]; readonly credits: DemoCredit[]; readonly drafts: DemoInvoice[]; readonly unpaid: ReadonlySet<string> }

/** Eighteen months of invoices: those of the earlier tool with three credit notes, those issued here with one, two drafts. */
function sales(months: readonly LocalDate[], today: LocalDate, tools: { readonly buyers: readonly Buyer[]; readonly random: Random }): Sales {
  const number = earlierNumbers('AL')
  const creditNumber = earlierNumbers('AVL')
  const takenOver = takenOverInvoices(months[0]!, tools.buyers, number)
  const issuedHereFrom = addDays(today, -DAYS_ISSUED_HERE)
  const billed = months.flatMap((month) => monthInvoices(month, { today, issuedHereFrom }, { ...tools, earlierNumber: number }))
  const usual = new Set(tools.buyers.filter((buyer) => buyer.manner === 'usual').map((buyer) => buyer.customer.key))
  const creditable = billed.filter((invoice) => invoice.origin === 'posted' && usual.has(invoice.customer.key) && invoice.lines.some((line) => line.quantity !== '1') && invoice.lines[0]!.quantity !== '1')
  const notes = [creditable[3], creditable[Math.floor(creditable.length / 2)], creditable.at(-4)].flatMap((invoice, index) => {
    if (!invoice) return []
    const on = later(workingDayBefore(addDays(invoice.issuedOn, 6)), invoice.issuedOn)
    return [partialCredit(invoice, { key: `avoir-${index + 1}`, number: creditNumber(yearOf(on)), on })]
  })
  const cancelled = billed.filter((invoice) => invoice.origin === 'issued').at(2)
  const credits: DemoCredit[] = cancelled && addDays(cancelled.issuedOn, 2) <= today ? [{ invoice: cancelled, on: addDays(cancelled.issuedOn, 2), reason: 'Facturé deux fois' }] : []
  const doubtful = billed.findLast((invoice) => invoice.customer.key === tools.buyers[2]!.customer.key && invoice.issuedOn < addMonths(today, -6))
  const drafts = [4, 12].map((at, index) => demoInvoice({ key: `brouillon-${index + 1}`, origin: 'draft', number: null, customer: tools.buyers[at]!.customer, issuedOn: today, lines: billed[at]!.lines }))
  return { invoices: [...takenOver, ...billed, ...notes], credits, drafts, unpaid: new Set([...credits.map((credit) => credit.invoice.key), ...(doubtful ? [doubtful.key] : [])]) }
}

/** What the product will number: rank within the year, in the order of issue. */
function numbersHere(invoices: readonly DemoInvoice[]): ReadonlyMap<string, string> {
  const ranks = new Map<number, number>()
  return new Map(invoices.filter((invoice) => invoice.origin === 'issued').map((invoice) => {
    const year = yearOf(invoice.issuedOn)
    ranks.set(year, (ranks.get(year) ?? 0) + 1)
    return [invoice.key, `FA-${year}-${String(ranks.get(year)).padStart(4, '0')}`]
  }))
}

function customerPayments(sold: Sales, tools: { readonly buyers: readonly Buyer[]; readonly random: Random; readonly start: LocalDate }): DemoBankLine[] {
  const here = numbersHere(sold.invoices)
  const numberOf = (invoice: DemoInvoice) => invoice.number ?? here.get(invoice.key) ?? ''
  return tools.buyers
    .flatMap((buyer) => paymentsOf({ buyer, random: tools.random, numberOf, invoices: sold.invoices.filter((invoice) => invoice.customer.key === buyer.customer.key && !sold.unpaid.has(invoice.key)) }))
    .filter((line) => line.on >= tools.start)
}

const SOLD_ON: readonly (readonly [string, (invoice: DemoInvoice) => bigint])[] = [
  ['706000', (invoice) => invoice.shares.filter((share) => share.nature === 'services').reduce((total, share) => total + share.basis, 0n)],
  ['707000', (invoice) => invoice.shares.filter((share) => share.nature === 'goods').reduce((total, share) => total + share.basis, 0n)],
]

/** Corporate tax of a year that has ended: 15 % up to 42 500 euros and 25 % beyond (CGI art. 219), in whole euros. */
function incomeTax(result: bigint): bigint {
  if (result <= 0n) return 0n
  const low = result < 4_250_000n ? result : 4_250_000n
  return ((low * 15n + (result - low) * 25n) / 10_000n) * 100n
}

function resultOf(year: number, facts: { readonly invoices: readonly DemoInvoice[]; readonly entries: readonly DemoEntry[]; readonly lines: readonly DemoBankLine[] }): bigint {
  const inYear = (on: LocalDate) => yearOf(on) === year
  const profit = (lines: readonly LineDraft[]) => lines.filter((line) => /^[67]/.test(line.account)).reduce((total, line) => total + line.credit - line.debit, 0n)
  const sold = facts.invoices.filter((invoice) => inYear(invoice.issuedOn) && (invoice.origin === 'posted' || invoice.origin === 'issued'))
  return sold.reduce((total, invoice) => total + SOLD_ON.reduce((sum, [, of]) => sum + of(invoice), 0n), 0n)
    + facts.entries.filter((entry) => inYear(entry.date)).reduce((total, entry) => total + profit(entry.lines), 0n)
    + facts.lines.filter((line) => inYear(line.on)).reduce((total, { meaning }) => total + (meaning.kind === 'entry' ? profit(meaning.counterparts) : meaning.residual?.amount ?? 0n), 0n)
}

const INCOME_TAX = '444000'

/** What was paid of it in the year itself. */
function advancesOf(year: number, lines: readonly DemoBankLine[]): bigint {
  const paid = lines.filter((line) => yearOf(line.on) === year).flatMap(({ meaning }) => (meaning.kind === 'entry' ? meaning.counterparts : []))
  return paid.filter((line) => line.account === INCOME_TAX).reduce((total, line) => total + line.debit, 0n)
}

/** The tax of a year that has ended, and what is left to pay of it on the 15th of May. */
function yearTax(year: number, result: bigint, advances: bigint): { entry: DemoEntry; line: DemoBankLine } | null {
  const tax = incomeTax(result)
  const left = tax - advances
  if (left <= 0n) return null
  const endsOn = dateOf(year, 12, 31)!
  return {
    entry: { journal: 'OD', date: endsOn, pieceRef: `IS-${year}`, label: `Impôt sur les sociétés ${year}`, lines: [debitLine('695000', tax), creditLine(INCOME_TAX, tax)] },
    line: bankMove({ on: dayOfMonth(dateOf(year + 1, 5, 1)!, 15), amount: -left, words: 'PRLV DGFIP IS SOLDE', details: { name: 'DGFIP' }, label: `Solde d'impôt sur les sociétés ${year}`, counterparts: [debitLine(INCOME_TAX, left)] }),
  }
}

const byDay = (a: { readonly on: LocalDate }, b: { readonly on: LocalDate }) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1)

/**
 * "Atelier Lumen SARL", a lighting workshop that sells goods and services with TVA on receipts: eighteen months that end on
 * `today`, the same for the same day and seed. Its bank is told in CFONB 120 statements, one a month, its earlier invoices in invoices.csv.
 */
export function atelierLumen(today: LocalDate, seed: number): DemoCompany {
  const random = createRandom(seed)
  const months = monthsUntil(today, MONTHS)
  const start = months[0]!
  const lastDay = workingDayBefore(addDays(today, -1))
  const buyers = lumenBuyers(random)
  const sold = sales(months, today, { buyers, random })
  const loan: Loan = { left: LOAN_AT_START }
  const charges = months.map((month) => monthCharges(month, { random, loan }))
  const yearStart = dateOf(yearOf(start), 1, 1)!
  const endedYears = Array.from({ length: yearOf(today) - yearOf(start) }, (_, index) => yearOf(start) + index)
  const entries = [...charges.flatMap((month) => month.entries), ...endedYears.flatMap((year) => yearEndEntries(dateOf(year, 12, 31)!))].filter((entry) => entry.date <= (entry.journal === 'AC' ? addDays(today, -DAYS_NOT_ENTERED) : today))
  const payments = customerPayments(sold, { buyers, random, start })
  const lines = [...payments, ...charges.flatMap((month) => month.lines), ...contributions(start, 'MOIS PRECEDENT'), vatPayment(start, VAT_AT_START)].filter((line) => line.on <= lastDay).sort(byDay)
  const declared = months.filter((month) => month <= lastDeclaredMonth(today))
  const vat = vatReturns(declared, { invoices: sold.invoices, credits: sold.credits, bankLines: lines, entries })
  const opening = openingEntries({ yearStart, start, bankAccount: BANK_LEDGER_ACCOUNT, takenOver: sold.invoices.filter((invoice) => invoice.origin === 'taken_over'), codeOf: (customer) => customer.key })
  const taxes = endedYears.map((year) => yearTax(year, resultOf(year, { invoices: sold.invoices, entries: [...entries, ...opening, ...vat.entries], lines }), advancesOf(year, lines))).filter((tax) => tax !== null)
  const allEntries = [...entries, ...vat.entries, ...taxes.map((tax) => tax.entry)]
  const allLines = [...lines, ...[...vat.lines, ...taxes.map((tax) => tax.line)].filter((line) => line.on <= lastDay)].sort(byDay)
  const isDeclared = lastDeclaredMonth(today) === addMonths(startOfMonth(today), -1)
  let balance = CASH_AT_START
  return {
    name: 'Atelier Lumen SARL', currency: EUR,
    years: [...endedYears, yearOf(today)].map((year) => ({ startsOn: dateOf(year, 1, 1)!, endsOn: dateOf(year, 12, 31)! })),
    account: { name: 'Compte courant', iban: ibanOf(RIB), writing: `${RIB.bank} ${RIB.branch} ${RIB.account}`, opening: CASH_AT_START },
    opening, takenOver: sold.invoices.filter((invoice) => invoice.origin === 'taken_over'),
    steps: monthGroups(months, MONTHS_ONE_BY_ONE).map((group) => {
      const inStep = (on: LocalDate) => group.months.includes(startOfMonth(on))
      const bankLines = allLines.filter((line) => inStep(line.on))
      const statement = statementFile(group.months, { rib: RIB, lastDay, opening: balance, lines: bankLines })
      balance = statement?.closing ?? balance
      const isLast = group.months.includes(startOfMonth(today))
      return {
        name: group.name, startsOn: group.months[0]!, endsOn: earlier(endOfMonth(group.months.at(-1)!), today), statement: statement && { fileName: `releve-${group.name}.cfo`, bytes: statement.bytes }, bankLines,
        invoices: [...sold.invoices.filter((invoice) => invoice.origin !== 'taken_over' && inStep(invoice.issuedOn)), ...(isLast ? sold.drafts : [])],
        credits: sold.credits.filter((credit) => inStep(credit.on)), entries: allEntries.filter((entry) => inStep(entry.date)),
      }
    }),
    treatedBefore: {
      // What a declared month holds is treated: its return counts it.
      customers: later(addDays(lastDay, -(isDeclared ? DAYS_LEFT_CUSTOMERS.afterReturn : DAYS_LEFT_CUSTOMERS.beforeReturn)), addMonths(lastDeclaredMonth(today), 1)),
      others: later(addDays(lastDay, -DAYS_LEFT_OTHERS), addMonths(lastDeclaredMonth(today), 1)),
    },
    lockedBefore: addMonths(startOfMonth(today), -2),
  }
}
