import type { EntryQuery, NewEntry } from '../../../contract/ledger.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import type { EntryId } from '../../../core/kernel/id.ts'
import { type LocalDate, parseDate } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { accountLabel, padAccount } from '../../../core/ledger/accounts.ts'
import type { LineDraft } from '../../../core/ledger/entry.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { type DraftRow, type EntryKey, findAccountLabels, findDrafts, insertDraft, journalExists, listEntryKeys, takeDraft, updateDraft } from './draft-store.ts'
import { type EntryRow, findEntries, findEntry, findLines, type LineRow } from './entry-store.ts'
import { post } from './post.ts'
import { reverse } from './reverse.ts'

/** A draft or a validated entry, with the labels of its accounts. */
export type EntryView =
  | { readonly status: 'draft'; readonly draft: DraftRow; readonly accountLabels: ReadonlyMap<string, string> }
  | { readonly status: 'validated'; readonly entry: EntryRow; readonly lines: readonly LineRow[] }

async function view(tx: TenantTx, keys: readonly { readonly id: string }[]): Promise<Map<string, EntryView>> {
  const ids = keys.map((key) => key.id)
  const views = new Map<string, EntryView>()
  const lines = Map.groupBy(await findLines(tx, ids), (line) => line.entryId as string)
  for (const entry of await findEntries(tx, ids)) views.set(entry.id, { status: 'validated', entry, lines: lines.get(entry.id) ?? [] })
  const drafts = await findDrafts(tx, ids.filter((id) => !views.has(id)))
  const numbers = [...new Set(drafts.flatMap((draft) => draft.lines.map((line) => line.account)))]
  const open = drafts.length > 0 ? await findAccountLabels(tx, numbers) : new Map<string, string>()
  const accountLabels = new Map(numbers.map((number) => [number, open.get(number) ?? accountLabel(number)]))
  for (const draft of drafts) views.set(draft.id, { status: 'draft', draft, accountLabels })
  return views
}

/** One draft or validated entry within a transaction. Refuses NOT_FOUND. */
export async function readEntryView(tx: TenantTx, id: string): Promise<EntryView> {
  const found = (await view(tx, [{ id }])).get(id)
  if (!found) throw new Refusal('NOT_FOUND')
  return found
}

export type EntryListing = { readonly key: EntryKey; readonly view: EntryView }

/** Drafts and validated entries, the latest day first. `after` is the last key of the page before. */
export async function browseEntries(app: App, ctx: Context, query: Omit<EntryQuery, 'cursor' | 'limit'> & { readonly after: { date: string; seq: string; id: string } | null; readonly limit: number }): Promise<EntryListing[]> {
  authorize(ctx, 'ledger.read')
  return app.db.tenant(ctx, async (tx) => {
    const keys = await listEntryKeys(tx, {
      from: dayOf(query.from, 'from'), to: dayOf(query.to, 'to'), journal: query.journal ?? null, status: query.status ?? null,
      search: query.search?.trim() || null, after: query.after, limit: query.limit,
    })
    const views = await view(tx, keys)
    return keys.flatMap((key) => { const found = views.get(key.id); return found ? [{ key, view: found }] : [] })
  })
}

/** A day of a request. Refuses REQUEST_INVALID for one the calendar does not have. */
export function dayOf(text: string | undefined, field: string): LocalDate | null {
  if (text === undefined) return null
  const day = parseDate(text)
  if (day) return day
  throw new Refusal('REQUEST_INVALID', {}, [problem('ENTRY_DATE', { fr: `La date « ${text} » n'existe pas. Écrivez-la AAAA-MM-JJ.`, en: `The date "${text}" does not exist. Write it YYYY-MM-DD.` }, { field })])
}

/** One draft or validated entry. Refuses NOT_FOUND. */
export async function readEntry(app: App, ctx: Context, id: string): Promise<EntryView> {
  authorize(ctx, 'ledger.read')
  return app.db.tenant(ctx, (tx) => readEntryView(tx, id))
}

function lineOf(line: NewEntry['lines'][number], place: { readonly number: number; readonly currency: Currency; readonly problems: Problem[] }): LineDraft {
  const amount = (text: string | undefined, field: string): bigint => {
    const parsed = parseAmount(text ?? '0', place.currency, { line: place.number, field })
    if (parsed.ok) return parsed.value
    place.problems.push(parsed.problem)
    return 0n
  }
  return {
    account: padAccount(line.account), auxiliary: line.auxiliary ?? null, label: line.label ?? '',
    debit: amount(line.debit, 'debit'), credit: amount(line.credit, 'credit'), foreign: null,
  }
}

/** A draft may be incomplete or unbalanced; what cannot be read at all is refused. */
async function draftOf(tx: TenantTx, ctx: Context, given: NewEntry & { readonly id: string }): Promise<DraftRow> {
  const problems: Problem[] = []
  const lines = given.lines.map((line, index) => lineOf(line, { number: index + 1, currency: ctx.currency, problems }))
  if (!(await journalExists(tx, given.journal))) {
    problems.push(problem('ENTRY_JOURNAL_UNKNOWN', { fr: `Le journal « ${given.journal} » n'existe pas. Choisissez un journal de la liste.`, en: `The journal "${given.journal}" does not exist. Choose a journal of the list.` }, { field: 'journal' }))
  }
  if (problems.length > 0) throw new Refusal('ENTRY_INVALID', {}, problems)
  const date = dayOf(given.date, 'date')!
  return { id: given.id, journal: given.journal, date, pieceRef: given.pieceRef, pieceDate: dayOf(given.pieceDate, 'pieceDate') ?? date, label: given.label, lines }
}

function trace(draft: DraftRow): Record<string, unknown> {
  return { ...draft, lines: draft.lines.map((line) => ({ ...line, debit: line.debit.toString(), credit: line.credit.toString() })) }
}

/** Stores a draft; nothing of it is checked against the books yet. Refuses ENTRY_INVALID for what cannot be read. */
export async function createDraft(app: App, ctx: Context, given: NewEntry): Promise<EntryView> {
  authorize(ctx, 'ledger.draft')
  return app.db.tenant(ctx, async (tx) => {
    const draft = await draftOf(tx, ctx, { ...given, id: uuidv7() })
    await insertDraft(tx, draft, ctx.userId)
    await recordAudit(tx, ctx, { action: 'entry.draft', subjectKind: 'entry', subjectId: draft.id, before: null, after: trace(draft) })
    return readEntryView(tx, draft.id)
  })
}

async function refuseFinal(tx: TenantTx, id: string): Promise<never> {
  const entry = await findEntry(tx, id)
  throw entry ? new Refusal('ENTRY_FINAL', { number: entry.number }) : new Refusal('NOT_FOUND')
}

/** Replaces a draft. Refuses ENTRY_FINAL for a validated entry, ENTRY_INVALID, NOT_FOUND. */
export async function changeDraft(app: App, ctx: Context, change: { readonly id: string; readonly entry: NewEntry }): Promise<EntryView> {
  authorize(ctx, 'ledger.draft')
  return app.db.tenant(ctx, async (tx) => {
    const [before] = await findDrafts(tx, [change.id])
    if (!before) return refuseFinal(tx, change.id)
    const draft = await draftOf(tx, ctx, { ...change.entry, id: change.id })
    if (!(await updateDraft(tx, draft))) return refuseFinal(tx, change.id)
    await recordAudit(tx, ctx, { action: 'entry.update', subjectKind: 'entry', subjectId: draft.id, before: trace(before), after: trace(draft) })
    return readEntryView(tx, draft.id)
  })
}

/** Throws a draft away. Refuses ENTRY_FINAL for a validated entry, NOT_FOUND. */
export async function deleteDraft(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'ledger.draft')
  await app.db.tenant(ctx, async (tx) => {
    const draft = await takeDraft(tx, id)
    if (!draft) return refuseFinal(tx, id)
    await recordAudit(tx, ctx, { action: 'entry.delete', subjectKind: 'entry', subjectId: id, before: trace(draft), after: null })
  })
}

/** Makes a draft an entry, under the same id: it receives its number and is final. Refuses what `post` refuses, ENTRY_FINAL, NOT_FOUND. */
export async function validateDraft(app: App, ctx: Context, id: string): Promise<EntryView> {
  authorize(ctx, 'ledger.post')
  return app.db.tenant(ctx, async (tx) => {
    const draft = await takeDraft(tx, id)
    if (!draft) return refuseFinal(tx, id)
    const [posted] = await post(tx, ctx, [{ ...draft, id: id as EntryId, source: 'manual', sourceId: null }])
    await recordAudit(tx, ctx, { action: 'entry.validate', subjectKind: 'entry', subjectId: id, after: { number: posted!.number, date: posted!.date, journal: posted!.journal } })
    return readEntryView(tx, id)
  })
}

/** Entries that follow a document: reversing them alone would part the books from it. */
const FOLLOWS_A_DOCUMENT: ReadonlySet<string> = new Set(['invoice', 'bank', 'match'])

/** Undoes a validated entry by another one and answers it. Refuses ENTRY_OF_DOCUMENT and what `reverse` refuses. */
export async function reverseEntry(app: App, ctx: Context, reversal: { readonly id: string; readonly date?: string | undefined; readonly label?: string | undefined }): Promise<EntryView> {
  authorize(ctx, 'ledger.post')
  return app.db.tenant(ctx, async (tx) => {
    const entry = await findEntry(tx, reversal.id)
    if (entry && FOLLOWS_A_DOCUMENT.has(entry.source)) throw new Refusal('ENTRY_OF_DOCUMENT', { number: entry.number })
    const posted = await reverse(tx, ctx, { entryId: reversal.id as EntryId, date: dayOf(reversal.date, 'date') ?? undefined, label: reversal.label?.trim() || undefined })
    await recordAudit(tx, ctx, { action: 'entry.reverse', subjectKind: 'entry', subjectId: reversal.id, after: { reversedById: posted.id, number: posted.number, date: posted.date } })
    return readEntryView(tx, posted.id)
  })
}
