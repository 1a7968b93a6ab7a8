import { coverageOf, type Coverage } from '../../../../core/bank/coverage.ts'
import type { Continuity } from '../../../../core/bank/statement.ts'
import { addDays, addMonths, daysBetween, type LocalDate, parseDate, startOfMonth } from '../../../../core/kernel/local-date.ts'
import { type Problem, problem } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { accountViews } from './account-store.ts'
import { balanceAt, countHeld, lastStatement, movedDays, movedMonths, statedDays, statementsOfAccount } from './day-store.ts'
import type { AccountView } from '../types.ts'

/** Days one answer holds at most: three years. */
const DAYS_MAX = 1_100
const SUMMARY_MONTHS = 24

export type BalanceDay = { readonly on: LocalDate; readonly balance: bigint; readonly movedIn: bigint; readonly movedOut: bigint; readonly stated: bigint | null }
export type BalanceView = { readonly account: AccountView; readonly on: LocalDate; readonly balance: bigint; readonly days: readonly BalanceDay[] }

type AskedDays = { readonly from?: string | undefined; readonly to?: string | undefined }

/** The range asked for, at most `DAYS_MAX` days; up to today when its end is left out. Refuses REQUEST_INVALID. */
function rangeOf(asked: AskedDays, fallback: { readonly from: LocalDate; readonly to: LocalDate }): { readonly from: LocalDate; readonly to: LocalDate } {
  const problems: Problem[] = []
  const day = (text: string | undefined, field: 'from' | 'to') => {
    const read = text === undefined ? fallback[field] : parseDate(text)
    if (!read) problems.push(problem('DATE_INVALID', { fr: 'Ce jour n\'existe pas.', en: 'This day does not exist.' }, { field }))
    return read ?? fallback[field]
  }
  const range = { from: day(asked.from, 'from'), to: day(asked.to, 'to') }
  const length = daysBetween(range.from, range.to) + 1
  if (problems.length === 0 && (length < 1 || length > DAYS_MAX)) problems.push(problem('RANGE_INVALID', { fr: `Demandez de 1 à ${DAYS_MAX} jours.`, en: `Ask for 1 to ${DAYS_MAX} days.` }, { field: 'from' }))
  if (problems.length > 0) throw new Refusal('REQUEST_INVALID', {}, problems)
  return range
}

async function accountOf(tx: TenantTx, id: string): Promise<AccountView> {
  const [account] = await accountViews(tx, id)
  if (!account) throw new Refusal('NOT_FOUND')
  return account
}

/** What an account holds today, and at the end of each day of a range. Refuses NOT_FOUND, REQUEST_INVALID. */
export async function readBalance(app: App, ctx: Context, { id, days: asked }: { readonly id: string; readonly days: AskedDays }): Promise<BalanceView> {
  authorize(ctx, 'bank.read')
  const isRange = asked.from !== undefined || asked.to !== undefined
  const range = rangeOf(asked, { from: addDays(parseDate(asked.to ?? '') ?? ctx.today, -30), to: ctx.today })
  return app.db.tenant(ctx, async (tx) => {
    const account = await accountOf(tx, id)
    const balance = await balanceAt(tx, id, ctx.today)
    return { account, on: ctx.today, balance, days: isRange ? await dayByDay(tx, id, range) : [] }
  })
}

async function dayByDay(tx: TenantTx, id: string, { from, to }: { readonly from: LocalDate; readonly to: LocalDate }): Promise<BalanceDay[]> {
  const moved = new Map((await movedDays(tx, id, { from, to })).map((day) => [day.on, day]))
  const stated = await statedDays(tx, id, { from, to })
  let balance = await balanceAt(tx, id, addDays(from, -1))
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, at): BalanceDay => {
    const on = addDays(from, at)
    const { movedIn = 0n, movedOut = 0n } = moved.get(on) ?? {}
    balance += movedIn + movedOut
    return { on, balance, movedIn, movedOut, stated: stated.get(on) ?? null }
  })
}

export type SummaryView = {
  readonly account: AccountView
  readonly months: readonly { readonly month: string; readonly movedIn: bigint; readonly movedOut: bigint; readonly closing: bigint; readonly lineCount: number }[]
  readonly last: { readonly importId: string; readonly from: LocalDate | null; readonly to: LocalDate | null; readonly closing: bigint | null; readonly continuity: Continuity } | null
  readonly continuity: { readonly proven: number; readonly broken: number; readonly missing: number }
  readonly onHold: number
}

/** Money in and out by month, the last statement, and how well the days are known. Refuses NOT_FOUND. */
export async function summariseAccount(app: App, ctx: Context, id: string): Promise<SummaryView> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    const account = await accountOf(tx, id)
    const months: SummaryView['months'][number][] = []
    for (const { month, movedIn, movedOut, lineCount, lastOn } of await movedMonths(tx, id, SUMMARY_MONTHS)) months.push({ month, movedIn, movedOut, lineCount, closing: await balanceAt(tx, id, lastOn) })
    const from = addMonths(startOfMonth(ctx.today), -SUMMARY_MONTHS)
    const { days } = await coverage(tx, id, { from, to: ctx.today })
    const count = (state: string) => days.filter((day) => day.state === state).length
    return { account, months, last: await lastStatement(tx, id) ?? null, continuity: { proven: count('proven'), broken: count('broken'), missing: count('missing') }, onHold: await countHeld(tx, id) }
  })
}

export type ContinuityView = Coverage & { readonly account: AccountView; readonly from: LocalDate; readonly to: LocalDate; readonly importOf: ReadonlyMap<string, string> }

/** Which days of an account are covered, proven, missing or broken; a year up to today unless told otherwise. Refuses NOT_FOUND, REQUEST_INVALID. */
export async function readContinuity(app: App, ctx: Context, { id, days: asked }: { readonly id: string; readonly days: AskedDays }): Promise<ContinuityView> {
  authorize(ctx, 'bank.read')
  const range = rangeOf(asked, { from: addDays(parseDate(asked.to ?? '') ?? ctx.today, -365), to: ctx.today })
  return app.db.tenant(ctx, async (tx) => ({ account: await accountOf(tx, id), ...range, ...await coverage(tx, id, range) }))
}

async function coverage(tx: TenantTx, id: string, range: { readonly from: LocalDate; readonly to: LocalDate }): Promise<Coverage & { readonly importOf: ReadonlyMap<string, string> }> {
  const statements = await statementsOfAccount(tx, id)
  const everyDay = await movedDays(tx, id, { from: '0001-01-01' as LocalDate, to: '9999-12-31' as LocalDate })
  return { ...coverageOf(statements, new Map(everyDay.map((day) => [day.on, day.lineCount])), range), importOf: new Map(statements.map((one) => [one.id, one.importId])) }
}
