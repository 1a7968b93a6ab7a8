import { currency } from '../../../core/kernel/currency.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvents } from '../../platform/events/index.ts'
import { lockConnection, markToSync, saveConsent, saveState } from './connection-store.ts'
import { deliverMapped } from './deliver.ts'
import { companyOf, countTry, saveHandled, takeWaiting } from './event-store.ts'
import { mapGenericDelivery } from './map-lines.ts'
import { readNotification } from './read-notification.ts'
import { tellInstitutions } from './state.ts'
import type { Connection, Effect, EventState, IncomingEventWhole, Notification, Outcome } from './types.ts'

type Handled = { readonly state: EventState; readonly outcome: Outcome; readonly runId: string | null }
type Work = { readonly app: App; readonly ctx: Context; readonly connection: Connection; readonly event: IncomingEventWhole }

const only = (state: EventState, outcome: Outcome): Handled => ({ state, outcome, runId: null })

/** Who acts when nobody does: what comes in by itself brings lines and no more. */
async function contextOf(app: App, tx: TenantTx): Promise<Context | undefined> {
  const company = await companyOf(tx)
  return company && { tenantId: tx.tenantId, userId: null, actor: 'Quittance', role: 'assistant', locale: 'fr', today: app.clock.today(company.timeZone), currency: currency(company.currency), address: null }
}

async function takeLines(tx: TenantTx, { app, ctx, connection, event }: Work, delivery: unknown): Promise<Handled> {
  const { run, unlinked } = await deliverMapped(tx, { app, ctx, connection, trigger: event.replayed ? 'replay' : 'webhook' }, mapGenericDelivery(delivery as { accounts?: unknown; transactions?: unknown }))
  if (unlinked.length > 0) return { state: 'failed', outcome: { code: 'unlinked', accounts: unlinked.slice(0, 20) }, runId: run.id }
  return { state: 'done', outcome: { code: 'delivered', new: run.new, known: run.known, updated: run.updated, refused: run.refused }, runId: run.id }
}

async function apply(tx: TenantTx, work: Work, { effect, at }: { readonly effect: Effect; readonly at: Date }): Promise<Handled> {
  const { connection } = work
  switch (effect.do) {
    case 'sync':
      await markToSync(tx, connection.id, at)
      return only('done', { code: 'to_sync' })
    case 'consent':
      await saveConsent(tx, connection.id, effect)
      return only('done', { code: 'consent', until: effect.until.toISOString() })
    case 'state':
      // Notifications come out of order: an older one says nothing of the present state.
      if (connection.stateAsOf !== null && new Date(connection.stateAsOf) > at) return only('ignored', { code: 'late' })
      await saveState(tx, connection.id, { state: effect.state, detail: effect.detail, asOf: at })
      return only('done', { code: 'state', state: effect.state })
    case 'deliver': return await takeLines(tx, work, effect.delivery)
  }
}

/** Does what a notification asks for; the first of its effects that counts is told. */
async function act(tx: TenantTx, work: Work, notification: Notification | undefined): Promise<Handled> {
  const { connection, event } = work
  if (!notification) return only('failed', { code: 'unreadable' })
  if (connection.externalId !== null && notification.about !== null && notification.about !== connection.externalId) return only('ignored', { code: 'other_connection' })
  const at = notification.at ?? new Date(event.receivedAt)
  let told: Handled | undefined
  for (const effect of notification.effects) {
    const handled = await apply(tx, work, { effect, at })
    if (handled.outcome.code === 'late') return handled
    told ??= handled
  }
  return told ?? only('ignored', { code: 'nothing' })
}

/**
 * Handles a notification that waits, in one transaction with all it brings: either all of it happened and it is marked, or none.
 * It may run twice. `isLast`: nobody tries again by itself, so that it is marked as failed instead.
 */
export async function handleNotification(app: App, { tenantId, id, isLast }: { readonly tenantId: TenantId; readonly id: string; readonly isLast: boolean }): Promise<void> {
  const scope = { tenantId, userId: null }
  const end = async (tx: TenantTx, { handled, connectionId }: { readonly handled: Handled; readonly connectionId: string }) => {
    await saveHandled(tx, id, { ...handled, at: app.clock.now() })
    await tellInstitutions(tx, connectionId, app.clock.now())
    await appendEvents(tx, { tenantId }, [
      { kind: 'notification.received', subject: id, data: { connectionId, state: handled.state } },
      { kind: 'connection.changed', subject: connectionId, data: {} },
    ])
  }
  try {
    await app.db.tenant(scope, async (tx) => {
      const event = await takeWaiting(tx, id)
      const ctx = event && await contextOf(app, tx)
      if (!event || !ctx) return
      const connection = await lockConnection(tx, event.connectionId)
      const handled = connection ? await act(tx, { app, ctx, connection, event }, readNotification(event.provider, event.body)) : only('ignored', { code: 'removed' })
      await end(tx, { handled, connectionId: event.connectionId })
    })
  } catch (error) {
    await app.db.tenant(scope, async (tx) => {
      const event = isLast ? await takeWaiting(tx, id) : undefined
      if (event) await end(tx, { handled: only('failed', { code: 'error' }), connectionId: event.connectionId })
      else await countTry(tx, id)
    })
    throw error
  }
}
