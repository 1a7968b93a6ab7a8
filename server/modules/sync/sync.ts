import type { BridgeDelivery, GenericDelivery, Provider } from '../../../contract/sync.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { CONNECTIONS_MAX, listConnections, lockConnection } from './connection-store.ts'
import { deliverMapped } from './deliver.ts'
import { openEvents } from './event-store.ts'
import { queueEvent } from './jobs.ts'
import { mapBridgeDelivery, mapGenericDelivery } from './map-lines.ts'
import { lastRuns, listRuns, type RunFilter } from './run-store.ts'
import { tellInstitutions } from './state.ts'
import type { ConnectionView, Mapped, RunView } from './types.ts'

const REPLAYED_MAX = 1_000
const TITLES: Readonly<Record<Provider, string>> = { bridge: 'Bridge (Bankin\')', finary: 'Finary', plaid: 'Plaid', qonto: 'Qonto' }

/** The connection meant: the one named, or the only one of the provider. Refuses SYNC_NOT_CONNECTED, SYNC_CONNECTION_NEEDED, NOT_FOUND. */
async function connectionMeant(tx: TenantTx, provider: Provider, id: string | undefined): Promise<string> {
  const found = await listConnections(tx, { id: id ?? null, provider, limit: 2 })
  if (id !== undefined && found.length === 0) throw new Refusal('NOT_FOUND')
  const [one, other] = found
  if (!one) throw new Refusal('SYNC_NOT_CONNECTED', { provider: TITLES[provider] })
  if (other) throw new Refusal('SYNC_CONNECTION_NEEDED', { provider: TITLES[provider] })
  return one.id
}

async function take(app: App, ctx: Context, { provider, connectionId, mapped }: { readonly provider: Provider; readonly connectionId: string | undefined; readonly mapped: Mapped }): Promise<RunView> {
  return await app.db.tenant(ctx, async (tx) => {
    const connection = await lockConnection(tx, await connectionMeant(tx, provider, connectionId))
    if (!connection) throw new Refusal('NOT_FOUND')
    const { run } = await deliverMapped(tx, { app, ctx, connection, trigger: 'upload' }, mapped)
    await tellInstitutions(tx, connection.id, app.clock.now())
    const [view] = await listRuns(tx, { id: run.id, connectionId: null, state: null, after: null, limit: 1 })
    if (!view) throw new Refusal('NOT_FOUND')
    return view
  })
}

/** Takes accounts and transactions as Bridge writes them. Refuses SYNC_NOT_CONNECTED, SYNC_CONNECTION_NEEDED, NOT_FOUND. */
export async function syncBridge(app: App, ctx: Context, delivery: BridgeDelivery): Promise<RunView> {
  authorize(ctx, 'bank.import')
  return await take(app, ctx, { provider: 'bridge', connectionId: delivery.connectionId, mapped: mapBridgeDelivery(delivery) })
}

/** Takes accounts and transactions in the generic shape. Refuses SYNC_NOT_CONNECTED, SYNC_CONNECTION_NEEDED, NOT_FOUND. */
export async function syncGeneric(app: App, ctx: Context, delivery: GenericDelivery): Promise<RunView> {
  authorize(ctx, 'bank.import')
  return await take(app, ctx, { provider: 'finary', connectionId: delivery.connectionId, mapped: mapGenericDelivery(delivery) })
}

/** Handles again what waits or failed, in every connection. Given twice it stores nothing twice. */
export async function syncManually(app: App, ctx: Context): Promise<{ queued: number; connections: number }> {
  authorize(ctx, 'bank.import')
  return await app.db.tenant(ctx, async (tx) => {
    const events = await openEvents(tx, { connectionId: null, limit: REPLAYED_MAX })
    for (const id of events) await queueEvent(app, tx, id)
    return { queued: events.length, connections: (await listConnections(tx, { id: null, provider: null, limit: CONNECTIONS_MAX })).length }
  })
}

/** How each connection stands, with its last run. */
export async function syncStatus(app: App, ctx: Context): Promise<{ connection: ConnectionView; lastRun: RunView | null }[]> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, async (tx) => {
    const connections = await listConnections(tx, { id: null, provider: null, limit: CONNECTIONS_MAX })
    const runs = new Map((await lastRuns(tx, connections.map(({ id }) => id))).map((run) => [run.connectionId, run]))
    return connections.map((connection) => ({ connection, lastRun: runs.get(connection.id) ?? null }))
  })
}

/** One page of the log, latest first. */
export async function browseRuns(app: App, ctx: Context, filter: Omit<RunFilter, 'id'>): Promise<RunView[]> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, (tx) => listRuns(tx, { ...filter, id: null }))
}
