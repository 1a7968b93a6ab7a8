import type { CategoryExportQuery } from '../../../contract/categories.ts'
import { currency } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { type Cell, figure, sheetOf, SHEET_TYPES } from '../../platform/documents/sheet.ts'
import { recordAudit } from '../audit/index.ts'
import { categoryViews } from './category-store.ts'
import { type ExportRow, totalsByCategory } from './stats-store.ts'
import { ensureCategories } from './start-categories.ts'
import { rangeOf } from './stats.ts'
import type { Category } from './types.ts'

export type CategoryFile = { readonly fileName: string; readonly type: string; readonly bytes: Buffer }

const HEADINGS: readonly Text[] = [
  { fr: 'Groupe', en: 'Group' }, { fr: 'Catégorie', en: 'Category' }, { fr: 'Nature', en: 'Kind' }, { fr: 'Compte', en: 'Account' }, { fr: 'TVA', en: 'VAT' }, { fr: 'Déductible (%)', en: 'Deductible (%)' },
  { fr: 'Archivée', en: 'Archived' }, { fr: 'Opérations', en: 'Lines' }, { fr: 'Entrées', en: 'Money in' }, { fr: 'Sorties', en: 'Money out' }, { fr: 'Solde', en: 'Net' }, { fr: 'Devise', en: 'Currency' },
]
const KINDS: Readonly<Record<Category['kind'], Text>> = { income: { fr: 'recette', en: 'income' }, expense: { fr: 'dépense', en: 'expense' }, transfer: { fr: 'mouvement', en: 'transfer' } }
const RATES: Readonly<Record<Category['vatRate'], Text>> = {
  standard: { fr: 'taux normal', en: 'standard' }, intermediate: { fr: 'taux intermédiaire', en: 'intermediate' }, reduced: { fr: 'taux réduit', en: 'reduced' }, particular: { fr: 'taux particulier', en: 'particular' }, none: { fr: 'sans TVA', en: 'none' },
}

/** The categories with what each moved, as a CSV file or a sheet. Reading it away is in the log. Refuses REQUEST_INVALID. */
export async function exportCategories(app: App, ctx: Context, query: CategoryExportQuery): Promise<CategoryFile> {
  authorize(ctx, 'category.read')
  const format = query.format ?? 'csv'
  const range = query.from === undefined && query.to === undefined ? { from: null, to: null } : rangeOf(query, ctx.today)
  const rows = await app.db.tenant(ctx, async (tx) => {
    await ensureCategories(tx)
    const totals = Map.groupBy(await totalsByCategory(tx, range), ({ categoryId }) => categoryId)
    const categories = await categoryViews(tx)
    await recordAudit(tx, ctx, { action: 'category.export', subjectKind: 'company', subjectId: ctx.tenantId, after: { format, ...range } })
    const names = new Map(categories.map(({ id, name }) => [id, name]))
    return categories.flatMap((category) => (totals.get(category.id) ?? [empty(category.id, ctx)]).map((row) => cellsOf(category, row, { names, ctx })))
  })
  const sheet = { name: 'Categories', rows: [HEADINGS.map((heading) => heading[ctx.locale]), ...rows] }
  return { fileName: `categories-${ctx.today}.${format}`, type: SHEET_TYPES[format], bytes: await sheetOf(format, sheet) }
}

function empty(categoryId: string, ctx: Context): ExportRow {
  return { categoryId, currency: ctx.currency, lines: 0, moneyIn: 0n, moneyOut: 0n }
}

function cellsOf(category: Category, row: ExportRow, { names, ctx }: { readonly names: ReadonlyMap<string, string>; readonly ctx: Context }): Cell[] {
  const amount = (minor: bigint) => figure(formatAmount(minor, currency(row.currency)))
  const group = category.parentId === null ? category.name : names.get(category.parentId) ?? ''
  return [
    group, category.parentId === null ? '' : category.name, KINDS[category.kind][ctx.locale], category.account, RATES[category.vatRate][ctx.locale], String(category.vatDeductible),
    category.isArchived ? (ctx.locale === 'fr' ? 'oui' : 'yes') : '', figure(String(row.lines)), amount(row.moneyIn), amount(row.moneyOut), amount(row.moneyIn + row.moneyOut), row.currency,
  ]
}
