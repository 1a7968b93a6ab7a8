import { assert } from '../../../core/kernel/assert.ts'
import type { EntryId } from '../../../core/kernel/id.ts'
import { AUTOMATIC_THRESHOLD } from '../../../core/matching/confidence.ts'
import { signedLine } from '../../../core/ledger/signed.ts'
import { commitImport, linesOfImport, lockLines, pieceOf, type PostableLine, postBankLines, previewImport, treatLines } from '../banking/index.ts'
import { letterMany, type LetteringInput, type LineKey, post, type PostingDraft } from '../ledger/index.ts'
import { acceptMany, type Decision, evidenceFor, openWorld, proposalsFor } from '../reconciliation/index.ts'
import type { Work } from './fill-sales.ts'
import type { DemoBankLine, DemoCompany, DemoMonth } from './generator/plan.ts'

/** The line of a bank line's entry that stands on the waiting account, and that of the entry that clears it. */
const BANK_SUSPENSE_LINE = 2
const CLEARING_LINE = 1
const LINES_A_MONTH_MAX = 500
const SUPPLIERS = '401000'

/** A bank line of the plan, and the one the product made of it. */
type Pair = { readonly planned: DemoBankLine; readonly line: PostableLine }

/** Purchases that wait for their payment: the supplier's line of each, by document. */
export type OpenPurchases = Map<string, { readonly key: LineKey; readonly auxiliary: string }>

/** A month of the bank: its file is uploaded and taken, its entries are made, and what is old enough is treated. */
export async function fillBank(work: Work, month: DemoMonth, company: { readonly treatedBefore: DemoCompany['treatedBefore']; readonly purchases: OpenPurchases; readonly isRecent: boolean }): Promise<void> {
  if (month.statement === null) return
  const pairs = await importStatement(work, month, month.statement)
  const old = pairs.filter(({ planned }) => planned.on < (planned.meaning.kind === 'payment' ? company.treatedBefore.customers : company.treatedBefore.others))
  await treatByEntries(work, old.filter(({ planned }) => planned.meaning.kind === 'entry'), company.purchases)
  await acceptPayments(work, old.filter(({ planned }) => planned.meaning.kind === 'payment'), company.isRecent)
}

async function importStatement({ app, tx, ctx }: Work, month: DemoMonth, file: NonNullable<DemoMonth['statement']>): Promise<Pair[]> {
  const preview = await previewImport(app, ctx, file)
  await commitImport(app, ctx, { id: preview.row.id, choice: {} })
  // The job that does this was asked for too, and finds nothing left to do.
  await postBankLines(app, ctx, preview.row.id)
  const stored = await linesOfImport(tx, preview.row.id, LINES_A_MONTH_MAX)
  assert(stored.length === month.bankLines.length, `every line of ${file.fileName} is new`)
  const held = new Map((await lockLines(tx, stored.map((line) => line.id))).map((line) => [line.id, line]))
  return month.bankLines.map((planned, index): Pair => {
    const line = held.get(stored[index]!.id)!
    assert(line.amount === planned.amount && line.bookedOn === planned.on, `line ${index + 1} of ${file.fileName} is the planned one`)
    return { planned, line }
  })
}

/** Bank lines that no customer made: one entry each clears the waiting account against what was paid. */
async function treatByEntries({ tx, ctx }: Work, pairs: readonly Pair[], purchases: OpenPurchases): Promise<void> {
  if (pairs.length === 0) return
  const drafts = pairs.map(({ planned, line }): PostingDraft => {
    assert(planned.meaning.kind === 'entry', 'only entries come here')
    const { label, counterparts } = planned.meaning
    const lines = [signedLine(line.suspenseAccount, line.amount, { label }), ...counterparts.map((one) => ({ ...one, label: one.label || label }))]
    return { journal: 'BQ', date: line.bookedOn, pieceRef: pieceOf(line), pieceDate: line.bookedOn, label, lines, source: 'manual', sourceId: null }
  })
  const entries = await post(tx, ctx, drafts)
  await treatLines(tx, pairs.map(({ line }) => ({ id: line.id, by: line.amount })))
  const letters = pairs.flatMap(({ planned, line }, index): LetteringInput[] => {
    const entryId = entries[index]!.id
    return [
      { account: line.suspenseAccount, auxiliary: null, lines: [{ entryId: line.entryId!, n: BANK_SUSPENSE_LINE }, { entryId, n: CLEARING_LINE }] },
      ...purchaseLetter(planned, entryId, purchases),
    ]
  })
  await letterMany(tx, ctx, letters)
}

/** A supplier's payment is lettered with its purchase. */
function purchaseLetter({ meaning, details }: DemoBankLine, entryId: EntryId, purchases: OpenPurchases): LetteringInput[] {
  const bought = details.remittance === undefined ? undefined : purchases.get(details.remittance)
  if (!bought || meaning.kind !== 'entry') return []
  const n = meaning.counterparts.findIndex((line) => line.account === SUPPLIERS)
  if (n < 0) return []
  purchases.delete(details.remittance!)
  return [{ account: SUPPLIERS, auxiliary: bought.auxiliary, lines: [bought.key, { entryId, n: CLEARING_LINE + 1 + n }] }]
}

/** Customers' payments are accepted as a person does: with the grounds of the proposal that says the same, by hand when there is none. Old ones are not worth the time of proposing. */
async function acceptPayments({ tx, ctx, known }: Work, pairs: readonly Pair[], isRecent: boolean): Promise<void> {
  if (pairs.length === 0) return
  const proposals = isRecent ? await proposalsFor(tx, await openWorld(tx, ctx), pairs.map(({ line }) => line)) : []
  const decisions = pairs.map(({ planned, line }, index): Decision => {
    assert(planned.meaning.kind === 'payment', 'only payments come here')
    const { parts, residual } = planned.meaning
    const demand = { lineId: line.id, allocations: new Map(parts.map(({ invoice, amount }) => [known.invoices.get(invoice.key)!, amount])), residual }
    const evidence = evidenceFor(demand, proposals[index] ?? [])
    return { demand, evidence: { ...evidence, automatic: (evidence.confidence ?? 0) >= AUTOMATIC_THRESHOLD } }
  })
  await acceptMany(tx, ctx, decisions)
}
