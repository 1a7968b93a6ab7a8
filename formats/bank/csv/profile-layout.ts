import type { ColumnName, ColumnRole, CsvProfile } from '../../../core/bank/mapping.ts'
import { type Columns, columnsOf, HEADER_ROWS_MAX, type Layout, modalWidth, SAMPLE_ROWS } from './layout.ts'
import type { Row } from './rows.ts'
import { words } from './words.ts'

/** Roles of one column each, as a layout writes them. */
const SINGLE: readonly Exclude<ColumnRole, 'label'>[] = ['booked', 'started', 'value', 'amount', 'debit', 'credit', 'fee', 'sign', 'balance', 'currency', 'account', 'name', 'iban', 'reference', 'bankId', 'status']

/** True when a profile says what the columns are, not only how to read the ones found. */
export function hasTable(profile: CsvProfile): boolean {
  return profile.columns !== undefined || profile.hasHeader !== undefined || profile.skipRows !== undefined || (profile.headers?.length ?? 0) > 0
}

function namesOf(name: ColumnName | null | undefined): readonly (string | number)[] {
  return name === null || name === undefined ? [] : typeof name === 'object' ? name : [name]
}

/** Place of a column among the titles of a table; null when it is not there. */
export function indexOfColumn(name: ColumnName | null | undefined, titles: readonly string[]): number | null {
  for (const one of namesOf(name)) {
    const at = typeof one === 'number' ? one - 1 : titles.indexOf(words(one))
    if (at >= 0) return at
  }
  return null
}

/** Columns without which nothing can be read. The titles of the others may be missing: banks drop columns. */
function needed(columns: NonNullable<CsvProfile['columns']>): readonly (ColumnName | null | undefined)[] {
  return [columns.booked, columns.amount, columns.debit, columns.credit].filter((name) => name !== undefined && name !== null)
}

/** Where the title row is: the line that the profile says, else the first one that has the titles it names. */
function headerRow(rows: readonly Row[], profile: CsvProfile): number | null {
  if (profile.skipRows !== undefined) {
    const at = rows.findIndex((row) => row.line > profile.skipRows!)
    return at < 0 ? null : at
  }
  const wanted = profile.headers ?? []
  const found = rows.slice(0, HEADER_ROWS_MAX).findIndex((row) => {
    const titles = row.cells.map(words)
    if (wanted.length > 0) return wanted.every((title) => titles.includes(words(title)))
    return profile.columns !== undefined && needed(profile.columns).every((name) => indexOfColumn(name, titles) !== null)
  })
  return found < 0 ? null : found
}

/** The columns of a table: those that the profile names, and for the other roles those found by title, never twice the same. */
function merged(found: Columns | null, profile: CsvProfile, titles: readonly string[]): Columns | null {
  const named = profile.columns ?? {}
  const taken = new Set<number>()
  const own = new Map<string, number | null>()
  for (const role of SINGLE) {
    if (named[role] === undefined) continue
    const at = indexOfColumn(named[role], titles)
    own.set(role, at)
    if (at !== null) taken.add(at)
  }
  const labels = named.label?.map((name) => indexOfColumn(name, titles)).filter((at) => at !== null) ?? null
  for (const at of labels ?? []) taken.add(at)
  const hasMoney = ['amount', 'debit', 'credit'].some((role) => own.get(role) !== undefined && own.get(role) !== null)
  const columnFor = (role: Exclude<ColumnRole, 'label'>): number | null => {
    if (own.has(role)) return own.get(role)!
    // An amount that the profile names is the only amount there is.
    if (hasMoney && (role === 'amount' || role === 'debit' || role === 'credit')) return null
    const at = found?.[role] ?? null
    return at === null || taken.has(at) ? null : at
  }
  const [booked, amount, debit, credit] = [columnFor('booked'), columnFor('amount'), columnFor('debit'), columnFor('credit')]
  if (booked === null || (amount === null && debit === null && credit === null)) return null
  const isPair = amount === null && debit !== null && credit !== null
  return {
    booked, amount: isPair ? null : (amount ?? debit ?? credit), debit: isPair ? debit : null, credit: isPair ? credit : null,
    started: columnFor('started'), value: columnFor('value'), fee: columnFor('fee'), sign: columnFor('sign'), balance: columnFor('balance'), currency: columnFor('currency'), account: columnFor('account'),
    name: columnFor('name'), iban: columnFor('iban'), reference: columnFor('reference'), bankId: columnFor('bankId'), status: columnFor('status'),
    labels: labels ?? found?.labels.filter((at) => !taken.has(at)) ?? [],
  }
}

/** The table of a file as a profile describes it. Null when the file does not have it. */
export function layoutByProfile(rows: readonly Row[], profile: CsvProfile, isNamed: boolean): Layout | null {
  const isHeaderless = profile.hasHeader === false
  const first = isHeaderless ? rows.findIndex((row) => row.line > (profile.skipRows ?? 0)) : headerRow(rows, profile)
  if (first === null || first < 0) return null
  const bodyAt = isHeaderless ? first : first + 1
  const header = isHeaderless ? [] : rows[first]!.cells
  const sample = rows.slice(bodyAt, bodyAt + SAMPLE_ROWS)
  const columns = merged(isHeaderless ? null : columnsOf(header, sample), profile, header.map(words))
  if (!columns) return null
  const width = Math.max(header.length, modalWidth(sample))
  return { headerAt: isHeaderless ? -1 : first, bodyAt, header, columns, recognised: profile.headers?.length ?? 0, width, money: [], profile, isNamed, delimiter: '' }
}

/** The titles of a profile as they are compared, made once. */
const COMPARED = new WeakMap<CsvProfile, readonly string[]>()

function comparedTitles(profile: CsvProfile): readonly string[] {
  const known = COMPARED.get(profile)
  if (known) return known
  const made = (profile.headers ?? []).map(words)
  COMPARED.set(profile, made)
  return made
}

/** The shipped profile whose titles a table has; the one that names most of them. */
export function recognise(rows: readonly Row[], profiles: readonly CsvProfile[]): CsvProfile | null {
  let best: CsvProfile | null = null
  for (const row of rows.slice(0, HEADER_ROWS_MAX)) {
    // A row with a date or an amount is no title row.
    if (row.cells.length < 2 || row.cells.some((cell) => /^[-+(]?\d{1,4}[-/.,]\d/.test(cell))) continue
    const titles = new Set(row.cells.map(words))
    for (const profile of profiles) {
      const headers = comparedTitles(profile)
      if (headers.length > (best?.headers?.length ?? 0) && headers.every((title) => titles.has(title))) best = profile
    }
  }
  return best
}
