import { currency } from '../../../../core/kernel/currency.ts'
import { addDays, addMonths, dateOf, earlier, endOfMonth, type LocalDate, startOfMonth, yearOf } from '../../../../core/kernel/local-date.ts'
import { basisPoints } from '../../../../core/kernel/rate.ts'
import { creditLine, debitLine } from '../../../../core/ledger/entry.ts'
import { fold } from '../../../../core/matching/normalise.ts'
import { dayOfMonth, monthGroups, monthName, monthsUntil, workingDay, workingDayBefore } from './calendar.ts'
import { writeCamt053 } from './camt-writer.ts'
import { demoInvoice } from './invoices.ts'
import { bankMove } from './lines.ts'
import type { DemoBankLine, DemoCompany, DemoCustomer, DemoEntry, DemoInvoice } from './plan.ts'
import { createRandom, type Random } from './random.ts'

const CAD = currency('CAD')
const MONTHS = 6
const MONTHS_ONE_BY_ONE = 2
const DAYS_ISSUED_HERE = 21
const DAYS_LEFT = 25
const ACCOUNT = '000-99999-4412087'
const BANK_LEDGER_ACCOUNT = '512001'
const CASH_AT_START = 2_718_540n

/** Invented customers: name, street, postal code in Canada's form (those of nobody), town, how long after the due day they pay. */
const CUSTOMERS: readonly (readonly [name: string, address: string, city: string, delay: readonly [number, number]])[] = [
  ['Coopérative Sève d\'Or', '45, rang des Cabanes', 'Sainte-Érablière', [-6, 5]],
  ['Groupe Nordet inc.', '800, boulevard du Fleuve', 'Québec', [2, 18]],
  ['Brasserie du Cap Gris', '12, rue du Quai', 'Cap-Gris', [-2, 9]],
  ['Clinique Harfang', '300, avenue des Pins', 'Montréal', [-8, 2]],
  ['Transport Tamarack ltée', '2, chemin du Portage', 'Val-Tamarack', [24, 46]],
  ['Éditions de la Batture', '71, rue Basse', 'Montréal', [0, 12]],
]
const OFFERS: readonly (readonly [words: string, dollars: number, unitsMax: number])[] = [
  ['Diagnostic numérique', 2_400, 1], ['Accompagnement, journée', 1_150, 5], ['Atelier de formation', 1_800, 2], ['Analyse de données, demi-journée', 620, 6],
]
const PAY_NET = 386_420n
const PAY_DEDUCTED = 143_580n
const EMPLOYER_PART = 71_240n

function customers(): DemoCustomer[] {
  return CUSTOMERS.map(([name, address, city], index) => ({
    key: `B${String(index + 1).padStart(3, '0')}`, name, siren: null, iban: null, email: `comptes@client-${index + 1}.exemple`, address, postalCode: `H0H 0H${index + 1}`, city, paymentDays: 30,
  }))
}

function sales(months: readonly LocalDate[], today: LocalDate, tools: { readonly known: readonly DemoCustomer[]; readonly random: Random }): DemoInvoice[] {
  const { known, random } = tools
  const issuedHereFrom = addDays(today, -DAYS_ISSUED_HERE)
  let rank = 100
  return months.flatMap((month) => {
    const days = Array.from({ length: random.between(4, 5) }, () => workingDayBefore(addDays(month, random.between(4, 27)))).filter((day) => day <= earlier(endOfMonth(month), today)).sort()
    return days.map((issuedOn, index) => {
      rank += 1
      const [words, dollars, unitsMax] = random.pick(OFFERS)
      return demoInvoice({
        key: `B-${month.slice(0, 7)}-${index + 1}`, ...(issuedOn < issuedHereFrom ? { origin: 'posted' as const, number: `BC${rank}` } : { origin: 'issued' as const, number: null }), customer: random.pick(known), issuedOn,
        lines: [{ description: words, quantity: String(random.between(1, unitsMax)), unitPrice: dollars.toFixed(2), vatRate: basisPoints(0), nature: 'services' }],
      })
    })
  })
}

function payments(invoices: readonly DemoInvoice[], random: Random): DemoBankLine[] {
  const ranks = new Map<number, number>()
  return invoices.map((invoice) => {
    const year = yearOf(invoice.issuedOn)
    if (invoice.number === null) ranks.set(year, (ranks.get(year) ?? 0) + 1)
    const number = invoice.number ?? `FA-${year}-${String(ranks.get(year)).padStart(4, '0')}`
    const [, , , delay] = CUSTOMERS.find(([name]) => name === invoice.customer.name)!
    const wanted = addDays(invoice.dueOn, random.between(...delay))
    return {
      on: workingDay(wanted), amount: invoice.gross, words: 'DEPOT DIRECT', details: { name: invoice.customer.name, remittance: random.chance(80) ? `FACTURE ${number}` : fold(invoice.customer.name) },
      meaning: { kind: 'payment', parts: [{ invoice, amount: invoice.gross }], residual: null },
    }
  })
}

function costs(month: LocalDate, random: Random): { entries: DemoEntry[]; lines: DemoBankLine[] } {
  const on = dayOfMonth(month, 27)
  const next = addMonths(month, 1)
  const name = monthName(month)
  const withheld = PAY_DEDUCTED + EMPLOYER_PART
  const simple = (day: number, amount: bigint, what: { readonly words: string; readonly account: string; readonly label: string }) => bankMove({ on: dayOfMonth(month, day), amount: -amount, words: what.words, label: what.label, counterparts: [debitLine(what.account, amount)] })
  return {
    entries: [{
      journal: 'OD', date: on, pieceRef: `PAIE-${month.slice(0, 7)}`, label: `Paie de ${name}`,
      lines: [debitLine('641100', PAY_NET + PAY_DEDUCTED), debitLine('645800', EMPLOYER_PART), creditLine('421000', PAY_NET), creditLine('431000', withheld)],
    }],
    lines: [
      bankMove({ on, amount: -PAY_NET, words: 'PAIE NETTE', label: `Salaires nets de ${name}`, counterparts: [debitLine('421000', PAY_NET)] }),
      bankMove({ on: dayOfMonth(next, 15), amount: -withheld, words: 'REMISE RETENUES A LA SOURCE', label: `Retenues à la source de ${name}`, counterparts: [debitLine('431000', withheld)] }),
      simple(1, 165_000n, { words: 'PRELEVEMENT LOYER BUREAU', account: '613200', label: `Loyer de ${name}` }),
      simple(8, BigInt(random.between(18_000, 42_000)), { words: 'ACHAT LOGICIELS', account: '651100', label: 'Abonnements logiciels' }),
      simple(14, BigInt(random.between(6_000, 31_000)), { words: 'ACHAT DEPLACEMENTS', account: '625100', label: 'Déplacements' }),
      simple(20, 9_865n, { words: 'PRELEVEMENT TELEPHONIE', account: '626000', label: 'Téléphone et internet' }),
      simple(31, 2_495n, { words: 'FRAIS MENSUELS', account: '627000', label: 'Frais bancaires' }),
    ],
  }
}

function opening(yearStart: LocalDate, firstMonth: LocalDate): DemoEntry[] {
  const year = yearOf(yearStart)
  const withheld = PAY_DEDUCTED + EMPLOYER_PART
  const earned = firstMonth > yearStart ? 1_246_300n : 0n
  const cash = CASH_AT_START - earned - (earned === 0n ? 0n : withheld)
  const start = creditLine('101300', 1_000_000n)
  const assets = debitLine('218300', 642_000n)
  const debt = earned === 0n ? [creditLine('431000', withheld)] : []
  const kept = cash + 642_000n - 1_000_000n - (earned === 0n ? withheld : 0n)
  const an: DemoEntry = { journal: 'AN', date: yearStart, pieceRef: `AN${year}`, label: `À nouveaux ${year}`, isOpening: true, lines: [debitLine(BANK_LEDGER_ACCOUNT, cash), assets, start, ...debt, creditLine('110000', kept)] }
  if (earned === 0n) return [an]
  const on = addDays(firstMonth, -1)
  const spent = 3_480_000n
  return [an, {
    journal: 'OD', date: on, pieceRef: `REPRISE-${on.slice(0, 7)}`, label: `Reprise du ${yearStart} au ${on} (ancien logiciel)`,
    lines: [debitLine('641100', spent), debitLine('613200', 990_000n), creditLine('706000', spent + 990_000n + earned), creditLine('431000', withheld), debitLine(BANK_LEDGER_ACCOUNT, earned + withheld)],
  }]
}

/** "Boréal Conseil inc.", a consultancy of Québec that keeps its books in Canadian dollars: six months that end on `today`, its bank told in CAMT.053. */
export function borealConseil(today: LocalDate, seed: number): DemoCompany {
  const random = createRandom(seed + 1)
  const months = monthsUntil(today, MONTHS)
  const start = months[0]!
  const lastDay = workingDayBefore(addDays(today, -1))
  const invoices = sales(months, today, { known: customers(), random })
  const spent = months.map((month) => costs(month, random))
  const due = PAY_DEDUCTED + EMPLOYER_PART
  const first = bankMove({ on: dayOfMonth(start, 15), amount: -due, words: 'REMISE RETENUES A LA SOURCE', label: 'Retenues à la source du mois précédent', counterparts: [debitLine('431000', due)] })
  const lines = [...payments(invoices, random), ...spent.flatMap((month) => month.lines), first].filter((line) => line.on >= start && line.on <= lastDay).sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))
  const entries = spent.flatMap((month) => month.entries).filter((entry) => entry.date <= today)
  const years = Array.from({ length: yearOf(today) - yearOf(start) + 1 }, (_, index) => yearOf(start) + index)
  let balance = CASH_AT_START
  return {
    name: 'Boréal Conseil inc.', currency: CAD, years: years.map((year) => ({ startsOn: dateOf(year, 1, 1)!, endsOn: dateOf(year, 12, 31)! })),
    account: { name: 'Compte d\'exploitation', iban: null, writing: ACCOUNT, opening: CASH_AT_START }, opening: opening(dateOf(yearOf(start), 1, 1)!, start), takenOver: [],
    steps: monthGroups(months, MONTHS_ONE_BY_ONE).map((group) => {
      const inStep = (on: LocalDate) => group.months.includes(startOfMonth(on))
      const bankLines = lines.filter((line) => inStep(line.on))
      const before = balance
      balance = bankLines.reduce((total, line) => total + line.amount, balance)
      const endsOn = endOfMonth(group.months.at(-1)!)
      const ends = { opening: { on: addDays(group.months[0]!, -1), amount: before }, closing: { on: earlier(endsOn, lastDay), amount: balance } }
      const bytes = writeCamt053({ account: ACCOUNT, currency: CAD, id: `BOREAL${group.name.replace('-', '')}`, ...ends, lines: bankLines })
      return {
        name: group.name, startsOn: group.months[0]!, endsOn: earlier(endsOn, today), statement: bankLines.length === 0 ? null : { fileName: `releve-${group.name}.xml`, bytes }, bankLines,
        invoices: invoices.filter((invoice) => inStep(invoice.issuedOn)), credits: [], entries: entries.filter((entry) => inStep(entry.date)),
      }
    }),
    treatedBefore: { customers: addDays(lastDay, -DAYS_LEFT), others: addDays(lastDay, -DAYS_LEFT) },
    lockedBefore: addMonths(startOfMonth(today), -2),
  }
}
