import { assert } from '../../../core/kernel/assert.ts'
import { signedLine } from '../../../core/ledger/signed.ts'
import { recordAudit } from '../audit/index.ts'
import { pieceOf, treatLines } from '../banking/index.ts'
import { letterMany, type LetteringInput, type LineKey, post, type PostedEntry, type PostingDraft } from '../ledger/index.ts'
import type { Pair } from './fill-bank.ts'
import type { Work } from './fill-sales.ts'
import type { DemoEntry } from './generator/plan.ts'

/** The line of a bank line's entry that stands on the waiting account, and that of the entry that clears it. */
const BANK_SUSPENSE_LINE = 2
const CLEARING_LINE = 1
const SUPPLIERS = '401000'

/** Purchases that wait for their payment: the supplier's line of each, by document. */
export type OpenPurchases = Map<string, { readonly key: LineKey; readonly auxiliary: string }>

function draftOf(entry: DemoEntry, { known }: Work): PostingDraft {
  const lines = entry.lines.map((line) => {
    // The plan names a customer by its key: the books know it by its code.
    const code = line.auxiliary && known.customers.get(line.auxiliary.code)?.code
    return { ...line, label: line.label || entry.label, auxiliary: line.auxiliary && code ? { ...line.auxiliary, code } : line.auxiliary }
  })
  const { isOpening = false, journal, date, pieceRef, label } = entry
  return { journal, date, pieceRef, pieceDate: date, label, lines, source: isOpening ? 'opening' : 'manual', sourceId: null, isOpening }
}

/** The entry that clears a bank line that no customer made, against what was paid. */
function clearingOf({ planned, line }: Pair): PostingDraft {
  assert(planned.meaning.kind === 'entry', 'customers\' payments are matched')
  const { label, counterparts } = planned.meaning
  const lines = [signedLine(line.suspenseAccount, line.amount, { label }), ...counterparts.map((one) => ({ ...one, label: one.label || label }))]
  return { journal: 'BQ', date: line.bookedOn, pieceRef: pieceOf(line), pieceDate: line.bookedOn, label, lines, source: 'manual', sourceId: null }
}

function remember(entry: DemoEntry, posted: PostedEntry, purchases: OpenPurchases): void {
  const at = entry.lines.findIndex((line) => line.account === SUPPLIERS && line.credit > 0n)
  if (at >= 0) purchases.set(entry.pieceRef, { key: { entryId: posted.id, n: at + 1 }, auxiliary: entry.lines[at]!.auxiliary?.code ?? '' })
}

/** The letters of a cleared bank line: on the waiting account, and with the purchase it pays. */
function lettersOf({ planned: { meaning, details }, line }: Pair, { id: entryId }: PostedEntry, purchases: OpenPurchases): LetteringInput[] {
  const cleared: LetteringInput = { account: line.suspenseAccount, auxiliary: null, lines: [{ entryId: line.entryId!, n: BANK_SUSPENSE_LINE }, { entryId, n: CLEARING_LINE }] }
  const bought = details.remittance === undefined ? undefined : purchases.get(details.remittance)
  const at = meaning.kind === 'entry' ? meaning.counterparts.findIndex((one) => one.account === SUPPLIERS) : -1
  if (!bought || at < 0) return [cleared]
  purchases.delete(details.remittance!)
  return [cleared, { account: SUPPLIERS, auxiliary: bought.auxiliary, lines: [bought.key, { entryId, n: CLEARING_LINE + 1 + at }] }]
}

/** Posts a month's entries and clears the bank lines that no customer made, in one posting and in the order of days. */
export async function postEntries(work: Work, { entries, pairs }: { readonly entries: readonly DemoEntry[]; readonly pairs: readonly Pair[] }, purchases: OpenPurchases): Promise<void> {
  const { tx, ctx } = work
  const cleared = pairs.filter(({ planned }) => planned.meaning.kind === 'entry')
  const plans = [...entries.map((entry) => ({ entry, pair: null, draft: draftOf(entry, work) })), ...cleared.map((pair) => ({ entry: null, pair, draft: clearingOf(pair) }))]
    .sort((a, b) => (a.draft.date === b.draft.date ? 0 : a.draft.date < b.draft.date ? -1 : 1))
  if (plans.length === 0) return
  const posted = await post(tx, ctx, plans.map(({ draft }) => draft))
  for (const [index, { entry }] of plans.entries()) if (entry) remember(entry, posted[index]!, purchases)
  await treatLines(tx, cleared.map(({ line }) => ({ id: line.id, by: line.amount })))
  await letterMany(tx, ctx, plans.flatMap(({ pair }, index) => (pair ? lettersOf(pair, posted[index]!, purchases) : [])))
  await recordAudit(tx, ctx, { action: 'entry.post', subjectKind: 'entry', subjectId: posted[0]!.id, after: { count: posted.length, from: plans[0]!.draft.date, to: plans.at(-1)!.draft.date } })
}
