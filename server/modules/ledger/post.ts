import { assert } from '../../../core/kernel/assert.ts'
import type { EntryId, FiscalYearId } from '../../../core/kernel/id.ts'
import { later, type LocalDate } from '../../../core/kernel/local-date.ts'
import { sum } from '../../../core/kernel/money.ts'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { checkEntry } from '../../../core/ledger/entry.ts'
import type { Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { buildBatch, type ReadyEntry } from './batch.ts'
import {
  type ChainEnd, findBySource, findExisting, hasOpeningNumber, holdPeriods, insertBatch, insertMissingAccounts, lockChain, type PeriodRow, takeNumbers,
} from './posting-store.ts'
import type { PostedEntry, PostingDraft } from './types.ts'

/** Lines one statement carries at most, so that a large import never holds the session for long. */
const BATCH_LINES_MAX = 6_000
const OPENING_NUMBER = 1

/** The form of a number: six digits, more when a year needs more. */
export function entryNumber(count: number): string {
  return String(count).padStart(6, '0')
}

/** A line without words of its own takes the entry's, so that what is hashed is what is stored. */
function complete(draft: PostingDraft): PostingDraft {
  return draft.lines.every((line) => line.label) ? draft : { ...draft, lines: draft.lines.map((line) => (line.label ? line : { ...line, label: draft.label })) }
}

/** Imported entries keep what another ledger allowed (negative amounts, a single line at zero); they balance all the same. */
function problemsOf(draft: PostingDraft): Problem[] {
  if (!draft.imported) return checkEntry(draft)
  if (draft.lines.length > 0 && sum(draft.lines.map((line) => line.debit - line.credit)) === 0n) return []
  return [problem('ENTRY_UNBALANCED', {
    fr: `L'écriture ${draft.imported.number} du journal ${draft.journal} n'est pas équilibrée. Corrigez-la dans le fichier.`,
    en: `Entry ${draft.imported.number} of journal ${draft.journal} does not balance. Correct it in the file.`,
  })]
}

function refuseInvalid(drafts: readonly PostingDraft[]): void {
  const problems = drafts.flatMap(problemsOf)
  if (problems.length > 0) throw new Refusal('ENTRY_INVALID', {}, problems)
}

function refuseUnknownJournals(wanted: ReadonlySet<string>, existing: ReadonlySet<string>): void {
  const problems = [...wanted].filter((code) => !existing.has(code)).map((code) => problem('ENTRY_JOURNAL_UNKNOWN', {
    fr: `Le journal « ${code} » n'existe pas. Choisissez un journal de la liste.`,
    en: `The journal "${code}" does not exist. Choose a journal of the list.`,
  }, { field: 'journal' }))
  if (problems.length > 0) throw new Refusal('ENTRY_INVALID', {}, problems)
}

/** Finds the period of a day, which must exist and be open. Drafts mostly come by date, so the last answer is tried first. */
function periodFinder(periods: readonly PeriodRow[]): (date: LocalDate) => PeriodRow {
  let last: PeriodRow | undefined
  return (date) => {
    if (!(last && last.startsOn <= date && date <= last.endsOn)) last = periods.find((period) => period.startsOn <= date && date <= period.endsOn)
    if (!last) throw new Refusal('NO_FISCAL_YEAR', { date })
    if (!last.open) throw new Refusal('PERIOD_LOCKED', { date })
    return last
  }
}

async function loadPeriods(tx: TenantTx, drafts: readonly PostingDraft[]): Promise<(date: LocalDate) => PeriodRow> {
  let from = drafts[0]!.date
  let to = from
  for (const { date } of drafts) {
    if (date < from) from = date
    if (date > to) to = date
  }
  const find = periodFinder(await holdPeriods(tx, from, to))
  for (const { date } of drafts) find(date)
  return find
}

type Placed = { readonly draft: PostingDraft; readonly period: PeriodRow }

/** Numbers follow the order of the drafts. An imported entry keeps its own; the first opening entry of a year takes number 1. */
async function number(tx: TenantTx, placed: readonly Placed[]): Promise<string[]> {
  const openingTaken = new Set<FiscalYearId>()
  const counts = new Map<FiscalYearId, number>()
  const plan: ('imported' | 'opening' | 'next')[] = []
  for (const { draft, period: { fiscalYearId } } of placed) {
    const isOpening = draft.source === 'opening' && !openingTaken.has(fiscalYearId)
    const kind = draft.imported ? 'imported' : isOpening && !(await hasOpeningNumber(tx, fiscalYearId, entryNumber(OPENING_NUMBER))) ? 'opening' : 'next'
    if (isOpening) openingTaken.add(fiscalYearId)
    if (kind === 'next') counts.set(fiscalYearId, (counts.get(fiscalYearId) ?? 0) + 1)
    plan.push(kind)
  }
  const next = counts.size > 0 ? await takeNumbers(tx, counts) : new Map<FiscalYearId, number>()
  return placed.map(({ draft, period: { fiscalYearId } }, index) => {
    if (plan[index] === 'imported') return draft.imported!.number
    if (plan[index] === 'opening') return entryNumber(OPENING_NUMBER)
    const given = next.get(fiscalYearId)
    assert(given !== undefined, 'a year gives numbers to its own entries')
    next.set(fiscalYearId, given + 1)
    return entryNumber(given)
  })
}

/** The day of validation is never before the day of the entry: a FEC with such an entry is refused. */
function validationDay(draft: PostingDraft, today: LocalDate): LocalDate {
  return draft.imported ? draft.imported.validatedOn ?? draft.date : later(today, draft.date)
}

function* chunks(ready: readonly ReadyEntry[]): Generator<ReadyEntry[]> {
  let chunk: ReadyEntry[] = []
  let lines = 0
  for (const entry of ready) {
    if (chunk.length > 0 && lines + entry.draft.lines.length > BATCH_LINES_MAX) {
      yield chunk
      chunk = []
      lines = 0
    }
    chunk.push(entry)
    lines += entry.draft.lines.length
  }
  if (chunk.length > 0) yield chunk
}

async function write(tx: TenantTx, ready: readonly ReadyEntry[], link: { readonly end: ChainEnd; readonly postedBy: string | null }): Promise<PostedEntry[]> {
  const posted: PostedEntry[] = []
  let { end } = link
  for (const chunk of chunks(ready)) {
    const batch = buildBatch(chunk, end)
    end = batch.end
    await insertBatch(tx, batch.columns, { ...end, postedBy: link.postedBy })
    posted.push(...batch.posted)
  }
  return posted
}

function sourceKey(entry: { readonly source: string; readonly sourceId: string | null }): string | undefined {
  return entry.sourceId && (entry.source === 'bank' || entry.source === 'invoice') ? `${entry.source}\t${entry.sourceId}` : undefined
}

async function alreadyPosted(tx: TenantTx, drafts: readonly PostingDraft[]): Promise<Map<string, PostedEntry>> {
  const sourceIds = drafts.filter(sourceKey).map((draft) => draft.sourceId!)
  if (sourceIds.length === 0) return new Map()
  return new Map((await findBySource(tx, sourceIds)).map((entry) => [sourceKey(entry)!, entry]))
}

/** A draft that an earlier call, or an earlier draft of this one, has posted is answered and not posted again. */
function split(drafts: readonly PostingDraft[], known: ReadonlyMap<string, PostedEntry>): PostingDraft[] {
  const seen = new Set<string>()
  return drafts.filter((draft) => {
    const key = sourceKey(draft)
    if (!key) return true
    if (known.has(key) || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/**
 * Posts entries validated, in the order given, within the caller's transaction: checks them, gives each its period, its number
 * and its place in the tenant's chain, and adds them to the monthly balances. Accounts that are missing are opened under the
 * chart's label. An invoice or a bank line that has posted before is answered with the entry it made. The answers follow the drafts.
 * Refuses NO_FISCAL_YEAR, PERIOD_LOCKED, ENTRY_INVALID. From here to the end of the transaction no other entry of the tenant is
 * posted: call it late, and write the audit after it.
 */
export async function post(tx: TenantTx, ctx: Context, drafts: readonly PostingDraft[]): Promise<PostedEntry[]> {
  if (drafts.length === 0) return []
  refuseInvalid(drafts)
  const periodOf = await loadPeriods(tx, drafts)
  const accounts = new Set(drafts.flatMap((draft) => draft.lines.map((line) => line.account)))
  const journals = new Set(drafts.map((draft) => draft.journal))
  const existing = await findExisting(tx, [...accounts], [...journals])
  refuseUnknownJournals(journals, existing.journals)

  const end = await lockChain(tx)
  assert(end, 'the books of a company are opened when it is created')
  await insertMissingAccounts(tx, accounts, existing.accounts)
  const known = await alreadyPosted(tx, drafts)
  const fresh = split(drafts, known)
  const placed = fresh.map((draft) => ({ draft: complete(draft), period: periodOf(draft.date) }))
  const numbers = await number(tx, placed)
  const ready = placed.map(({ draft, period }, index): ReadyEntry => ({
    id: draft.id ?? (uuidv7() as EntryId), draft, fiscalYearId: period.fiscalYearId, periodId: period.periodId,
    number: numbers[index]!, validatedOn: validationDay(draft, ctx.today),
  }))
  const posted = await write(tx, ready, { end, postedBy: ctx.userId })
  if (posted.length === drafts.length) return posted
  const bySource = new Map([...known, ...posted.filter(sourceKey).map((entry) => [sourceKey(entry)!, entry] as const)])
  const rest = posted.values()
  const isFresh = new Set(fresh)
  return drafts.map((draft) => (isFresh.has(draft) ? rest.next().value! : { ...bySource.get(sourceKey(draft)!)!, existed: true }))
}
