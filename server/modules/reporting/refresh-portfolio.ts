import { currency } from '../../../core/kernel/currency.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import { sum } from '../../../core/kernel/money.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { verifyAuditChain } from '../audit/index.ts'
import { cashAccounts, countToTreat } from '../banking/index.ts'
import { verifyLedgerChain } from '../ledger/index.ts'
import { booksCompany, booksProgress, savePortfolioRow, type PortfolioFigures } from './portfolio-store.ts'
import { draftsAndStart, receivables } from './store.ts'

async function figuresOf(tx: TenantTx, ctx: Context): Promise<PortfolioFigures> {
  const lines = await countToTreat(tx)
  const owed = await receivables(tx, ctx.today)
  const drafts = await draftsAndStart(tx)
  return {
    cash: sum((await cashAccounts(tx)).map(({ balance }) => balance)), toTreat: lines.count, toTreatSince: lines.oldestOn,
    overdue: owed.late, overdueInvoices: owed.lateInvoices, draftInvoices: drafts.invoices, draftEntries: drafts.entries, ...await booksProgress(tx),
  }
}

async function verify(tx: TenantTx): Promise<'sound' | 'broken'> {
  const ledger = await verifyLedgerChain(tx)
  return ledger.brokenAt === null && ledger.accountsAtFault.length === 0 && (await verifyAuditChain(tx)).intact ? 'sound' : 'broken'
}

/**
 * Writes what firms see of a company. With `verify` it also reads the chains of the ledger and of the log again, which takes
 * the longer the older the company is: once a day is enough. Does nothing for a firm.
 */
export async function refreshPortfolio(app: App, ctx: Context, options: { readonly verify?: boolean } = {}): Promise<void> {
  authorize(ctx, 'ledger.read')
  const integrity = options.verify ? await app.db.tenant(ctx, verify) : null
  await app.db.tenant(ctx, async (tx) => {
    if (!await booksCompany(tx)) return
    await savePortfolioRow(tx, await figuresOf(tx, ctx), integrity)
  })
}

/** The product itself at work in a company; undefined for a firm, or when the company is gone. */
export async function portfolioContext(app: App, tenantId: TenantId): Promise<Context | undefined> {
  const company = await app.db.tenant({ tenantId, userId: null }, booksCompany)
  return company && { tenantId, userId: null, actor: 'Quittance', role: 'viewer', locale: 'fr', today: app.clock.today(company.timeZone), currency: currency(company.currency), address: null }
}
