import { ACCOUNT } from '../../../core/ledger/accounts.ts'
import { addDays } from '../../../core/kernel/local-date.ts'
import { absolute } from '../../../core/kernel/money.ts'
import { emptyMemory, remember } from '../../../core/matching/memory.ts'
import type { Memory, OpenInvoice, Proposal, Reason, ResidualKind } from '../../../core/matching/model.ts'
import { proposalSource, type ProposalSource, proposeFrom } from '../../../core/matching/propose.ts'
import type { Context } from '../../platform/access/context.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import type { PostableLine } from '../banking/index.ts'
import { customerNames } from '../party/index.ts'
import { excludedInvoices, lessons, openInvoices, type OpenRow, paidInvoices } from './store.ts'

const OPEN_INVOICES_MAX = 20_000
const PAID_INVOICES_MAX = 5_000
const CUSTOMERS_MAX = 20_000
/** The latest matches that teach who pays in which words. */
const LESSONS_MAX = 1_000
const PAID_DAYS = 130

/** What is open at a moment, prepared to propose for many lines. */
export type OpenWorld = { readonly source: ProposalSource; readonly invoices: ReadonlyMap<string, OpenRow>; readonly names: ReadonlyMap<string, string> }

/** The difference of a proposal and the account it goes to; an overpayment stays on the waiting account of the bank. */
export type ProposedResidual = { readonly kind: 'bank_fee' | 'discount' | 'rounding' | 'overpayment'; readonly amount: bigint; readonly account: string }
export type LineProposal = {
  readonly confidence: number
  readonly automatic: boolean
  readonly reasons: readonly Reason[]
  readonly allocations: readonly { readonly invoice: OpenRow; readonly customerName: string; readonly amount: bigint }[]
  readonly residual: ProposedResidual | null
}

/** Loads what is open in the company's currency, who the customers are and what earlier matches taught. */
export async function openWorld(tx: TenantTx, ctx: Context): Promise<OpenWorld> {
  const open = await openInvoices(tx, ctx.currency, OPEN_INVOICES_MAX)
  const paid = await paidInvoices(tx, { currency: ctx.currency, since: addDays(ctx.today, -PAID_DAYS), limit: PAID_INVOICES_MAX })
  const customers = await customerNames(tx, CUSTOMERS_MAX)
  const base = (row: Omit<OpenRow, 'open'>) => ({ id: row.id, number: row.number, partyId: row.customerId, issuedOn: row.issuedOn, dueOn: row.dueOn, currency: ctx.currency })
  const all: OpenInvoice[] = [
    ...open.map((row) => ({ ...base(row), gross: absolute(row.open), open: row.open })),
    ...paid.map((row) => ({ ...base(row), gross: absolute(row.settled), open: 0n, settled: { minor: row.settled, on: row.settledOn } })),
  ]
  return {
    source: proposalSource({ openInvoices: all, parties: customers, memory: await loadMemory(tx), today: ctx.today }),
    invoices: new Map(open.map((row) => [row.id, row])), names: new Map(customers.map((customer) => [customer.id, customer.name])),
  }
}

async function loadMemory(tx: TenantTx): Promise<Memory> {
  const learnt = await lessons(tx, LESSONS_MAX)
  return learnt.reduce((memory, lesson) => remember(memory, { ...lesson, channel: 'transfer' }), emptyMemory())
}

/** Proposals for lines that are to treat, best first for each; what someone refused is not made again. */
export async function proposalsFor(tx: TenantTx, world: OpenWorld, lines: readonly PostableLine[]): Promise<LineProposal[][]> {
  const excluded = await excludedInvoices(tx, lines.map((line) => line.id))
  return lines.map((line) => {
    const found = proposeFrom(world.source, {
      id: line.id, bookedOn: line.bookedOn, minor: line.amount - line.treated, currency: line.currency, label: line.label, reference: line.reference,
      counterparty: { name: line.counterpartyName, iban: line.counterpartyIban },
    })
    // Recognised as paid twice or rejected: whatever else fits may only be taken by a person.
    const isOdd = found[0] !== undefined && !isPayment(found[0], world)
    const without = excluded.get(line.id)
    return found.filter((proposal) => isPayment(proposal, world) && !proposal.allocations.some(({ invoiceId }) => without?.has(invoiceId as OpenRow['id'])))
      .flatMap((proposal) => toLineProposal(proposal, { world, line, isOdd }))
  })
}

/** It settles open invoices, each in its own direction and for no more than it owes. */
function isPayment(proposal: Proposal, { invoices }: OpenWorld): boolean {
  return proposal.allocations.length > 0 && proposal.allocations.every(({ invoiceId, minor }) => {
    const invoice = invoices.get(invoiceId)
    return invoice !== undefined && minor > 0n === invoice.open > 0n && absolute(minor) <= absolute(invoice.open)
  })
}

function toLineProposal(proposal: Proposal, { world, line, isOdd }: { readonly world: OpenWorld; readonly line: PostableLine; readonly isOdd: boolean }): LineProposal[] {
  const residual = proposal.residual && residualOf(proposal.residual, line)
  if (residual === undefined) return []
  const allocations = proposal.allocations.map(({ invoiceId, minor }) => {
    const invoice = world.invoices.get(invoiceId)!
    return { invoice, customerName: world.names.get(invoice.customerId) ?? '', amount: minor }
  })
  return [{ confidence: proposal.confidence, automatic: proposal.automatic && !isOdd, reasons: proposal.reasons, allocations, residual }]
}

/** Where a difference goes; undefined when it is of a kind that is not posted here. */
function residualOf({ kind, minor }: { readonly kind: ResidualKind; readonly minor: bigint }, line: PostableLine): ProposedResidual | undefined {
  // A fee, a discount: less came in than was owed. More came in, or money went out: only a rounding or an overpayment is meant.
  const isShort = line.amount > 0n && minor < 0n
  switch (kind) {
    case 'bank_fee': return isShort ? { kind, amount: minor, account: ACCOUNT.bankFees } : undefined
    case 'discount': return isShort ? { kind, amount: minor, account: ACCOUNT.discountsGranted } : undefined
    case 'rounding': return { kind, amount: minor, account: minor < 0n ? ACCOUNT.sundryCharges : ACCOUNT.sundryIncome }
    case 'overpayment': return minor > 0n === line.amount > 0n ? { kind, amount: minor, account: line.suspenseAccount } : undefined
    case 'processor_fee': case 'exchange': return undefined
  }
}
