import type { DecideSuspicious } from '../../../../contract/banking.ts'
import { FILE_IDS } from '../../../../core/bank/dedup-evidence.ts'
import type { BankLineId } from '../../../../core/kernel/id.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { lockAccounts } from '../accounts/account-store.ts'
import { addTaken, lastPosition } from '../imports/import-store.ts'
import { queuePosting } from '../jobs.ts'
import { type Alias, insertAliases, insertLines, seeingRemoved, type Shared } from './landing-store.ts'
import { decideSuspiciousRows, listSuspicious, lockSuspicious, type SuspiciousRow } from './suspicious-store.ts'

/** The pile of doubtful lines, latest first. */
export async function browseSuspicious(app: App, ctx: Context, page: Parameters<typeof listSuspicious>[1]): Promise<SuspiciousRow[]> {
  authorize(ctx, 'bank.read')
  return app.db.tenant(ctx, (tx) => listSuspicious(tx, page))
}

type Row = Omit<SuspiciousRow, 'like'>

/**
 * Decides doubtful lines: those taken are stored and posted with the import that brought them, those skipped stay away; neither is asked
 * about again. All of it or nothing. Refuses NOT_FOUND, SUSPICIOUS_ALREADY_DECIDED.
 */
export async function decideSuspicious(app: App, ctx: Context, { decisions }: DecideSuspicious): Promise<{ readonly taken: number; readonly skipped: number }> {
  authorize(ctx, 'bank.import')
  return app.db.tenant(ctx, async (tx) => {
    const accounts = new Map((await lockAccounts(tx)).map((account) => [account.id, account]))
    const rows = new Map((await lockSuspicious(tx, decisions.map(({ id }) => id))).map((row) => [row.id, row]))
    const actions = new Map(decisions.map(({ id, action }) => [id, action]))
    if (rows.size !== actions.size) throw new Refusal('NOT_FOUND')
    if ([...rows.values()].some((row) => row.state !== 'waiting')) throw new Refusal('SUSPICIOUS_ALREADY_DECIDED')
    const taken = [...rows.values()].filter((row) => actions.get(row.id) === 'take').map((row) => ({ row, id: uuidv7() as BankLineId }))
    for (const ofOne of Map.groupBy(taken, ({ row }) => `${row.importId} ${row.accountId} ${row.source ?? ''}`).values()) {
      const { importId, accountId, source } = ofOne[0]!.row
      const account = accounts.get(accountId)!
      await store(tx, { importId, accountId, currency: account.currency, posts: account.postsEntries, source }, ofOne)
      if (account.postsEntries) await queuePosting(app, tx, importId)
      await appendEvent(tx, ctx, { kind: 'import.committed', subject: importId, data: { new: ofOne.length, known: 0, suspicious: 0 } })
    }
    const lineOf = new Map(taken.map(({ row, id }) => [row.id, id]))
    await decideSuspiciousRows(tx, [...rows.keys()].map((id) => ({ id, lineId: lineOf.get(id) ?? null })), ctx.userId)
    await insertAliases(tx, [...rows.values()].filter((row) => !lineOf.has(row.id)).flatMap(aliasOf))
    const counts = { taken: taken.length, skipped: rows.size - taken.length }
    await recordAudit(tx, ctx, { action: 'bank-line.decide', subjectKind: 'bank-line', subjectId: taken[0]?.id ?? [...rows.keys()][0]!, before: null, after: { ...counts, ids: [...rows.keys()] } })
    return counts
  })
}

/** A line that repeats another one gave it one more identifier. */
function aliasOf({ accountId, bankReference, source, resemblesId }: Row): Alias[] {
  return bankReference === null || resemblesId === null ? [] : [{ accountId, source: source ?? FILE_IDS, externalId: bankReference, lineId: resemblesId }]
}

async function store(tx: TenantTx, shared: Shared, lines: readonly { readonly row: Row; readonly id: BankLineId }[]): Promise<void> {
  const last = await seeingRemoved(tx, () => lastPosition(tx, shared.importId))
  await insertLines(tx, shared, lines.map(({ row, id }, at) => ({
    id, position: last + at + 1, bookedOn: row.bookedOn, valueOn: row.valueOn, minor: row.amount, currency: row.currency, label: row.label,
    reference: row.reference, counterparty: { name: row.counterpartyName, iban: row.counterpartyIban }, bankId: row.bankReference, status: 'booked',
  })))
  await addTaken(tx, shared.importId, lines.length)
}
