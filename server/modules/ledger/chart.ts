import type { AccountLinesQuery } from '../../../contract/ledger.ts'
import { ACCOUNT, accountLabel, findAccount, isAccountNumber, padAccount } from '../../../core/ledger/accounts.ts'
import { PCG_2026 } from '../../../core/ledger/pcg-2026.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import { type AccountLineRow, findAccountLines, findAccountRow, findAccounts, findBalanceUpTo, type LinePosition } from './account-store.ts'
import { pickFiscalYear } from './fiscal-years.ts'

/** Accounts a list answers at most: a company uses a few hundred. */
export const ACCOUNTS_MAX = 500
/** Accounts of the chart proposed while one types. */
const PROPOSED_MAX = 30

export type ChartEntry = { readonly number: string; readonly label: string; readonly used: boolean }

/** Without accents or capitals, so that "depots" finds "Dépôts". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function proposed(search: string, used: ReadonlySet<string>): ChartEntry[] {
  const words = plain(search)
  const own = Object.values(ACCOUNT).map((number) => ({ number, label: accountLabel(number) }))
  const chart = PCG_2026.filter(({ number }) => number.length >= 3).map(({ number, label }) => ({ number: padAccount(number), label }))
  const seen = new Set(used)
  const found: ChartEntry[] = []
  for (const account of [...own, ...chart]) {
    if (seen.has(account.number) || !(account.number.startsWith(search) || plain(account.label).includes(words))) continue
    seen.add(account.number)
    found.push({ ...account, used: false })
  }
  return found.sort((a, b) => (a.number < b.number ? -1 : 1)).slice(0, PROPOSED_MAX)
}

/** The accounts in use; with a search, those that match and then those of the chart that one may open. */
export async function browseAccounts(app: App, ctx: Context, query: { readonly search?: string }): Promise<ChartEntry[]> {
  authorize(ctx, 'ledger.read')
  const search = query.search?.trim() || null
  const rows = await app.db.tenant(ctx, (tx) => findAccounts(tx, { search, limit: ACCOUNTS_MAX }))
  const used = rows.map((row): ChartEntry => ({ ...row, used: true }))
  return search === null ? used : [...used, ...proposed(search, new Set(rows.map((row) => row.number)))]
}

export type AccountPageView = {
  readonly account: { readonly number: string; readonly label: string }
  readonly opening: bigint
  /** One more than the page asked for when there is a next one. */
  readonly lines: readonly (AccountLineRow & { readonly balance: bigint })[]
}

/** The lines of an account in a year with the balance after each. Refuses NOT_FOUND for an account that neither the books nor the chart know. */
export async function readAccountLines(app: App, ctx: Context, query: Omit<AccountLinesQuery, 'cursor' | 'limit'> & { readonly number: string; readonly after: LinePosition | null; readonly limit: number }): Promise<AccountPageView> {
  authorize(ctx, 'ledger.read')
  return app.db.tenant(ctx, async (tx) => {
    const account = await findAccountRow(tx, query.number) ?? (isAccountNumber(query.number) && findAccount(query.number) ? { number: query.number, label: accountLabel(query.number) } : undefined)
    if (!account) throw new Refusal('NOT_FOUND')
    const year = await pickFiscalYear(tx, ctx, query.fiscalYearId)
    const scope = { account: account.number, fiscalYearId: year.id, auxiliary: query.auxiliary ?? null, unlettered: query.unlettered ?? false, after: query.after }
    const opening = scope.after === null ? 0n : await findBalanceUpTo(tx, { ...scope, after: scope.after })
    let balance = opening
    const lines = (await findAccountLines(tx, { ...scope, limit: query.limit })).map((line) => {
      balance += line.debit - line.credit
      return { ...line, balance }
    })
    return { account, opening, lines }
  })
}
