import type { BankLineQuery } from '../../../contract/banking.ts'
import { parseDate } from '../../../core/kernel/local-date.ts'
import { absolute, parseAmount } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { findLine, listLines } from './line-store.ts'
import type { Line } from './types.ts'

/** One page of bank lines, latest first. A search is looked for in the words of the line, and as an amount when it reads as one. */
export async function browseTransactions(app: App, ctx: Context, query: Omit<BankLineQuery, 'cursor' | 'limit'> & { readonly after: { readonly bookedOn: string; readonly id: string } | null; readonly limit: number }): Promise<Line[]> {
  authorize(ctx, 'bank.read')
  const search = query.search?.trim() || null
  const amount = search === null ? undefined : parseAmount(search.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'), ctx.currency)
  return app.db.tenant(ctx, (tx) => listLines(tx, {
    accountId: query.accountId ?? null, state: query.state ?? null, importId: query.importId ?? null, search, amount: amount?.ok ? absolute(amount.value) : null,
    from: query.from === undefined ? null : parseDate(query.from) ?? null, to: query.to === undefined ? null : parseDate(query.to) ?? null, after: query.after, limit: query.limit,
  }))
}

/** One bank line. Refuses NOT_FOUND. */
export async function readTransaction(app: App, ctx: Context, id: string): Promise<Line> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    const line = await findLine(tx, id)
    if (!line) throw new Refusal('NOT_FOUND')
    return line
  })
}
