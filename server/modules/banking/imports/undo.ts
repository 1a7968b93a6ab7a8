import type { Text } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { recordAudit } from '../../audit/index.ts'
import { letterMany, reverseMany } from '../../ledger/index.ts'
import { lockAccounts } from '../accounts/account-store.ts'
import { dropStatements, findImport, lockImport, markUndone } from './import-store.ts'
import { committedView, type ImportView } from './imports.ts'
import { type Removal, removeLines, seeingRemoved } from '../landing/landing-store.ts'
import { dropWaiting } from '../landing/suspicious-store.ts'
import { type LeavingLine, lockLeaving } from './undo-store.ts'
import { undoVerdict } from './undo-verdict.ts'

/** Line 2 of a bank line's entry is 471. */
const SUSPENSE_LINE = 2

/**
 * Takes a committed import back: its lines leave with a reversal of their entries, its statements and what of it waits on the pile go.
 * Its lines stay away when the bank gives them again, unless asked for. Refuses NOT_FOUND, IMPORT_NOT_UNDOABLE with the reason.
 */
export async function undoImport(app: App, ctx: Context, id: string): Promise<ImportView> {
  authorize(ctx, 'bank.manage')
  return app.db.tenant(ctx, async (tx) => {
    // Accounts first, as whoever imports does: two people at once wait for each other.
    await lockAccounts(tx)
    const status = await lockImport(tx, id)
    if (status === undefined) throw new Refusal('NOT_FOUND')
    if (status !== 'committed') throw notUndoable({ fr: 'il n\'est pas enregistré, ou déjà annulé', en: 'it is not stored, or undone already' })
    const lines = await lockLeaving(tx, { importId: id, lineId: null })
    const row = (await findImport(tx, id))!
    const { possible, because } = await undoVerdict(tx, row)
    if (!possible) throw notUndoable(because!)
    await takeAway(tx, ctx, { lines, because: 'undone' })
    await dropStatements(tx, id)
    await dropWaiting(tx, id)
    await markUndone(tx, id, ctx.userId)
    await appendEvent(tx, ctx, { kind: 'import.undone', subject: id, data: { lines: lines.length } })
    await recordAudit(tx, ctx, { action: 'import.undo', subjectKind: 'import', subjectId: id, before: { status: 'committed', lines: lines.length }, after: { status: 'undone', reversed: lines.filter((line) => line.entryId !== null).length } })
    return committedView(tx, ctx, id)
  })
}

function notUndoable(reason: Text): Refusal {
  return new Refusal('IMPORT_NOT_UNDOABLE', { reasonFr: reason.fr, reasonEn: reason.en })
}

/** Takes one line away: it stays away when the bank gives it again, unless asked for. Refuses NOT_FOUND, LINE_NOT_REMOVABLE with the reason. */
export async function removeTransaction(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'bank.manage')
  await app.db.tenant(ctx, async (tx) => {
    await lockAccounts(tx)
    const [line] = await lockLeaving(tx, { importId: null, lineId: id })
    if (!line) throw new Refusal('NOT_FOUND')
    const reason = obstacleOf(line)
    if (reason) throw new Refusal('LINE_NOT_REMOVABLE', { reasonFr: reason.fr, reasonEn: reason.en })
    await takeAway(tx, ctx, { lines: [line], because: 'person' })
    await appendEvent(tx, ctx, { kind: 'line.removed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'bank-line.remove', subjectKind: 'bank-line', subjectId: id, before: { entryId: line.entryId }, after: null })
  })
}

function obstacleOf(line: LeavingLine): Text | null {
  if (line.treated !== 0n || line.transferId !== null) return { fr: 'elle est traitée, annulez d\'abord son rapprochement', en: 'it is treated, undo its match first' }
  return line.isOpenDay ? null : { fr: 'sa période est verrouillée', en: 'its period is locked' }
}

/** Lines leave as tombstones; the entries they had are reversed on their own day, and both sides of 471 lettered together. */
async function takeAway(tx: TenantTx, ctx: Context, { lines, because }: { readonly lines: readonly LeavingLine[]; readonly because: Removal['because'] }): Promise<void> {
  await seeingRemoved(tx, () => removeLines(tx, lines.map((line) => line.id), { because, by: ctx.userId }))
  const posted = lines.filter((line) => line.entryId !== null)
  const reversals = await reverseMany(tx, ctx, posted.map((line) => line.entryId!))
  await letterMany(tx, ctx, posted.map((line, at) => ({
    account: line.suspenseAccount, auxiliary: null, lines: [{ entryId: line.entryId!, n: SUSPENSE_LINE }, { entryId: reversals[at]!.id, n: SUSPENSE_LINE }],
  })))
}
