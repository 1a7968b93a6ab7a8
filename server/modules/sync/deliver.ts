import { type Problem, problem } from '../../../core/kernel/problem.ts'
import type { Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { type DeliveredLine, deliverLines } from '../banking/index.ts'
import { accountsOf, clearToSync, saveAccounts } from './connection-store.ts'
import { insertRun } from './run-store.ts'
import type { Connection, ConnectionAccount, Mapped, Run, Trigger } from './types.ts'

/** Lines given to banking at once. */
const PART_MAX = 2_000
const PROBLEMS_KEPT = 50

type Work = { readonly app: App; readonly ctx: Context; readonly connection: Pick<Connection, 'id' | 'provider'>; readonly trigger: Trigger }
export type Delivered = { readonly run: Run; readonly unlinked: readonly string[] }

type Counts = { accounts: number; new: number; known: number; updated: number; refused: number; readonly problems: Problem[]; readonly importIds: string[] }

function unlinkedProblem({ externalId, name }: ConnectionAccount, count: number): Problem {
  const named = name === null ? externalId : `${name} (${externalId})`
  return problem('SYNC_ACCOUNT_UNLINKED', {
    fr: `Le compte ${named} du service n'est relié à aucun compte bancaire : ${count} opérations attendent. Reliez-le, puis recommencez.`,
    en: `The account ${named} of the service is linked to no bank account: ${count} transactions wait. Link it, then try again.`,
  }, { field: 'accountId' })
}

async function deliverAccount({ app, ctx, connection, trigger }: Work, counts: Counts, { accountId, lines }: { readonly accountId: string; readonly lines: readonly DeliveredLine[] }): Promise<void> {
  counts.accounts += 1
  for (let at = 0; at < lines.length; at += PART_MAX) {
    const result = await deliverLines(app, ctx, { accountId, origin: { kind: trigger === 'upload' ? 'connector' : 'webhook', name: connection.provider }, lines: lines.slice(at, at + PART_MAX) })
    counts.new += result.new + result.pending + result.suspicious
    counts.known += result.known
    counts.updated += result.updated + result.withdrawn
    counts.refused += result.refused
    counts.problems.push(...result.problems)
    if (result.importId !== null) counts.importIds.push(result.importId)
  }
}

/** The accounts the delivery names or speaks of, as they stand with us. */
async function knownAccounts(tx: TenantTx, connectionId: string, { accounts, lines }: Mapped): Promise<Map<string, ConnectionAccount>> {
  const named = new Map(accounts.map((account) => [account.externalId, account]))
  for (const externalId of lines.keys()) if (!named.has(externalId)) named.set(externalId, { externalId, name: null, iban: null, currency: null })
  await saveAccounts(tx, connectionId, [...named.values()])
  return new Map((await accountsOf(tx, [connectionId])).map((account) => [account.externalId, account]))
}

/**
 * Hands the lines of a provider to banking, account by account, and writes the run, in the transaction of the caller, who holds
 * the connection. Given again it stores nothing again. The lines of an account that is not linked are counted as refused.
 */
export async function deliverMapped(tx: TenantTx, work: Work, mapped: Mapped): Promise<Delivered> {
  const startedAt = work.app.clock.now().toISOString()
  const accounts = await knownAccounts(tx, work.connection.id, mapped)
  const counts: Counts = { accounts: 0, new: 0, known: 0, updated: 0, refused: mapped.problems.length, problems: [...mapped.problems], importIds: [] }
  const unlinked: string[] = []
  for (const [externalId, lines] of mapped.lines) {
    const account = accounts.get(externalId)
    if (account?.bankAccountId) {
      await deliverAccount(work, counts, { accountId: account.bankAccountId, lines })
      continue
    }
    unlinked.push(externalId)
    counts.refused += lines.length
    counts.problems.push(unlinkedProblem(account ?? { externalId, name: null, iban: null, currency: null, bankAccountId: null }, lines.length))
  }
  const { problems, ...figures } = counts
  const state = counts.refused === 0 ? 'done' : counts.accounts === 0 ? 'failed' : 'partial'
  const run: Run = { id: uuidv7(), connectionId: work.connection.id, trigger: work.trigger, state, startedAt, endedAt: work.app.clock.now().toISOString(), ...figures, problems: problems.slice(0, PROBLEMS_KEPT) }
  await insertRun(tx, run)
  if (state === 'done') await clearToSync(tx, work.connection.id)
  await appendEvent(tx, work.ctx, { kind: 'sync.finished', subject: run.id, data: { connectionId: work.connection.id, state, new: run.new, known: run.known, updated: run.updated, refused: run.refused } })
  return { run, unlinked }
}
