import type { ProposalChoice } from '../../../contract/categories.ts'
import type { MatchId } from '../../../core/kernel/id.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { accept } from '../reconciliation/index.ts'
import { type EntryProposal, proposalOf } from './proposal.ts'

/**
 * Makes the proposed entry of a line without an invoice: 471 against the account of its category, and TVA. It is a match like any
 * other, and is undone as one. Refuses NOT_FOUND, PROPOSAL_UNAVAILABLE, PERIOD_LOCKED, REQUEST_INVALID (an account that cannot take it).
 */
export async function acceptProposal(app: App, ctx: Context, { lineId, choice }: { readonly lineId: string; readonly choice: ProposalChoice }): Promise<MatchId> {
  authorize(ctx, 'match.write')
  return app.db.tenant(ctx, async (tx) => {
    const proposal = await proposalOf(tx, { lineId, choice })
    if (proposal.state !== 'ready') throw new Refusal('PROPOSAL_UNAVAILABLE', { because: proposal.because[ctx.locale] })
    return post(tx, ctx, { proposal, automatic: false })
  })
}

/** Posts a proposal that is ready, by the way every match is. */
export async function post(tx: TenantTx, ctx: Context, { proposal, automatic }: { readonly proposal: EntryProposal; readonly automatic: boolean }): Promise<MatchId> {
  const { line, parts, posted, confidence } = proposal
  const names = [...new Set(parts.map(({ name }) => name))].join(', ')
  return accept(tx, ctx, {
    demand: { lineId: line.id, allocations: new Map(), residual: { account: parts[0]!.account, amount: line.amount, parts: posted } },
    evidence: { confidence, automatic, reasons: [{ code: 'CATEGORY', text: { fr: `catégorie ${names}`, en: `category ${names}` } }] },
  })
}
