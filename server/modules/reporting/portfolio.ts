import { Type } from 'typebox'
import type { Static } from 'typebox'
import type { PortfolioPage, PortfolioQuery, PortfolioRow, PortfolioSort } from '../../../contract/portfolio.ts'
import { currency } from '../../../core/kernel/currency.ts'
import { money, sum, toJson } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { decodeCursor, encodeCursor, PAGE_LIMIT } from '../../platform/http/cursor.ts'
import { loadAccesses, type AccessRow } from '../identity/index.ts'
import { queueRefresh } from './jobs.ts'
import { isFirm, portfolioRows, type StoredFigures } from './portfolio-store.ts'

type Sort = Static<typeof PortfolioSort>
type Line = { readonly company: AccessRow; readonly figures: StoredFigures | undefined }
type Value = string | bigint | null

const Key = Type.Tuple([Type.String(), Type.String(), Type.Union([Type.String(), Type.Null()]), Type.String()])
/** Rows without figures that one reading asks for. */
const ASKED_MAX = 100
const NAMES = new Intl.Collator('fr', { sensitivity: 'base', numeric: true })

function valueOf({ company, figures }: Line, sort: Sort): Value {
  if (sort === 'name') return company.name
  if (!figures) return null
  switch (sort) {
    case 'toTreat': return BigInt(figures.toTreat)
    case 'overdue': return figures.overdue
    case 'cash': return figures.cash
    case 'drafts': return BigInt(figures.draftInvoices + figures.draftEntries)
    case 'lastImport': return figures.lastImportAt
    case 'lastClosedPeriod': return figures.lastClosedPeriod
  }
}

/** What is not known comes last, whatever the direction; the id settles what is equal. */
function compare(a: { value: Value; id: string }, b: { value: Value; id: string }, { sort, descending }: { sort: Sort; descending: boolean }): number {
  if (a.value === null || b.value === null) return a.value === b.value ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.value === null ? 1 : -1
  const order = sort === 'name' ? NAMES.compare(String(a.value), String(b.value)) : a.value < b.value ? -1 : a.value > b.value ? 1 : 0
  if (order !== 0) return descending ? -order : order
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** Whether a company has some of what the filter names. */
const HAS: Readonly<Record<NonNullable<PortfolioQuery['only']>, (figures: StoredFigures) => boolean>> = {
  toTreat: ({ toTreat }) => toTreat > 0,
  overdue: ({ overdueInvoices }) => overdueInvoices > 0,
  drafts: ({ draftInvoices, draftEntries }) => draftInvoices + draftEntries > 0,
  unposted: ({ unposted }) => unposted > 0,
  broken: ({ integrity }) => integrity === 'broken',
}

function keeps({ company, figures }: Line, { search, only }: Pick<PortfolioQuery, 'search' | 'only'>): boolean {
  const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  if (search && !plain(company.name).includes(plain(search.trim()))) return false
  return only === undefined || (figures !== undefined && HAS[only](figures))
}

function present({ company, figures }: Line): PortfolioRow {
  const amount = (minor: bigint) => toJson(money(minor, currency(company.currency)))
  return {
    companyId: company.tenantId, slug: company.slug, name: company.name, colour: company.colour, isDemo: company.isDemo, role: company.role, currency: company.currency,
    cash: figures ? amount(figures.cash) : null, toTreat: figures?.toTreat ?? null, toTreatSince: figures?.toTreatSince ?? null,
    overdue: figures ? { total: amount(figures.overdue), invoices: figures.overdueInvoices } : null,
    lastClosedPeriod: figures?.lastClosedPeriod ?? null, drafts: figures ? { invoices: figures.draftInvoices, entries: figures.draftEntries } : null,
    unposted: figures?.unposted ?? null, lastImportAt: figures?.lastImportAt ?? null, integrity: figures?.integrity ?? 'unknown', integrityAt: figures?.integrityAt ?? null, refreshedAt: figures?.refreshedAt ?? null,
  }
}

function totalsOf(lines: readonly Line[]): PortfolioPage['totals'] {
  const known = lines.flatMap(({ company, figures }) => (figures ? [{ ...figures, currency: company.currency }] : []))
  const byCurrency = (of: (line: StoredFigures) => bigint) => [...Map.groupBy(known, (line) => line.currency)].toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, rows]) => toJson(money(sum(rows.map(of)), currency(code))))
  const count = (of: (line: StoredFigures) => number) => known.reduce((total, line) => total + of(line), 0)
  return {
    companies: lines.length, cash: byCurrency((line) => line.cash), overdue: byCurrency((line) => line.overdue),
    toTreat: count((line) => line.toTreat), unposted: count((line) => line.unposted), drafts: count((line) => line.draftInvoices + line.draftEntries), broken: count((line) => (line.integrity === 'broken' ? 1 : 0)),
  }
}

/** The companies a collaborator sees through this firm, read now: a grant that was just revoked is not there any more. */
async function linesOf(app: App, ctx: Context): Promise<Line[]> {
  const userId = ctx.userId
  if (userId === null) throw new Refusal('API_KEY_NOT_A_PERSON')
  return await app.db.system(async (tx) => {
    if (!await isFirm(tx, ctx.tenantId)) throw new Refusal('NOT_A_FIRM')
    const companies = (await loadAccesses(tx, userId)).filter(({ firmId, kind }) => firmId === ctx.tenantId && kind === 'company')
    const figures = new Map((await portfolioRows(tx, companies.map(({ tenantId }) => tenantId))).map((row) => [row.tenantId, row]))
    return companies.map((company) => ({ company, figures: figures.get(company.tenantId) }))
  })
}

/** The companies of a firm that this person works for, with their figures. Refuses NOT_A_FIRM. */
export async function readPortfolio(app: App, ctx: Context, query: PortfolioQuery): Promise<PortfolioPage> {
  authorize(ctx, 'company.read')
  const sort = query.sort ?? 'name'
  const descending = query.order === 'desc'
  const cursor = decodeCursor(query.cursor, Key)
  if (cursor && (cursor[0] !== sort || cursor[1] !== String(descending))) throw new Refusal('CURSOR_INVALID')
  const all = await linesOf(app, ctx)
  for (const { company } of all.filter(({ figures }) => !figures).slice(0, ASKED_MAX)) await queueRefresh(app, company.tenantId, 0)
  const kept = all.filter((line) => keeps(line, query))
  const sorted = kept.map((line) => ({ line, value: valueOf(line, sort), id: line.company.tenantId as string })).toSorted((a, b) => compare(a, b, { sort, descending }))
  const isNumber = !['name', 'lastImport', 'lastClosedPeriod'].includes(sort)
  const last = cursor && { value: cursor[2] === null ? null : isNumber ? BigInt(cursor[2]) : cursor[2], id: cursor[3] }
  const rest = last ? sorted.filter((one) => compare(one, last, { sort, descending }) > 0) : sorted
  const limit = query.limit ?? PAGE_LIMIT
  const page = rest.slice(0, limit)
  const end = page.at(-1)
  return {
    items: page.map(({ line }) => present(line)), totals: totalsOf(kept),
    next: end && rest.length > limit ? encodeCursor([sort, String(descending), end.value === null ? null : String(end.value), end.id]) : null,
  }
}
