import { addDays, type LocalDate } from '../../../core/kernel/local-date.ts'
import { sum } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { brokenStatements, cashAccounts, cashMoves, countToTreat } from '../banking/index.ts'
import { balanceOf } from '../ledger/index.ts'
import { countSuggestions } from '../reconciliation/index.ts'
import { bankWork, draftsAndStart, type Receivables, receivables } from './store.ts'

export type TaskKind = 'bank_lines' | 'suggestions' | 'late_invoices' | 'draft_invoices' | 'draft_entries' | 'broken_statements' | 'suspicious_lines' | 'held_lines' | 'uncategorised_lines' | 'budget_overruns' | 'first_bank_file' | 'first_invoice'
export type Task = { readonly kind: TaskKind; readonly count: number; readonly total: bigint | null; readonly oldestOn: LocalDate | null }

/** The figures of the home page, minor units of the company's currency. */
export type SummaryView = {
  readonly on: LocalDate
  readonly cash: { readonly total: bigint; readonly accounts: number }
  readonly receivables: Receivables
  readonly vatToSetAside: bigint
  readonly cashHistory: readonly { readonly on: LocalDate; readonly balance: bigint }[]
  readonly toDo: readonly Task[]
}

const HISTORY_DAYS = 90
/** Lines older than this are left as they were: nobody files them any more. */
const YEAR_DAYS = 365

/** Sums up a company: cash, what is owed, TVA to set aside, cash of the last 90 days, what there is to do. */
export async function readSummary(app: App, ctx: Context): Promise<SummaryView> {
  authorize(ctx, 'ledger.read')
  return app.db.tenant(ctx, async (tx) => {
    const accounts = await cashAccounts(tx)
    const owed = await receivables(tx, ctx.today)
    return {
      on: ctx.today, cash: { total: sum(accounts.map((account) => account.balance)), accounts: accounts.length }, receivables: owed,
      vatToSetAside: await vatToSetAside(tx), cashHistory: await cashHistory(tx, ctx.today), toDo: await toDo(tx, ctx, owed),
    }
  })
}

/**
 * What the bank balance owes the State: TVA collected and due, less TVA that can be deducted and a credit carried forward, plus
 * what is declared and not paid yet (44551). A credit of TVA sets nothing aside.
 */
async function vatToSetAside(tx: TenantTx): Promise<bigint> {
  const current = -(await balanceOf(tx, '44571')) - await balanceOf(tx, '44566') - await balanceOf(tx, '44562') - await balanceOf(tx, '44567')
  const declared = -(await balanceOf(tx, '44551'))
  return (current > 0n ? current : 0n) + (declared > 0n ? declared : 0n)
}

/** The balance of all accounts at the end of each day. Before an account's first statement it is flat, at that statement's opening. */
async function cashHistory(tx: TenantTx, today: LocalDate): Promise<{ on: LocalDate; balance: bigint }[]> {
  const from = addDays(today, 1 - HISTORY_DAYS)
  const { start, days } = await cashMoves(tx, from, today)
  const moved = new Map(days.map((day) => [day.on, day.moved]))
  let balance = start
  return Array.from({ length: HISTORY_DAYS }, (_, index) => {
    const on = addDays(from, index)
    balance += index === 0 ? 0n : moved.get(on) ?? 0n
    return { on, balance }
  })
}

async function toDo(tx: TenantTx, ctx: Context, owed: Receivables): Promise<Task[]> {
  const lines = await countToTreat(tx)
  const broken = await brokenStatements(tx)
  const drafts = await draftsAndStart(tx)
  const bank = await bankWork(tx, { today: ctx.today, since: addDays(ctx.today, -YEAR_DAYS) })
  const tasks: Task[] = [
    { kind: 'late_invoices', count: owed.lateInvoices, total: owed.late, oldestOn: owed.lateSince },
    { kind: 'suggestions', count: lines.count === 0 ? 0 : await countSuggestions(tx, ctx), total: null, oldestOn: null },
    { kind: 'bank_lines', count: lines.count, total: null, oldestOn: lines.oldestOn },
    { kind: 'broken_statements', count: broken.count, total: null, oldestOn: broken.oldestOn },
    { kind: 'suspicious_lines', count: bank.suspicious, total: null, oldestOn: bank.suspiciousSince },
    { kind: 'held_lines', count: bank.held, total: null, oldestOn: bank.heldSince },
    { kind: 'uncategorised_lines', count: bank.uncategorised, total: null, oldestOn: bank.uncategorisedSince },
    { kind: 'budget_overruns', count: bank.overspent, total: null, oldestOn: null },
    { kind: 'draft_invoices', count: drafts.invoices, total: drafts.invoicesTotal, oldestOn: null },
    { kind: 'draft_entries', count: drafts.entries, total: null, oldestOn: drafts.entriesSince },
    { kind: 'first_bank_file', count: drafts.hasBankFile ? 0 : 1, total: null, oldestOn: null },
    { kind: 'first_invoice', count: drafts.hasInvoice ? 0 : 1, total: null, oldestOn: null },
  ]
  return tasks.filter((task) => task.count > 0)
}
