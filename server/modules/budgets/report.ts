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
import { type Cell, figure, sheetOf, SHEET_TYPES } from '../../platform/documents/sheet.ts'
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

function spanOf(query: BudgetReportQuery, ctx: Context): Span {
  const to = dayGiven(query.to, 'to') ?? ctx.today
  const from = dayGiven(query.from, 'from') ?? localDate(`${String(yearOf(to)).padStart(4, '0')}-01-01`)
  if (from > to) throw new Refusal('REQUEST_INVALID', {}, [problem('PERIOD_REVERSED', { fr: `Le premier jour (${from}) est après le dernier (${to}). Inversez-les.`, en: `The first day (${from}) is after the last (${to}). Swap them.` }, { field: 'from' })])
  return { from, to }
}

function cellsOf(row: ReportRow, ctx: Context): Cell[] {
  const amounts = [row.amount, row.carried, row.available, row.spent, row.left].map((minor) => figure(formatAmount(minor, ctx.currency)))
  return [row.budget.name, row.budget.categoryId === null ? EVERYTHING[ctx.locale] : row.budget.categoryName, row.from, row.to, ...amounts, figure(String(usedPercent(row.spent, row.available))), ctx.currency]
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
  const sheet = { name: 'Budgets', rows: [HEADINGS.map((heading) => heading[ctx.locale]), ...rows.map((row) => cellsOf(row, ctx))] }
  return { fileName: `budgets-${span.from}-${span.to}.${format}`, type: SHEET_TYPES[format], bytes: await sheetOf(format, sheet) }
}
