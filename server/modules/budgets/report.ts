import type { BudgetReportQuery } from '../../../contract/budgets.ts'
import type { PeriodSums } from '../../../core/budget/carry.ts'
import { periodsWithin, type Span } from '../../../core/budget/period.ts'
import { usedPercent } from '../../../core/budget/progress.ts'
import { localDate, yearOf } from '../../../core/kernel/local-date.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { problem, type Text } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { recordAudit } from '../audit/index.ts'
import { BUDGETS_MAX, listBudgets } from './budget-store.ts'
import { dayGiven } from './budgets.ts'
import { historyOf, periodsOf } from './standing.ts'
import type { Budget } from './types.ts'

export type BudgetReport = { readonly fileName: string; readonly type: string; readonly bytes: Buffer }

type ReportRow = PeriodSums & Span & { readonly budget: Budget }

const HEADINGS: readonly Text[] = [
  { fr: 'Budget', en: 'Budget' }, { fr: 'Catégorie', en: 'Category' }, { fr: 'Début', en: 'From' }, { fr: 'Fin', en: 'To' }, { fr: 'Montant', en: 'Amount' }, { fr: 'Reporté', en: 'Carried over' },
  { fr: 'Disponible', en: 'Available' }, { fr: 'Dépensé', en: 'Spent' }, { fr: 'Reste', en: 'Left' }, { fr: 'Utilisé (%)', en: 'Used (%)' }, { fr: 'Devise', en: 'Currency' },
]
const EVERYTHING: Text = { fr: 'Toutes les dépenses', en: 'All spending' }
const FORMULA = /^[=+\-@\t\r]/
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A text no spreadsheet runs. */
const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

function spanOf(query: BudgetReportQuery, ctx: Context): Span {
  const to = dayGiven(query.to, 'to') ?? ctx.today
  const from = dayGiven(query.from, 'from') ?? localDate(`${String(yearOf(to)).padStart(4, '0')}-01-01`)
  if (from > to) throw new Refusal('REQUEST_INVALID', {}, [problem('PERIOD_REVERSED', { fr: `Le premier jour (${from}) est après le dernier (${to}). Inversez-les.`, en: `The first day (${from}) is after the last (${to}). Swap them.` }, { field: 'from' })])
  return { from, to }
}

/** The cells of a row. Amounts are text with a dot in CSV: exact, and a negative one is no formula. */
function cellsOf(row: ReportRow, ctx: Context): string[] {
  const amount = (minor: bigint) => formatAmount(minor, ctx.currency)
  return [
    harmless(row.budget.name), harmless(row.budget.categoryId === null ? EVERYTHING[ctx.locale] : row.budget.categoryName ?? ''), row.from, row.to,
    amount(row.amount), amount(row.carried), amount(row.available), amount(row.spent), amount(row.left), String(usedPercent(row.spent, row.available)), ctx.currency,
  ]
}

const FIRST_FIGURE = 4
const LAST_FIGURE = 9
const isFigure = (column: number): boolean => column >= FIRST_FIGURE && column <= LAST_FIGURE

function csvOf(rows: readonly (readonly string[])[]): Buffer {
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return Buffer.from(`\uFEFF${rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`)
}

async function xlsxOf(name: string, [headings = [], ...rows]: readonly (readonly string[])[]): Promise<Buffer> {
  const { writeXlsx } = await import('hucre/xlsx')
  // A spreadsheet holds numbers as it can: here they are only shown, the exact ones are in the CSV file.
  const cells = rows.map((row) => row.map((text, column) => (isFigure(column) ? Number(text) : text)))
  return Buffer.from(await writeXlsx({ sheets: [{ name, rows: [[...headings], ...cells] }] }))
}

/** Every budget period that touches the days asked for, as a file. Reading it away is in the log. Refuses REQUEST_INVALID. */
export async function exportBudgets(app: App, ctx: Context, query: BudgetReportQuery): Promise<BudgetReport> {
  authorize(ctx, 'budget.read')
  const span = spanOf(query, ctx)
  const format = query.format ?? 'csv'
  const rows = await app.db.tenant(ctx, async (tx) => {
    const budgets = await listBudgets(tx, { categoryId: null, period: null, after: null, limit: BUDGETS_MAX })
    const asked = budgets.flatMap((budget) => { const last = periodsWithin(budget, span).at(-1); return last ? [{ budget, span: last }] : [] })
    const history = await historyOf(tx, ctx, asked)
    const found = asked.flatMap((one): ReportRow[] => periodsOf(one, history).filter(({ to }) => to >= span.from).map((row) => ({ ...row, budget: one.budget })))
    await recordAudit(tx, ctx, { action: 'budget.export', subjectKind: 'company', subjectId: ctx.tenantId, after: { format, ...span } })
    return found
  })
  const table = [HEADINGS.map((heading) => heading[ctx.locale]), ...rows.map((row) => cellsOf(row, ctx))]
  const fileName = `budgets-${span.from}-${span.to}.${format}`
  return format === 'csv' ? { fileName, type: 'text/csv; charset=utf-8', bytes: csvOf(table) } : { fileName, type: XLSX, bytes: await xlsxOf('Budgets', table) }
}
