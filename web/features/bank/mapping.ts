import { COLUMN_ROLES, type AmountReading, type ColumnName, type ColumnRole, type CsvProfile, type DateOrder, type DecimalMark, type MappingSuggestion } from '../../../core/bank/mapping.ts'
import { fold } from '../../../core/matching/normalise.ts'

/** What a column is taken for. `ignore`: nothing. */
export type Role = ColumnRole | 'ignore'
export const ROLES: readonly Role[] = ['ignore', 'booked', 'label', 'amount', 'debit', 'credit', ...COLUMN_ROLES.filter((role) => !['booked', 'label', 'amount', 'debit', 'credit'].includes(role))]
const SINGLES = COLUMN_ROLES.filter((role): role is Exclude<ColumnRole, 'label'> => role !== 'label')

/** A way of reading as it is edited: one role a column, and how days and amounts are written; undefined: found in the file itself. */
export type MappingDraft = { readonly roles: readonly Role[]; readonly dateOrder: DateOrder | undefined; readonly decimalMark: DecimalMark | undefined; readonly reading: AmountReading | undefined }

type Columns = MappingSuggestion['columns']
const plain = (text: string) => fold(text).replace(/[^A-Z0-9]/g, '')

/** Where a profile says a column is: by its title, by one of several it may have, or by its rank from 1. */
export function placeOf(name: ColumnName, columns: Columns): number {
  if (typeof name === 'number') return columns.findIndex(({ column }) => column === name)
  const titles = new Set((typeof name === 'string' ? [name] : name).map(plain))
  return columns.findIndex(({ header }) => header !== '' && titles.has(plain(header)))
}

/** What the file is read with, as roles: the profile when there is one, else what each column seems to hold. */
export function draftOf({ columns }: Pick<MappingSuggestion, 'columns'>, profile: CsvProfile | null): MappingDraft {
  const roles: Role[] = columns.map(({ role }) => role ?? 'ignore')
  const { columns: named, dateOrder, decimalMark, reading } = profile ?? {}
  for (const role of SINGLES) {
    const name = named?.[role]
    if (name === undefined) continue
    for (const [at, old] of roles.entries()) if (old === role) roles[at] = 'ignore'
    const at = name === null ? -1 : placeOf(name, columns)
    if (at >= 0) roles[at] = role
  }
  if (named?.label) {
    for (const [at, old] of roles.entries()) if (old === 'label') roles[at] = 'ignore'
    for (const name of named.label) { const at = placeOf(name, columns); if (at >= 0) roles[at] = 'label' }
  }
  return { roles, dateOrder, decimalMark, reading }
}

/** Gives a column its role; a role that only one column can have is taken from the one that had it. */
export function withRole(draft: MappingDraft, column: number, role: Role): MappingDraft {
  const isShared = role === 'ignore' || role === 'label'
  return { ...draft, roles: draft.roles.map((old, at) => (at === column ? role : !isShared && old === role ? 'ignore' : old)) }
}

/** What still keeps a file from being read: a day, a label, or an amount (in one column, or in two). */
export function missingIn({ roles }: Pick<MappingDraft, 'roles'>): readonly ('booked' | 'label' | 'amount')[] {
  const has = (...any: readonly Role[]) => any.some((role) => roles.includes(role))
  return [...(has('booked', 'started') ? [] : ['booked' as const]), ...(has('label', 'name') ? [] : ['label' as const]), ...(has('amount', 'debit', 'credit') ? [] : ['amount' as const])]
}

/**
 * The profile as it is tried or saved; undefined while something it cannot do without is missing. Columns go by their titles, so that
 * the next file is read the same with a column more; a role that no column has is said to be nowhere, or it would be searched for again.
 */
export function profileOf(draft: MappingDraft, { columns, profile, hasHeader }: Pick<MappingSuggestion, 'columns' | 'profile' | 'hasHeader'>, named?: { readonly name: string; readonly title: string }): CsvProfile | undefined {
  if (missingIn(draft).length > 0) return undefined
  const titles = columns.map(({ header }) => plain(header))
  const nameAt = (at: number): ColumnName => hasHeader && titles[at] && titles.indexOf(titles[at]) === titles.lastIndexOf(titles[at]) ? columns[at]!.header : columns[at]!.column
  const single = Object.fromEntries(SINGLES.map((role) => { const at = draft.roles.indexOf(role); return [role, at < 0 ? null : nameAt(at)] }))
  const label = draft.roles.flatMap((role, at) => (role === 'label' ? [nameAt(at)] : []))
  const { dateOrder: _day, decimalMark: _mark, reading: _reading, columns: _columns, headers: _headers, ...kept } = profile
  const headers = columns.map(({ header }) => header).filter(Boolean)
  return {
    ...kept, ...(named ? { name: named.name, title: { fr: named.title, en: named.title } } : {}), ...(named && hasHeader && headers.length > 0 ? { headers } : {}), columns: { ...single, label },
    ...(draft.dateOrder ? { dateOrder: draft.dateOrder } : {}), ...(draft.decimalMark ? { decimalMark: draft.decimalMark } : {}), ...(draft.reading ? { reading: draft.reading } : {}),
  }
}

/** "Export de ma banque" as the one word a profile is called by. */
export function profileWord(title: string): string {
  return fold(title).toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'profil'
}
