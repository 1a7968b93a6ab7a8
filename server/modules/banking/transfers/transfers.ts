import { type OwnAccount, pairTransfers, type TransferPair } from '../../../../core/bank/transfers.ts'
import { addDays } from '../../../../core/kernel/local-date.ts'
import type { Text } from '../../../../core/kernel/problem.ts'
import { ACCOUNT } from '../../../../core/ledger/accounts.ts'
import { signedLine } from '../../../../core/ledger/signed.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { letterMany, post, type PostingDraft, reverseMany } from '../../ledger/index.ts'
import { listAccounts } from '../accounts/account-store.ts'
import { lockLines, treatLines } from '../lines/line-store.ts'
import { insertTransfer, linesById, listTransfers, lockTransfer, markTransferUndone, type TransferRow, unexplainedLines, undonePairs } from './transfer-store.ts'
import type { PostableLine } from '../types.ts'
import { type LineView, viewsOf } from '../lines/views.ts'
import { labelOf, pieceOf } from '../lines/words.ts'

/** A transfer with its two lines. */
export type TransferView = TransferRow & { readonly out: LineView; readonly in: LineView }
/** A pair that is proposed. */
export type Suggestion = { readonly out: LineView; readonly in: LineView; readonly reasons: readonly Text[]; readonly ambiguous: boolean; readonly certain: boolean }

/** Days back in which unexplained lines are looked at, and how many of them. */
const LOOK_BACK_DAYS = 400
const LINES_MAX = 2_000
const SUGGESTED_MAX = 100

/** Line 1 of a clearing entry is 471, line 2 the account of internal transfers; line 2 of a bank line's own entry is 471. */
const [CLEARING, TRANSIT, SUSPENSE] = [1, 2, 2]

/** Transfers in force, latest first. */
export async function browseTransfers(app: App, ctx: Context, page: { readonly after: { readonly at: string; readonly id: string } | null; readonly limit: number }): Promise<TransferView[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => withLines(tx, await listTransfers(tx, { ...page, id: null })))
}

async function withLines(tx: TenantTx, rows: readonly TransferRow[]): Promise<TransferView[]> {
  const lines = new Map((await viewsOf(tx, await linesById(tx, rows.flatMap((row) => [row.outLineId, row.inLineId])))).map((line) => [line.id, line]))
  return rows.map((row) => ({ ...row, out: lines.get(row.outLineId)!, in: lines.get(row.inLineId)! }))
}

/** Pairs of lines that may be transfers between two accounts of the company; none that a person took apart. */
export async function suggestTransfers(app: App, ctx: Context): Promise<Suggestion[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, async (tx) => {
    const pairs = (await proposed(tx, ctx)).slice(0, SUGGESTED_MAX)
    const lines = new Map((await viewsOf(tx, await linesById(tx, pairs.flatMap((pair) => [pair.out, pair.in])))).map((line) => [line.id as string, line]))
    return pairs.map((pair) => ({ ...pair, out: lines.get(pair.out)!, in: lines.get(pair.in)! }))
  })
}

async function proposed(tx: TenantTx, ctx: Context): Promise<TransferPair[]> {
  const accounts: OwnAccount[] = await listAccounts(tx)
  if (accounts.length < 2) return []
  const lines = await unexplainedLines(tx, { since: addDays(ctx.today, -LOOK_BACK_DAYS), limit: LINES_MAX })
  const pairs = pairTransfers(lines, accounts)
  const undone = await undonePairs(tx, pairs.map((pair) => pair.out))
  return pairs.filter((pair) => !undone.has(`${pair.out} ${pair.in}`))
}

/** Pairs what is certain, by itself; answers how many pairs it made. */
export async function pairCertain(tx: TenantTx, ctx: Context): Promise<number> {
  const certain = (await proposed(tx, ctx)).filter((pair) => pair.certain)
  for (const pair of certain) await makeTransfer(tx, ctx, { outLineId: pair.out, inLineId: pair.in, reasons: pair.reasons, automatic: true })
  return certain.length
}

const BY_HAND: readonly Text[] = [{ fr: 'rapproché à la main', en: 'paired by hand' }]

/** Says that two lines are one transfer between two accounts of the company. Refuses NOT_FOUND, TRANSFER_INVALID with the reason, PERIOD_LOCKED. */
export async function createTransfer(app: App, ctx: Context, input: { readonly outLineId: string; readonly inLineId: string }): Promise<TransferView> {
  authorize(ctx, 'match.write')
  return app.db.tenant(ctx, async (tx) => {
    const id = await makeTransfer(tx, ctx, { ...input, reasons: BY_HAND, automatic: false })
    return (await withLines(tx, await listTransfers(tx, { id, after: null, limit: 1 })))[0]!
  })
}

/** Why two lines are no transfer; null when they may be one. */
function obstacleOf(out: PostableLine, into: PostableLine): Text | null {
  if (out.accountId === into.accountId) return { fr: 'elles sont du même compte', en: 'they are of the same account' }
  if (out.currency !== into.currency) return { fr: 'elles sont en deux devises', en: 'they are in two currencies' }
  if (out.amount >= 0n || out.amount + into.amount !== 0n) return { fr: 'leurs montants ne s\'annulent pas', en: 'their amounts do not cancel out' }
  if ([out, into].some((line) => line.treated !== 0n || line.transferId !== null)) return { fr: 'l\'une est déjà traitée', en: 'one is treated already' }
  if ([out, into].some((line) => line.status === 'pending' || (line.posts && line.entryId === null))) return { fr: 'l\'une attend encore son écriture', en: 'one still waits for its entry' }
  return null
}

type NewPair = { readonly outLineId: string; readonly inLineId: string; readonly reasons: readonly Text[]; readonly automatic: boolean }

async function makeTransfer(tx: TenantTx, ctx: Context, pair: NewPair): Promise<string> {
  const lines = new Map((await lockLines(tx, [pair.outLineId, pair.inLineId])).map((line) => [line.id as string, line]))
  const [out, into] = [lines.get(pair.outLineId), lines.get(pair.inLineId)]
  if (!out || !into) throw new Refusal('NOT_FOUND')
  const reason = obstacleOf(out, into)
  if (reason) throw new Refusal('TRANSFER_INVALID', { reasonFr: reason.fr, reasonEn: reason.en })
  const id = uuidv7()
  const isPosted = out.posts && into.posts
  const entries = isPosted ? await post(tx, ctx, [clearing(id, out), clearing(id, into)]) : []
  await insertTransfer(tx, { id, outLineId: out.id, inLineId: into.id, automatic: pair.automatic, reasons: pair.reasons, outEntryId: entries[0]?.id ?? null, inEntryId: entries[1]?.id ?? null, by: ctx.userId })
  if (isPosted) {
    await treatLines(tx, [{ id: out.id, by: out.amount }, { id: into.id, by: into.amount }])
    await letterMany(tx, ctx, [
      ...[out, into].map((line, at) => ({ account: line.suspenseAccount, auxiliary: null, lines: [{ entryId: line.entryId!, n: SUSPENSE }, { entryId: entries[at]!.id, n: CLEARING }] })),
      { account: ACCOUNT.internalTransfers, auxiliary: null, lines: entries.map((entry) => ({ entryId: entry.id, n: TRANSIT })) },
    ])
  }
  await appendEvent(tx, ctx, { kind: 'transfer.paired', subject: id, data: { outLineId: out.id, inLineId: into.id, automatic: pair.automatic } })
  await recordAudit(tx, ctx, { action: 'transfer.create', subjectKind: 'transfer', subjectId: id, before: null, after: { out: out.id, in: into.id, amount: into.amount.toString(), automatic: pair.automatic } })
  return id
}

/**
 * The entry that explains one side: 471 against 58, on the day of its own line. Each bank tells its side on its own day; 58 carries the
 * money between the two, is settled by the second, and shows at a closing what is on its way (PCG article 945-58: an account of
 * passage). 471 against 471 in one entry would need one day for two, and move a line across a month or a year.
 */
function clearing(id: string, line: PostableLine): PostingDraft {
  const label = labelOf(line)
  return {
    journal: 'BQ', date: line.bookedOn, pieceRef: pieceOf(line), pieceDate: line.bookedOn, label, source: 'match', sourceId: id,
    lines: [signedLine(line.suspenseAccount, line.amount, { label }), signedLine(ACCOUNT.internalTransfers, -line.amount, { label })],
  }
}

/** Takes a transfer apart: its entries are reversed and both lines are to treat again; the pair is not proposed any more. Refuses NOT_FOUND, TRANSFER_ALREADY_UNDONE, PERIOD_LOCKED. */
export async function undoTransfer(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'match.write')
  await app.db.tenant(ctx, async (tx) => {
    const transfer = await lockTransfer(tx, id)
    if (!transfer) throw new Refusal('NOT_FOUND')
    if (transfer.status === 'undone') throw new Refusal('TRANSFER_ALREADY_UNDONE')
    const lines = new Map((await lockLines(tx, [transfer.outLineId, transfer.inLineId])).map((line) => [line.id, line]))
    const [out, into] = [lines.get(transfer.outLineId)!, lines.get(transfer.inLineId)!]
    if (transfer.outEntryId !== null && transfer.inEntryId !== null) {
      const undone = [transfer.outEntryId, transfer.inEntryId]
      const reversals = await reverseMany(tx, ctx, undone)
      await treatLines(tx, [{ id: out.id, by: -out.amount }, { id: into.id, by: -into.amount }])
      const pair = (at: number, n: number) => [{ entryId: undone[at]!, n }, { entryId: reversals[at]!.id, n }]
      await letterMany(tx, ctx, [out, into].flatMap((line, at) => [
        { account: line.suspenseAccount, auxiliary: null, lines: pair(at, CLEARING) }, { account: ACCOUNT.internalTransfers, auxiliary: null, lines: pair(at, TRANSIT) },
      ]))
    }
    await markTransferUndone(tx, transfer, ctx.userId)
    await appendEvent(tx, ctx, { kind: 'transfer.undone', subject: id, data: { outLineId: out.id, inLineId: into.id } })
    await recordAudit(tx, ctx, { action: 'transfer.undo', subjectKind: 'transfer', subjectId: id, before: { status: 'active' }, after: { status: 'undone' } })
  })
}
