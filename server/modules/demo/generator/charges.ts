import { addDays, addMonths, type LocalDate, monthOf } from '../../../../core/kernel/local-date.ts'
import { creditLine, debitLine } from '../../../../core/ledger/entry.ts'
import { fold } from '../../../../core/matching/normalise.ts'
import { signedLine } from '../../../../core/ledger/signed.ts'
import { dayOfMonth, monthName, workingDay } from './calendar.ts'
import { bankMove, withoutVat } from './lines.ts'
import { CARD_SHOPS, SUPPLIERS } from './lumen-words.ts'
import type { DemoBankLine, DemoEntry } from './plan.ts'
import type { Random } from './random.ts'

/** What a month costs: entries of purchases and pay, and the bank lines that pay them. */
export type Charges = { readonly entries: DemoEntry[]; readonly lines: DemoBankLine[] }

export const LANDLORD = { code: 'F0010', name: 'SCI du Pré Long' }
const FIRM = { code: 'F0011', name: 'Cabinet Rivage' }
/** Pay of a month, in cents: three employees and the manager. Contributions of both sides, tax withheld. */
const EMPLOYEES = [{ name: 'SALARIE 1', gross: 262_000n }, { name: 'SALARIE 2', gross: 238_500n }, { name: 'SALARIE 3', gross: 214_000n }]
const GROSS = EMPLOYEES.reduce((total, one) => total + one.gross, 0n)
const share = (amount: bigint, thousandths: bigint) => (amount * thousandths + 500n) / 1_000n
const EMPLOYEE_PART = EMPLOYEES.reduce((total, one) => total + share(one.gross, 218n), 0n)
const EMPLOYER_PART = share(GROSS, 362n)
const netOf = (gross: bigint) => gross - share(gross, 218n) - share(gross, 31n)
export const CONTRIBUTIONS = EMPLOYEE_PART + EMPLOYER_PART
export const WITHHELD = EMPLOYEES.reduce((total, one) => total + share(one.gross, 31n), 0n)
const MANAGER = 310_000n
const MANAGER_CONTRIBUTIONS = 128_400n
const RENT = 145_000n
const LOAN_PAYMENT = 62_000n
/** Yearly rate of the loan in hundredths of a percent. */
const LOAN_RATE = 360n
export const LOAN_AT_START = 1_860_000n

function purchase(on: LocalDate, supplier: { readonly code: string; readonly name: string }, what: { readonly account: string; readonly net: bigint; readonly label: string; readonly ref: string }): { entry: DemoEntry; gross: bigint } {
  const vat = (what.net + 2n) / 5n
  const gross = what.net + vat
  const label = `${what.label} ${supplier.name}`
  return {
    gross,
    entry: { journal: 'AC', date: on, pieceRef: what.ref, label, lines: [debitLine(what.account, what.net), debitLine('445660', vat), creditLine('401000', gross, { auxiliary: supplier })] },
  }
}

function supplierPayment(on: LocalDate, supplier: { readonly code: string; readonly name: string }, what: { readonly gross: bigint; readonly ref: string }): DemoBankLine {
  return bankMove({
    on, amount: -what.gross, words: `VIR ${supplier.name}`, details: { name: supplier.name, remittance: what.ref }, label: `Règlement ${supplier.name} ${what.ref}`,
    counterparts: [debitLine('401000', what.gross, { auxiliary: supplier })],
  })
}

function suppliers(month: LocalDate, random: Random): Charges {
  const entries: DemoEntry[] = []
  const lines: DemoBankLine[] = []
  const buy = (on: LocalDate, supplier: { readonly code: string; readonly name: string }, what: { readonly account: string; readonly net: bigint; readonly label: string; readonly ref: string; readonly days: number }) => {
    const { entry, gross } = purchase(on, supplier, what)
    entries.push(entry)
    lines.push(supplierPayment(workingDay(addDays(on, what.days)), supplier, { gross, ref: what.ref }))
  }
  buy(month, LANDLORD, { account: '613200', net: RENT, label: `Loyer ${monthName(month)}`, ref: `LOYER-${month.slice(0, 7)}`, days: 4 })
  for (const supplier of SUPPLIERS) {
    for (let time = 0; time < supplier.aMonth; time += 1) {
      buy(dayOfMonth(month, random.between(3, 26)), supplier, { account: supplier.account, net: BigInt(random.between(...supplier.cents)), label: supplier.words, ref: `${supplier.code}-${random.between(10_000, 99_999)}`, days: random.between(24, 34) })
    }
  }
  if (monthOf(month) % 3 === 1) buy(dayOfMonth(month, 6), FIRM, { account: '622600', net: 87_000n, label: 'Honoraires du trimestre', ref: `RIV-${month.slice(0, 7)}`, days: 9 })
  return { entries, lines }
}

function pay(month: LocalDate): Charges {
  const on = dayOfMonth(month, 28)
  const name = monthName(month)
  const net = EMPLOYEES.reduce((total, one) => total + netOf(one.gross), 0n)
  const entry: DemoEntry = {
    journal: 'OD', date: on, pieceRef: `PAIE-${month.slice(0, 7)}`, label: `Paie de ${name}`,
    lines: [
      debitLine('641100', GROSS), debitLine('645100', EMPLOYER_PART), debitLine('644000', MANAGER), debitLine('646000', MANAGER_CONTRIBUTIONS),
      creditLine('421000', net), creditLine('431000', CONTRIBUTIONS), creditLine('442100', WITHHELD), creditLine('455000', MANAGER), creditLine('438600', MANAGER_CONTRIBUTIONS),
    ],
  }
  const lines = [
    ...EMPLOYEES.map((one) => bankMove({
      on, amount: -netOf(one.gross), words: `VIR SALAIRE ${one.name}`, details: { remittance: `SALAIRE ${fold(name)}` }, label: `Salaire de ${name}`, counterparts: [debitLine('421000', netOf(one.gross))],
    })),
    bankMove({ on, amount: -MANAGER, words: 'VIR REMUNERATION GERANCE', label: `Rémunération de la gérance, ${name}`, counterparts: [debitLine('455000', MANAGER)] }),
    ...contributions(addMonths(month, 1), `${fold(name)}`),
    bankMove({ on: dayOfMonth(addMonths(month, 1), 5), amount: -MANAGER_CONTRIBUTIONS, words: 'PRLV COTISATIONS GERANCE', label: `Cotisations de la gérance, ${name}`, counterparts: [debitLine('438600', MANAGER_CONTRIBUTIONS)] }),
  ]
  return { entries: [entry], lines }
}

/** What is paid on the 15th for the pay of the month before. */
export function contributions(month: LocalDate, of: string): DemoBankLine[] {
  const on = dayOfMonth(month, 15)
  return [
    bankMove({ on, amount: -CONTRIBUTIONS, words: 'PRLV URSSAF', details: { name: 'URSSAF', remittance: `COTISATIONS ${of}` }, label: 'Cotisations sociales', counterparts: [debitLine('431000', CONTRIBUTIONS)] }),
    bankMove({ on, amount: -WITHHELD, words: 'PRLV DGFIP PAS', details: { name: 'DGFIP', remittance: `PRELEVEMENT A LA SOURCE ${of}` }, label: 'Prélèvement à la source', counterparts: [debitLine('442100', WITHHELD)] }),
  ]
}

function withVat(on: LocalDate, gross: bigint, what: { readonly words: string; readonly name?: string; readonly account: string; readonly label: string; readonly hasVat: boolean }): DemoBankLine {
  const { net, vat } = what.hasVat ? withoutVat(gross) : { net: gross, vat: 0n }
  return bankMove({
    on, amount: -gross, words: what.words, details: what.name === undefined ? {} : { name: what.name }, label: what.label,
    counterparts: [debitLine(what.account, net), ...(vat === 0n ? [] : [debitLine('445660', vat)])],
  })
}

function card(month: LocalDate, random: Random): DemoBankLine[] {
  return Array.from({ length: random.between(6, 9) }, () => {
    const shop = random.pick(CARD_SHOPS)
    const on = dayOfMonth(month, random.between(1, 28))
    const words = `CARTE ${on.slice(8)}/${on.slice(5, 7)} ${shop.label}`
    return withVat(on, BigInt(random.between(...shop.cents)), { words, account: shop.account, label: words, hasVat: shop.hasVat })
  })
}

function standing(month: LocalDate, random: Random): DemoBankLine[] {
  const winter = monthOf(month) <= 3 || monthOf(month) >= 11
  return [
    withVat(dayOfMonth(month, 3), 5_490n, { words: 'PRLV TELECOM', name: 'Réseau Horizon', account: '626000', label: 'Téléphone et internet', hasVat: true }),
    withVat(dayOfMonth(month, 9), BigInt(winter ? random.between(24_000, 36_000) : random.between(11_000, 18_000)), { words: 'PRLV ENERGIE', name: 'Énergie des Monts', account: '606110', label: 'Électricité de l\'atelier', hasVat: true }),
    withVat(dayOfMonth(month, 7), 18_640n, { words: 'PRLV ASSURANCE PRO', name: 'Mutuelle des Artisans réunis', account: '616000', label: 'Assurance de l\'atelier et décennale', hasVat: false }),
    withVat(dayOfMonth(month, 31), BigInt(random.between(2_350, 3_180)), { words: 'FRAIS DE TENUE DE COMPTE', account: '627000', label: 'Frais bancaires', hasVat: false }),
  ]
}

/** What one loan payment leaves to repay. */
export type Loan = { left: bigint }

function loanPayment(month: LocalDate, loan: Loan): DemoBankLine {
  const interest = (loan.left * LOAN_RATE + 60_000n) / 120_000n
  const capital = LOAN_PAYMENT - interest
  loan.left -= capital
  return bankMove({
    on: dayOfMonth(month, 12), amount: -LOAN_PAYMENT, words: 'ECHEANCE PRET 004471', label: 'Échéance du prêt matériel', counterparts: [debitLine('164000', capital), debitLine('661100', interest)],
  })
}

const INCOME_TAX_PART = 110_000n

function yearlyTaxes(month: LocalDate): DemoBankLine[] {
  const lines: DemoBankLine[] = []
  if (monthOf(month) % 3 === 0) {
    lines.push(bankMove({ on: dayOfMonth(month, 15), amount: -INCOME_TAX_PART, words: 'PRLV DGFIP IS ACOMPTE', details: { name: 'DGFIP' }, label: 'Acompte d\'impôt sur les sociétés', counterparts: [debitLine('444000', INCOME_TAX_PART)] }))
  }
  if (monthOf(month) === 12) {
    lines.push(bankMove({ on: dayOfMonth(month, 15), amount: -118_000n, words: 'PRLV DGFIP CFE', details: { name: 'DGFIP' }, label: 'Cotisation foncière des entreprises', counterparts: [debitLine('635110', 118_000n)] }))
  }
  return lines
}

/** Everything a month costs, customers and taxes on them aside. */
export function monthCharges(month: LocalDate, tools: { readonly random: Random; readonly loan: Loan }): Charges {
  const bought = suppliers(month, tools.random)
  const paid = pay(month)
  return {
    entries: [...bought.entries, ...paid.entries],
    lines: [...bought.lines, ...paid.lines, ...card(month, tools.random), ...standing(month, tools.random), loanPayment(month, tools.loan), ...yearlyTaxes(month)],
  }
}

/** The entries of the last day of a year: depreciation, and the change of the stock. */
export function yearEndEntries(endsOn: LocalDate): DemoEntry[] {
  const year = endsOn.slice(0, 4)
  return [
    { journal: 'OD', date: endsOn, pieceRef: `AMORT-${year}`, label: `Dotations aux amortissements ${year}`, lines: [debitLine('681120', 916_000n), creditLine('281820', 420_000n), creditLine('281830', 496_000n)] },
    { journal: 'OD', date: endsOn, pieceRef: `STOCK-${year}`, label: `Variation du stock de marchandises ${year}`, lines: [signedLine('371000', 134_000n), signedLine('603700', -134_000n)] },
  ]
}
