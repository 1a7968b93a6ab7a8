import type { Currency } from '../../../../core/kernel/currency.ts'
import type { ImportId } from '../../../../core/kernel/id.ts'
import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import { type Problem, problem } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { lockAccounts } from '../accounts/account-store.ts'
import { dropDelivery, insertDelivery, insertStatements, isStated, markCommitted } from '../imports/import-store.ts'
import { queuePosting } from '../jobs.ts'
import { pendingByIds } from './known-store.ts'
import { land, type Landed, NO_CHOICE } from './land.ts'
import { plainLabel } from './label.ts'
import { removeLines, seeingRemoved } from './landing-store.ts'
import type { Account, Incoming, Origin } from '../types.ts'

/**
 * A line as a service or a program gives it; `amount` in signed minor units of `currency`. `externalId` is the service's own
 * number, `replaces` the one it announced the line by. `withdrawn`: the service takes back what it announced.
 */
export type DeliveredLine = {
  readonly externalId: string | null
  readonly replaces?: string | null
  readonly status?: 'booked' | 'pending' | 'withdrawn'
  readonly bookedOn: LocalDate
  readonly valueOn?: LocalDate | null
  readonly amount: bigint
  readonly currency: Currency
  readonly label: string
  readonly reference?: string | null
  readonly counterparty?: { readonly name: string | null; readonly iban: string | null }
}

/** Who delivers: `name` is the service (qonto, plaid), and the namespace of its identifiers. */
export type DeliveryOrigin = { readonly kind: Exclude<Origin, 'file'>; readonly name: string }

export type DeliveryInput = {
  readonly accountId: string
  readonly origin: DeliveryOrigin
  readonly lines: readonly DeliveredLine[]
  /** The delivery says all that is announced now: an announced line of this service that is not in it is withdrawn. */
  readonly listsPending?: boolean
  /** What the service says the account holds at the end of a day. */
  readonly stated?: { readonly on: LocalDate; readonly balance: bigint }
}

/** `importId` is null when nothing was left behind: every line was known. */
export type DeliveryResult = { readonly new: number; readonly known: number; readonly updated: number; readonly suspicious: number; readonly refused: number; readonly pending: number; readonly withdrawn: number; readonly problems: readonly Problem[]; readonly importId: ImportId | null }

/** Lines one delivery holds at most: a service gives its history in pages. */
export const DELIVERED_MAX = 5_000

/**
 * Takes lines that a service delivers to an account. Given again, whole or in part, it stores nothing again; announced lines come
 * true, whatever identifier they are booked under; doubtful ones go to the pile. Refuses NOT_FOUND.
 */
export async function deliverLines(app: App, ctx: Context, input: DeliveryInput): Promise<DeliveryResult> {
  authorize(ctx, 'bank.import')
  return app.db.tenant(ctx, async (tx) => {
    const account = (await lockAccounts(tx)).find((one) => one.id === input.accountId)
    if (!account) throw new Refusal('NOT_FOUND')
    const { good, problems } = sort(input.lines, account)
    const importId = uuidv7() as ImportId
    await insertDelivery(tx, { id: importId, name: input.origin.name, origin: input.origin.kind, accountId: account.id })
    const delivery = { lines: good.filter((line) => line.status !== 'withdrawn').map(incoming), source: input.origin.name, ...(input.listsPending === undefined ? {} : { listsPending: input.listsPending }) }
    const landed = await land(tx, { account, importId, delivery, choices: NO_CHOICE, by: ctx.userId })
    const gone = await withdraw(tx, account, { source: input.origin.name, ids: good.filter((line) => line.status === 'withdrawn').flatMap((line) => line.externalId ?? []) })
    const isNewBalance = input.stated !== undefined && !(await isStated(tx, account.id, input.stated))
    if (input.stated && isNewBalance) await insertStatements(tx, importId, [statementOf(input.stated, account)])
    const counts = { ...landed, withdrawn: landed.withdrawn + gone }
    const kept = await finish(app, tx, { ctx, importId, counts, account, origin: input.origin })
    if (!kept && !isNewBalance) await dropDelivery(tx, importId)
    const { piled: _piled, ...told } = counts
    return { ...told, refused: problems.length, problems, importId: kept ? importId : null }
  })
}

function sort(lines: readonly DeliveredLine[], account: Account): { readonly good: DeliveredLine[]; readonly problems: Problem[] } {
  const problems: Problem[] = []
  const good = lines.slice(0, DELIVERED_MAX).filter((line, at) => {
    if (line.currency === account.currency || line.status === 'withdrawn') return true
    problems.push(problem('BANK_CURRENCY_DIFFERS', {
      fr: `L'opération « ${line.label} » est en ${line.currency}, le compte en ${account.currency} : elle n'est pas prise.`, en: `The movement "${line.label}" is in ${line.currency}, the account in ${account.currency}: it is not taken.`,
    }, { line: at + 1, field: 'currency' }))
    return false
  })
  for (let at = DELIVERED_MAX; at < lines.length; at += 1) problems.push(problem('DELIVERY_TOO_LONG', { fr: `Une livraison compte au plus ${DELIVERED_MAX} opérations.`, en: `A delivery holds at most ${DELIVERED_MAX} movements.` }, { line: at + 1 }))
  return { good, problems }
}

function incoming(line: DeliveredLine, at: number): Incoming {
  return {
    position: at + 1, bookedOn: line.bookedOn, valueOn: line.valueOn ?? null, minor: line.amount, currency: line.currency, label: plainLabel(line.label), reference: line.reference ?? null,
    counterparty: line.counterparty ?? { name: null, iban: null }, bankId: line.externalId, status: line.status === 'pending' ? 'pending' : 'booked', replaces: line.replaces ?? null,
  }
}

/** What the service takes back. Only what it had announced goes by itself: a booked line is in the books. */
async function withdraw(tx: TenantTx, account: Account, { source, ids }: { readonly source: string; readonly ids: readonly string[] }): Promise<number> {
  if (ids.length === 0) return 0
  const lines = await pendingByIds(tx, account.id, { source, ids })
  await seeingRemoved(tx, () => removeLines(tx, lines, { because: 'withdrawn', by: null }))
  return lines.length
}

function statementOf({ on, balance }: NonNullable<DeliveryInput['stated']>, account: Account) {
  return { accountId: account.id, openingOn: null, opening: null, closingOn: on, closing: balance, firstLineOn: null, lastLineOn: null, lineCount: 0, continuity: 'unknown' as const, gap: null }
}

/** The delivery stays in the list of imports when it brought something; otherwise nothing is left of it. */
async function finish(app: App, tx: TenantTx, { ctx, importId, counts, account, origin }: { readonly ctx: Context; readonly importId: ImportId; readonly counts: Landed; readonly account: Account; readonly origin: DeliveryOrigin }): Promise<boolean> {
  await markCommitted(tx, importId, { counts, accountId: account.id })
  if (counts.new + counts.updated > 0 && account.postsEntries) await queuePosting(app, tx, importId)
  if (counts.new + counts.updated + counts.pending + counts.piled + counts.withdrawn === 0) return false
  await appendEvent(tx, ctx, { kind: 'import.committed', subject: importId, data: { new: counts.new + counts.updated, known: counts.known, suspicious: counts.suspicious } })
  await recordAudit(tx, ctx, { action: 'import.deliver', subjectKind: 'import', subjectId: importId, before: null, after: { origin: `${origin.kind}:${origin.name}`, account: account.ledgerAccount, ...counts } })
  return true
}
