import { nextFiscalYear } from '../../../core/ledger/fiscal-year.ts'
import { openingEntry } from '../../../core/ledger/opening.ts'
import { addDays } from '../../../core/kernel/local-date.ts'
import type { EntryDraft } from '../../../core/ledger/entry.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { recordAudit } from '../audit/index.ts'
import { type FiscalYearRow, listFiscalYears } from './books-store.ts'
import { type EntryView, readEntryView } from './entries.ts'
import { findEntry, findLines } from './entry-store.ts'
import { addFiscalYear } from './open-books.ts'
import { findClosingBalances, findOpeningEntryId, hasEntriesBefore, hasOpening } from './opening-store.ts'
import { post } from './post.ts'
import { lockChain } from './posting-store.ts'
import { entryDraft, reverse } from './reverse.ts'

/** The year that starts the day after; it is created when the company does not have it yet. */
async function yearAfter(tx: TenantTx, year: FiscalYearRow, years: readonly FiscalYearRow[]): Promise<FiscalYearRow> {
  const start = addDays(year.endsOn, 1)
  const found = years.find((candidate) => candidate.startsOn === start)
  if (found) return found
  const next = nextFiscalYear({ start: year.startsOn, end: year.endsOn, periods: [] })
  return addFiscalYear(tx, { startsOn: next.start, endsOn: next.end })
}

function sameLines(a: EntryDraft, b: EntryDraft): boolean {
  const text = (draft: EntryDraft) => JSON.stringify(draft.lines.map((line) => [line.account, line.auxiliary?.code ?? '', line.debit.toString(), line.credit.toString()]))
  return text(a) === text(b)
}

/**
 * Carries the balances of a year forward into the opening entry of the next one, number 1 of that year. It is provisional while
 * the year is open: asked again after a change, the entry is reversed and replaced; without a change it stays.
 * Refuses NOT_FOUND, OPENING_EMPTY, OPENING_PREVIOUS_MISSING, YEAR_NOT_EMPTY when the next year has imported opening balances.
 */
export async function openNextYear(app: App, ctx: Context, fiscalYearId: string): Promise<EntryView> {
  authorize(ctx, 'ledger.post')
  return app.db.tenant(ctx, async (tx) => {
    await lockChain(tx)
    const years = await listFiscalYears(tx)
    const year = years.find((candidate) => candidate.id === fiscalYearId)
    if (!year) throw new Refusal('NOT_FOUND')
    if (!(await hasOpening(tx, year.id)) && await hasEntriesBefore(tx, year.startsOn)) throw new Refusal('OPENING_PREVIOUS_MISSING', { startsOn: year.startsOn })
    const next = await yearAfter(tx, year, years)
    const draft = openingEntry(await findClosingBalances(tx, year.id), { date: next.startsOn, provisional: year.status === 'open' })
    const standing = await findOpeningEntryId(tx, next.id)
    if (!standing && await hasOpening(tx, next.id)) throw new Refusal('YEAR_NOT_EMPTY')
    if (standing) {
      const entry = (await findEntry(tx, standing))!
      if (sameLines(entryDraft(entry, await findLines(tx, [standing])), draft)) return readEntryView(tx, standing)
      await reverse(tx, ctx, { entryId: standing, date: next.startsOn })
    }
    if (draft.lines.length === 0) throw new Refusal('OPENING_EMPTY')
    const [posted] = await post(tx, ctx, [{ ...draft, source: 'opening', sourceId: year.id, isOpening: true }])
    await recordAudit(tx, ctx, { action: 'fiscal-year.open', subjectKind: 'fiscal-year', subjectId: next.id, before: standing ? { entryId: standing } : null, after: { entryId: posted!.id, number: posted!.number } })
    return readEntryView(tx, posted!.id)
  })
}
