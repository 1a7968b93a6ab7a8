import type { EntryId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { type EntryDraft, isJournalCode, type LineDraft, reverse as reverseDraft } from '../../../core/ledger/entry.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { findOpenDay } from './books-store.ts'
import { type EntryRow, findEntry, findLines, type LineRow } from './entry-store.ts'
import { removeLettering } from './lettering-store.ts'
import { post } from './post.ts'
import { lockChain } from './posting-store.ts'
import type { PostedEntry } from './types.ts'

/** A stored line as core knows it. */
export function lineDraft(line: LineRow): LineDraft {
  return {
    account: line.account, label: line.label, debit: line.debit, credit: line.credit,
    auxiliary: line.auxCode === null ? null : { code: line.auxCode, name: line.auxLabel ?? '' },
    foreign: line.foreignMinor === null || line.foreignCurrency === null ? null : { minor: line.foreignMinor, currency: line.foreignCurrency },
  }
}

/** A stored entry as core knows it. */
export function entryDraft(entry: EntryRow, lines: readonly LineRow[]): EntryDraft {
  return { journal: entry.journal, date: entry.date, pieceRef: entry.pieceRef, pieceDate: entry.pieceDate, label: entry.label, lines: lines.map(lineDraft) }
}

/** Another ledger's entry may hold negative amounts, empty lines or a blank document: its reversal is ours and follows our rules. */
function inOurForm(draft: EntryDraft, number: string): EntryDraft {
  const lines = draft.lines.map((line) => {
    const net = line.debit - line.credit
    const auxiliary = line.auxiliary && { code: line.auxiliary.code || line.auxiliary.name, name: line.auxiliary.name || line.auxiliary.code }
    const foreign = line.foreign && { ...line.foreign, minor: line.foreign.minor < 0n ? -line.foreign.minor : line.foreign.minor }
    return { ...line, auxiliary, foreign: foreign?.minor === 0n ? null : foreign, debit: net > 0n ? net : 0n, credit: net < 0n ? -net : 0n }
  }).filter((line) => line.debit !== line.credit)
  return { ...draft, lines, pieceRef: draft.pieceRef.trim() || number, journal: isJournalCode(draft.journal) ? draft.journal : 'OD' }
}

async function reversalDay(tx: TenantTx, ctx: Context, date: LocalDate): Promise<LocalDate> {
  if ((await findOpenDay(tx, date)) === date) return date
  const day = (ctx.today > date && await findOpenDay(tx, ctx.today)) || await findOpenDay(tx, date)
  if (!day) throw new Refusal('PERIOD_LOCKED', { date })
  return day
}

/**
 * Undoes a validated entry by another one, linked to it: same day when its period is open, else today or the first open day.
 * Its lines lose their letter first, since what they were lettered with is open again.
 * Refuses NOT_FOUND, ENTRY_ALREADY_REVERSED, PERIOD_LOCKED.
 */
export async function reverse(tx: TenantTx, ctx: Context, reversal: { readonly entryId: EntryId; readonly date?: LocalDate | undefined; readonly label?: string | undefined }): Promise<PostedEntry> {
  await lockChain(tx)
  const entry = await findEntry(tx, reversal.entryId)
  if (!entry) throw new Refusal('NOT_FOUND')
  if (entry.reversedById) throw new Refusal('ENTRY_ALREADY_REVERSED', { number: entry.number })
  const lines = await findLines(tx, [entry.id])
  await removeLettering(tx, lines.filter((line) => line.lettering !== null))
  const draft = inOurForm(entryDraft(entry, lines), entry.number)
  const date = reversal.date ?? await reversalDay(tx, ctx, entry.date)
  const label = reversal.label ?? `Contrepassation ${entry.number} - ${entry.label}`
  const [posted] = await post(tx, ctx, [{ ...reverseDraft(draft, { date, label }), source: 'reversal', sourceId: null, reversesId: entry.id, isOpening: entry.isOpening }])
  return posted!
}
