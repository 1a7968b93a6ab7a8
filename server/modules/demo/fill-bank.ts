import { assert } from '../../../core/kernel/assert.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { AUTOMATIC_THRESHOLD } from '../../../core/matching/confidence.ts'
import { type AccountView, commitImport, linesOfImport, type PostableLine, postBankLines, previewImport } from '../banking/index.ts'
import { acceptMany, type Decision, evidenceFor, openWorld, proposalsFor } from '../reconciliation/index.ts'
import type { Work } from './fill-sales.ts'
import type { DemoBankLine, DemoCompany, DemoStep } from './generator/plan.ts'

const LINES_MAX = 500

/** A bank line of the plan, and the one the product made of it. */
export type Pair = { readonly planned: DemoBankLine; readonly line: PostableLine }

/** Whether a line is old enough to have been treated. */
export function isTreated(planned: DemoBankLine, before: DemoCompany['treatedBefore']): boolean {
  const day: LocalDate = planned.meaning.kind === 'payment' ? before.customers : before.others
  return planned.on < day
}

/** A step of the bank: its file is uploaded and taken, and its entries are made. */
export async function importStatement({ app, tx, ctx }: Work, step: DemoStep, account: AccountView): Promise<Pair[]> {
  if (step.statement === null) return []
  const { fileName } = step.statement
  const preview = await previewImport(app, ctx, step.statement)
  await commitImport(app, ctx, { id: preview.row.id, choice: {} })
  // The job that does this was asked for too, and finds nothing left to do.
  await postBankLines(app, ctx, preview.row.id)
  const stored = await linesOfImport(tx, preview.row.id, LINES_MAX)
  assert(stored.length === step.bankLines.length, `every line of ${fileName} is new`)
  return step.bankLines.map((planned, index): Pair => {
    const line = stored[index]!
    assert(line.amount === planned.amount && line.bookedOn === planned.on, `line ${index + 1} of ${fileName} is the planned one`)
    return { planned, line: { ...line, ledgerAccount: account.ledgerAccount, suspenseAccount: account.suspenseAccount } }
  })
}

/**
 * Customers' payments are accepted as a person does: with the grounds of the proposal that says the same, by hand when there is
 * none. `isProposed` is false for old months, which are not worth the time of proposing.
 */
export async function acceptPayments({ tx, ctx, known }: Work, pairs: readonly Pair[], isProposed: boolean): Promise<void> {
  const payments = pairs.filter(({ planned }) => planned.meaning.kind === 'payment')
  if (payments.length === 0) return
  const proposals = isProposed ? await proposalsFor(tx, await openWorld(tx, ctx), payments.map(({ line }) => line)) : []
  const decisions = payments.map(({ planned, line }, index): Decision => {
    assert(planned.meaning.kind === 'payment', 'only payments come here')
    const { parts, residual } = planned.meaning
    const demand = { lineId: line.id, allocations: new Map(parts.map(({ invoice, amount }) => [known.invoices.get(invoice.key)!, amount])), residual }
    const evidence = evidenceFor(demand, proposals[index] ?? [])
    return { demand, evidence: { ...evidence, automatic: (evidence.confidence ?? 0) >= AUTOMATIC_THRESHOLD } }
  })
  await acceptMany(tx, ctx, decisions)
}
