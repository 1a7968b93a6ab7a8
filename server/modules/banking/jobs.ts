import { currency } from '../../../core/kernel/currency.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import { signedLine } from '../../../core/ledger/signed.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvents } from '../../platform/events/index.ts'
import type { Job } from '../../platform/jobs/jobs.ts'
import { post, type PostingDraft } from '../ledger/index.ts'
import { findImport } from './imports/import-store.ts'
import { companyOfJob, countUnposted, saveEntries, takeUnposted, unpostedImports } from './lines/line-store.ts'
import { pairCertain } from './transfers/transfers.ts'
import type { PostableLine } from './types.ts'
import { labelOf, pieceOf } from './lines/words.ts'

const QUEUE = 'post-bank-lines'
/** Entries one transaction posts, so that people are served between two batches. */
const BATCH_MAX = 500
const REQUEUED_MAX = 50

type PostJob = { readonly tenantId: string; readonly importId: string }

/** Declares the queue that makes the entries of imported lines. */
export function defineBankingJobs(app: App): void {
  app.jobs.define<PostJob>(QUEUE, {
    timeoutSeconds: 900, title: { fr: 'Écritures d\'un relevé bancaire', en: 'Entries of a bank statement' }, subject: ({ importId }) => ({ kind: 'import', id: importId }),
  }, async (job) => {
    const ctx = await jobContext(app, job.data.tenantId as TenantId)
    if (ctx) await postLines(app, ctx, { importId: job.data.importId, job })
  })
}

/** Asks for the entries of an import's lines, in the transaction this call stands in. */
export async function queuePosting(app: App, tx: TenantTx, importId: string): Promise<void> {
  await app.jobs.enqueue<PostJob>(QUEUE, { tenantId: tx.tenantId, importId }, { key: importId })
}

/** Asks again for the lines that have no entry though their day is open: a year was created, a period opened, a job lost. */
export async function requeueUnposted(app: App, tx: TenantTx): Promise<void> {
  for (const importId of await unpostedImports(tx, REQUEUED_MAX)) await queuePosting(app, tx, importId)
}

/**
 * Posts the lines of an import, 512 against 471 in journal BQ, batch by batch; lines of a day that no open period holds wait.
 * It may run twice: a line that has its entry is left alone.
 */
export async function postBankLines(app: App, ctx: Context, importId: string): Promise<void> {
  authorize(ctx, 'bank.import')
  await postLines(app, ctx, { importId, job: null })
}

/** The same for a job, which says how far it is and, asked to stop, does so between two batches. */
async function postLines(app: App, ctx: Context, { importId, job }: { readonly importId: string; readonly job: Pick<Job<PostJob>, 'progress' | 'signal'> | null }): Promise<void> {
  const total = job ? await app.db.tenant(ctx, (tx) => countUnposted(tx, importId)) : 0
  const file = await app.db.tenant(ctx, (tx) => findImport(tx, importId))
  for (let done = 0; ;) {
    job?.signal.throwIfAborted()
    const posted = await app.db.tenant(ctx, async (tx) => {
      const lines = await takeUnposted(tx, importId, BATCH_MAX)
      const entries = await post(tx, ctx, lines.map(postingOf))
      if (lines.length > 0) {
        await saveEntries(tx, lines.map((line, index) => ({ lineId: line.id, entryId: entries[index]!.id })))
        await tellProgress(tx, ctx, { importId, count: lines.length, done: (file?.linesPosted ?? 0) + done + lines.length, total: (file?.linesNew ?? 0) + (file?.linesUpdated ?? 0) })
      }
      return lines.length
    })
    if (posted === 0) {
      if (done > 0) await app.db.tenant(ctx, (tx) => pairCertain(tx, ctx))
      return
    }
    done += posted
    job?.progress(done, Math.max(done, total))
  }
}

/** Tells who follows the import how many of its lines have their entry now. */
async function tellProgress(tx: TenantTx, ctx: Context, { importId, count, done, total }: { readonly importId: string; readonly count: number; readonly done: number; readonly total: number }): Promise<void> {
  await appendEvents(tx, ctx, [
    { kind: 'lines.posted', subject: importId, data: { count } },
    { kind: 'job.progress', subject: importId, data: { job: QUEUE, done, total } },
  ])
}

function postingOf(line: PostableLine): PostingDraft {
  const label = labelOf(line)
  return {
    journal: 'BQ', date: line.bookedOn, pieceRef: pieceOf(line), pieceDate: line.bookedOn, label, source: 'bank', sourceId: line.id,
    lines: [signedLine(line.ledgerAccount, line.amount, { label }), signedLine(line.suspenseAccount, -line.amount, { label })],
  }
}

/** The product itself at work in a company; undefined when the company is gone. */
async function jobContext(app: App, tenantId: TenantId): Promise<Context | undefined> {
  const company = await app.db.tenant({ tenantId, userId: null }, companyOfJob)
  return company && {
    tenantId, userId: null, actor: 'Quittance', role: 'accountant', locale: 'fr', today: app.clock.today(company.timeZone), currency: currency(company.currency), address: null,
  }
}
