import type { ProposalChoice } from '../../../contract/categories.ts'
import { cutVat, type CutPart, needsInvoice, partsToPost } from '../../../core/category/entry.ts'
import { type VatRateKey, vatRateOn } from '../../../core/category/vat.ts'
import type { BasisPoints } from '../../../core/kernel/rate.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { type PostableLine, lockLine } from '../banking/index.ts'
import { allCategories } from './category-store.ts'
import { filedRows } from './line-store.ts'
import { ensureCategories } from './start-categories.ts'
import type { Category, FiledRow, Source } from './types.ts'

/** From this calibrated confidence on, an entry may be made without a person, where the company switched it on. */
export const POSTING_CONFIDENCE = 0.9

export type ProposedPart = CutPart & { readonly categoryId: string; readonly name: string; readonly total: bigint; readonly vatRate: VatRateKey; readonly rate: BasisPoints | undefined; readonly vatDeductible: number }
export type ProposalState = 'ready' | 'no_category' | 'posting' | 'treated' | 'needs_invoice'
export type EntryProposal = {
  readonly line: PostableLine
  readonly state: ProposalState
  readonly because: Text
  readonly confidence: number | null
  readonly source: Source | null
  readonly automatic: boolean
  readonly parts: readonly ProposedPart[]
  readonly posted: readonly { readonly account: string; readonly amount: bigint }[]
}

const BECAUSE: Readonly<Record<ProposalState, Text>> = {
  ready: { fr: 'La TVA n\'est déduite que si vous avez la facture du fournisseur (CGI art. 271, II).', en: 'TVA is deducted only if you hold the supplier\'s invoice (CGI art. 271, II).' },
  no_category: { fr: 'L\'opération n\'a pas encore de catégorie.', en: 'The line has no category yet.' },
  posting: { fr: 'L\'opération n\'est pas encore passée en écriture.', en: 'The line has no entry yet.' },
  treated: { fr: 'L\'opération est déjà traitée, ou l\'est en partie.', en: 'The line is treated already, at least in part.' },
  needs_invoice: { fr: 'Un client ou un fournisseur se règle par sa facture : rapprochez l\'opération, ou choisissez une autre catégorie.', en: 'A customer or a supplier is settled by an invoice: match the line, or choose another category.' },
}

/** The entry that a line without an invoice would make: its category's account, and the TVA in the amount. Refuses NOT_FOUND. */
export async function readProposal(app: App, ctx: Context, { lineId, choice }: { readonly lineId: string; readonly choice: ProposalChoice }): Promise<EntryProposal> {
  authorize(ctx, 'category.read')
  return app.db.tenant(ctx, (tx) => proposalOf(tx, { lineId, choice }))
}

/** The same in the transaction of the caller, the line held until it ends. */
export async function proposalOf(tx: TenantTx, { lineId, choice }: { readonly lineId: string; readonly choice: ProposalChoice }): Promise<EntryProposal> {
  await ensureCategories(tx)
  const line = await lockLine(tx, lineId)
  if (!line) throw new Refusal('NOT_FOUND')
  const filed = (await filedRows(tx, [lineId]))[0]
  const categories = new Map((await allCategories(tx)).map((category) => [category.id, category]))
  const parts = partsOf(line, { filed, categories, choice })
  const state = stateOf(line, parts)
  const confidence = choice.categoryId === undefined ? filed?.confidence ?? null : null
  const source = choice.categoryId === undefined ? filed?.source ?? null : 'manual'
  const isSure = source === 'rule' || ((source === 'model' || source === 'memory') && (confidence ?? 0) >= POSTING_CONFIDENCE)
  return { line, state, because: BECAUSE[state], confidence, source, automatic: state === 'ready' && isSure, parts, posted: state === 'ready' ? partsToPost(parts.map((part) => ({ ...part, amount: part.total, deductible: part.vatDeductible }))) : [] }
}

function partsOf(line: PostableLine, { filed, categories, choice }: { readonly filed: FiledRow | undefined; readonly categories: ReadonlyMap<string, Category>; readonly choice: ProposalChoice }): ProposedPart[] {
  if (choice.categoryId !== undefined && !categories.has(choice.categoryId)) throw new Refusal('NOT_FOUND')
  const whole = choice.categoryId ?? (filed?.parts ? undefined : filed?.categoryId ?? undefined)
  const chosen = whole ? [{ categoryId: whole, amount: line.amount }] : choice.categoryId === undefined ? filed?.parts ?? [] : []
  return chosen.flatMap(({ categoryId, amount }) => {
    const category = categories.get(categoryId)
    if (!category) return []
    const own = whole ? { ...category, ...(choice.account === undefined ? {} : { account: choice.account }), ...(choice.vatRate === undefined ? {} : { vatRate: choice.vatRate }), ...(choice.vatDeductible === undefined ? {} : { vatDeductible: choice.vatDeductible }) } : category
    const rate = vatRateOn(own.vatRate, line.bookedOn)
    return [{ ...cutVat({ account: own.account, amount, rate, deductible: own.vatDeductible }), categoryId, name: category.name, total: amount, vatRate: own.vatRate, rate, vatDeductible: own.vatDeductible }]
  })
}

function stateOf(line: PostableLine, parts: readonly ProposedPart[]): ProposalState {
  if (line.treated !== 0n || line.amount === 0n) return 'treated'
  if (line.entryId === null) return 'posting'
  if (parts.length === 0) return 'no_category'
  return parts.some(({ account }) => needsInvoice(account)) ? 'needs_invoice' : 'ready'
}
