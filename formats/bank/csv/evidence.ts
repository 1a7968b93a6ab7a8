import { type Currency, EUR, minorDigits, parseCurrency } from '../../../core/kernel/currency.ts'
import { type Problem, warning } from '../../../core/kernel/problem.ts'
import type { ReaderOptions } from '../format.ts'
import { type DateCell, type DateOrder, decideDateOrder, readDateCell } from './dates.ts'
import type { Columns, Layout } from './layout.ts'
import { currencyIn, decideMark, type DecimalMark, readNumberCell } from './numbers.ts'
import type { Row } from './rows.ts'
import { flagsOf, ignoredBy } from './flags.ts'
import { figureAt, type FlagReader, type Marks, millionths, movementMillionths, naturalReading, type NumberTable, type Reading } from './signs.ts'
import { claimsOf } from './words.ts'

/** Everything the whole file decides, once for all its rows. */
export type Decisions = {
  readonly columns: Columns
  readonly order: DateOrder
  readonly marks: Marks
  readonly reading: Reading
  readonly flagOf: FlagReader
  readonly isIgnored: (row: Row) => boolean
  readonly currency: Currency
  /** How rows follow each other by the running balance; null without a balance column that can be trusted. */
  readonly balanceOrder: 'ascending' | 'descending' | null
  readonly problems: readonly Problem[]
}

/** What there is to decide from: the table, its rows held, and what stands above it. */
export type Evidence = { readonly layout: Layout; readonly rows: readonly Row[]; readonly preamble: Currency | null; readonly options: ReaderOptions }

type Chain = { readonly order: 'ascending' | 'descending'; readonly agreed: number; readonly checks: number }

/** Follows the running balance through the rows of each account, in both directions, and counts where the movements explain it. */
function followBalance(groups: readonly (readonly Row[])[], table: NumberTable, reading: Reading): Chain {
  const { columns, marks } = table
  let [ascending, descending, checks] = [0, 0, 0]
  for (const rows of groups) {
    let previous: bigint | null = null
    // Movements since the last row that shows a balance: with and without that row's own, as each direction needs.
    let [since, sinceIncluding] = [0n, 0n]
    for (const row of rows) {
      const movement = movementMillionths(row, table, reading)
      if (movement === undefined) continue
      since += movement
      const figure = figureAt(row, columns.balance, marks)
      if (figure) {
        const balance = (figure.cell.sign === '-' || figure.cell.marker === 'debit' ? -1n : 1n) * millionths(figure.decimal)
        if (previous !== null) {
          checks += 1
          if (balance - previous === since) ascending += 1
          if (previous - balance === sinceIncluding) descending += 1
        }
        previous = balance
        since = 0n
        sinceIncluding = 0n
      }
      sinceIncluding += movement
    }
  }
  return descending > ascending ? { order: 'descending', agreed: descending, checks } : { order: 'ascending', agreed: ascending, checks }
}

/** Rows by account and currency: balances only follow each other inside one. */
function grouped(rows: readonly Row[], columns: Columns): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${columns.account === null ? '' : row.cells[columns.account]} ${columns.currency === null ? '' : row.cells[columns.currency]}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}

function marksOf({ layout, rows }: Evidence, currency: Currency | null): Marks {
  const { amount, debit, credit, fee, balance } = layout.columns
  const money = [...new Set([amount, debit, credit, fee, balance, ...layout.money].filter((index) => index !== null))]
  const bodies = new Map(money.map((index) => [index, rows.map((row) => readNumberCell(row.cells[index] ?? '')?.body).filter((body) => body !== undefined)]))
  const { profile, isNamed } = layout
  if (isNamed && profile?.decimalMark) return new Map(money.map((index) => [index, profile.decimalMark!]))
  const habit: DecimalMark = profile?.decimalMark ?? (layout.delimiter === ';' ? ',' : '.')
  const joint = decideMark([...bodies.values()].flat(), habit, currency)
  return new Map(money.map((index) => [index, decideMark(bodies.get(index) ?? [], joint, currency)]))
}

/** The currency for rows that do not name one: that of the amount's header, of the cells, of the lines above the table, of the account. */
function defaultCurrency({ layout, rows, preamble, options }: Evidence): { currency: Currency; isAssumed: boolean; isDollar: boolean } {
  const { amount, debit, credit, balance, currency } = layout.columns
  const money = [amount, credit, debit, balance].filter((index) => index !== null)
  const inHeader = money.map((index) => currencyIn(layout.header[index] ?? '')).find((found) => found !== null)
  const inCells = rows.flatMap((row) => money.map((index) => readNumberCell(row.cells[index] ?? '')?.currency)).find((found) => found)
  const named = currency === null ? undefined : rows.map((row) => currencyIn(row.cells[currency] ?? '')).find((found) => found !== null)
  const symbol = inCells ?? undefined
  const { profile, isNamed } = layout
  if (profile?.currency && (isNamed || !(inHeader ?? named))) return { currency: parseCurrency(profile.currency) ?? EUR, isAssumed: false, isDollar: false }
  // A dollar sign alone is also the Canadian and the Australian one: the account's own currency decides.
  const isDollar = symbol === 'USD' && inHeader === undefined && named === undefined
  const found = inHeader ?? named ?? (isDollar ? (options.currency ?? symbol) : symbol) ?? preamble ?? options.currency
  return { currency: found ?? EUR, isAssumed: found === undefined || found === null, isDollar }
}

/** Readings that a running balance may prove. Without a header a balance before each row would prove `inverted`: it is not tried. */
function readingsToTry(columns: Columns, isHeaderless: boolean): Reading[] {
  if (columns.amount === null) return ['usual', 'summed', 'reversed', 'swapped']
  const readings: Reading[] = ['signed', 'marked']
  if (!isHeaderless) readings.push('inverted')
  if (columns.sign !== null) readings.push('flagged')
  if (columns.fee !== null) readings.push('less-fee')
  return readings
}

/** The reading that the running balance proves, else the natural one. */
function chooseReading(layout: Layout, groups: readonly (readonly Row[])[], { marks, flagOf }: Pick<NumberTable, 'marks' | 'flagOf'>): { columns: Columns; reading: Reading; chain: Chain | null; isKnown: boolean; isColumnKnown: boolean } {
  const rows = groups.flat()
  const { columns } = layout
  const amountHeader = columns.amount === null ? '' : (layout.header[columns.amount] ?? '')
  const told = layout.profile?.reading
  const natural = told ? { reading: told, isKnown: true } : naturalReading(rows, { columns, marks, flagOf }, claimsOf(amountHeader)[0]?.role === 'debit')
  // What a person says of their own bank needs no proof.
  if (told && layout.isNamed) return { columns, reading: told, chain: columns.balance === null ? null : followBalance(groups, { columns, marks, flagOf }, told), isKnown: true, isColumnKnown: true }
  if (columns.balance === null) return { columns, reading: natural.reading, chain: null, isKnown: natural.isKnown, isColumnKnown: true }
  const isHeaderless = layout.headerAt < 0 && layout.profile?.columns === undefined
  const readings = readingsToTry(columns, isHeaderless)
  // Without a header any two money columns could be the amount and its balance: the balance that follows proves both.
  const candidates = isHeaderless && columns.amount !== null
    ? layout.money.flatMap((amount) => layout.money.filter((balance) => balance !== amount).map((balance) => ({ ...columns, amount, balance }))) : [columns]
  let best = { columns, reading: natural.reading, chain: followBalance(groups, { columns, marks, flagOf }, natural.reading) }
  for (const candidate of candidates) {
    for (const reading of readings) {
      const chain = followBalance(groups, { columns: candidate, marks, flagOf }, reading)
      if (chain.agreed > best.chain.agreed && chain.agreed * 2 >= chain.checks) best = { columns: candidate, reading, chain }
    }
  }
  const isProven = best.chain.agreed > 0
  return { ...best, isKnown: natural.isKnown || isProven, isColumnKnown: !isHeaderless || isProven }
}

/** Decides everything a file decides as a whole, from the rows held. */
export function decide(evidence: Evidence): Decisions {
  const { layout, rows } = evidence
  const problems: Problem[] = []
  const { profile, isNamed } = layout
  const flagOf = flagsOf(profile)
  const { currency, isAssumed, isDollar } = defaultCurrency(evidence)
  const marks = marksOf(evidence, minorDigits(currency) === 3 ? currency : null)
  const groups = grouped(rows, layout.columns)
  const chosen = chooseReading(layout, groups, { marks, flagOf })
  const dates = dateColumns(layout.columns, rows)
  const told = profile?.dateOrder
  const { order, isSettled } = isNamed && told ? { order: told, isSettled: true } : decideDateOrder(dates, isDollar && layout.delimiter === ',', told)
  if (rows.length > 0) {
    if (isAssumed) problems.push(warn.currency(currency))
    if (!isSettled) problems.push(warn.order(order))
    if (!chosen.isKnown) problems.push(warn.sign())
    if (!chosen.isColumnKnown) problems.push(warn.column())
  }
  const isTrusted = chosen.isColumnKnown && chosen.chain !== null && chosen.chain.agreed * 2 >= chosen.chain.checks
  if (chosen.chain !== null && !isTrusted && chosen.isColumnKnown) problems.push(warn.balance())
  return { columns: chosen.columns, order, marks, reading: chosen.reading, flagOf, isIgnored: ignoredBy(profile, layout.header), currency, balanceOrder: isTrusted ? chosen.chain!.order : null, problems }
}

function dateColumns(columns: Columns, rows: readonly Row[]): DateCell[][] {
  return [columns.booked, columns.value].filter((index) => index !== null)
    .map((index) => rows.map((row) => readDateCell(row.cells[index] ?? '')).filter((cell) => cell !== undefined))
}

const warn = {
  currency: (currency: Currency) => warning('CURRENCY_ASSUMED', {
    fr: `Le fichier n'indique pas sa devise : ${currency} est retenu. Vérifiez la devise du compte.`, en: `The file does not name its currency: ${currency} is assumed. Check the currency of the account.`,
  }),
  order: (order: DateOrder) => warning('DATE_ORDER_ASSUMED', {
    fr: `Rien ne dit si les dates sont écrites jour/mois ou mois/jour : ${order === 'day-first' ? 'jour/mois' : 'mois/jour'} est retenu. Choisissez le profil « day-first » ou « month-first » si ce n'est pas le cas.`,
    en: `Nothing tells whether dates are written day/month or month/day: ${order === 'day-first' ? 'day/month' : 'month/day'} is assumed. Choose the profile "day-first" or "month-first" if it is not so.`,
  }),
  sign: () => warning('SIGN_ASSUMED', {
    fr: 'Les montants n\'ont pas de signe et rien ne dit ce qui entre et ce qui sort : ils sont lus comme des entrées. Choisissez le profil « card » ou « unsigned-out » si ce sont des dépenses.',
    en: 'The amounts have no sign and nothing tells what comes in from what goes out: they are read as coming in. Choose the profile "card" or "unsigned-out" if they are expenses.',
  }),
  column: () => warning('AMOUNT_COLUMN_ASSUMED', {
    fr: 'Ce fichier n\'a pas de titres de colonnes et plusieurs colonnes peuvent être le montant : la première est retenue. Vérifiez les montants, ou exportez le fichier avec ses titres.',
    en: 'This file has no column titles and several columns could be the amount: the first one is used. Check the amounts, or export the file with its titles.',
  }),
  balance: () => warning('BALANCE_IGNORED', {
    fr: 'La colonne de solde ne suit pas les opérations : elle est ignorée et la continuité ne peut pas être vérifiée.',
    en: 'The balance column does not follow the movements: it is ignored and continuity cannot be checked.',
  }),
}
