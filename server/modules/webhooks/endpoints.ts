import type { NewWebhookEndpoint, WebhookEndpointPatch } from '../../../contract/webhooks.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { OutgoingError } from '../../platform/network/outgoing-error.ts'
import { recordAudit } from '../audit/index.ts'
import { hintOf, newSecret } from './signature.ts'
import { countEndpointsForUpdate, deleteEndpointRow, insertEndpoint, listEndpoints, lockEndpoint, rotateSecretRow, saveEndpoint } from './store.ts'
import type { Endpoint, EndpointView } from './types.ts'

/** Addresses one company keeps. */
export const ENDPOINTS_MAX = 20
/** The previous secret signs beside the new one for a day. */
const OVERLAP_HOURS = 24

/** The scope under which the secret of an address is sealed: it opens nowhere else. */
export function sealScope(tenantId: string, id: string) {
  return { tenantId, purpose: `webhook:${id}` }
}

/** Refuses WEBHOOK_URL_INVALID and WEBHOOK_URL_PRIVATE. A name that is not known yet is taken: it may be set up later, and is checked at each try. */
async function checkUrl(app: App, text: string): Promise<string> {
  const url = text.trim()
  try {
    await app.outgoing.check(url)
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error
    if (error.failure === 'private') throw new Refusal('WEBHOOK_URL_PRIVATE', { host: error.host })
    if (error.failure === 'form' || error.failure === 'scheme') throw new Refusal('WEBHOOK_URL_INVALID')
  }
  return url
}

/** What the log keeps of an address: a path or a query can hold a key, so only its host. */
function trace({ url, description, kinds, enabled }: Pick<Endpoint, 'url' | 'description' | 'kinds' | 'enabled'>) {
  return { host: new URL(url).host, description, kinds, enabled }
}

async function viewOf(tx: TenantTx, id: string): Promise<EndpointView> {
  const [view] = await listEndpoints(tx, { id, limit: 1 })
  if (!view) throw new Refusal('NOT_FOUND')
  return view
}

/** The addresses of the company and how their deliveries go. */
export async function browseEndpoints(app: App, ctx: Context): Promise<EndpointView[]> {
  authorize(ctx, 'webhook.manage')
  return await app.db.tenant(ctx, (tx) => listEndpoints(tx, { id: null, limit: ENDPOINTS_MAX }))
}

export async function readEndpoint(app: App, ctx: Context, id: string): Promise<EndpointView> {
  authorize(ctx, 'webhook.manage')
  return await app.db.tenant(ctx, (tx) => viewOf(tx, id))
}

/** Adds an address, told from now on. The secret is answered here and never again. Refuses WEBHOOK_URL_INVALID, WEBHOOK_URL_PRIVATE, WEBHOOK_ENDPOINTS_FULL. */
export async function addEndpoint(app: App, ctx: Context, input: NewWebhookEndpoint): Promise<{ endpoint: EndpointView; secret: string }> {
  authorize(ctx, 'webhook.manage')
  const url = await checkUrl(app, input.url)
  const id = uuidv7()
  const secret = newSecret()
  const endpoint = await app.db.tenant(ctx, async (tx) => {
    if (await countEndpointsForUpdate(tx) >= ENDPOINTS_MAX) throw new Refusal('WEBHOOK_ENDPOINTS_FULL', { limit: String(ENDPOINTS_MAX) })
    const row = { id, url, description: (input.description ?? '').trim(), kinds: [...new Set(input.kinds)] }
    await insertEndpoint(tx, { ...row, secret: await app.secrets.seal(sealScope(ctx.tenantId, id), secret), secretHint: hintOf(secret), createdBy: ctx.userId })
    await appendEvent(tx, ctx, { kind: 'webhook.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'webhook.create', subjectKind: 'webhook', subjectId: id, after: trace({ ...row, enabled: true }) })
    return await viewOf(tx, id)
  })
  return { endpoint, secret }
}

/** Changes an address, suspends it or takes it up again. Refuses NOT_FOUND, WEBHOOK_URL_INVALID, WEBHOOK_URL_PRIVATE. */
export async function changeEndpoint(app: App, ctx: Context, { id, patch }: { readonly id: string; readonly patch: WebhookEndpointPatch }): Promise<EndpointView> {
  authorize(ctx, 'webhook.manage')
  const url = patch.url === undefined ? undefined : await checkUrl(app, patch.url)
  return await app.db.tenant(ctx, async (tx) => {
    const before = await lockEndpoint(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    const enabled = patch.enabled ?? before.enabled
    const after = {
      url: url ?? before.url, description: patch.description?.trim() ?? before.description, kinds: patch.kinds ? [...new Set(patch.kinds)] : before.kinds,
      enabled, disabledBecause: enabled ? null : before.disabledBecause ?? 'person' as const,
    }
    if (JSON.stringify({ ...before, ...after }) === JSON.stringify(before)) return await viewOf(tx, id)
    await saveEndpoint(tx, id, after)
    await appendEvent(tx, ctx, { kind: 'webhook.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'webhook.change', subjectKind: 'webhook', subjectId: id, before: trace(before), after: trace(after) })
    return await viewOf(tx, id)
  })
}

/** Gives an address a new secret, answered this once. For a day both secrets sign. Refuses NOT_FOUND. */
export async function rotateSecret(app: App, ctx: Context, id: string): Promise<{ endpoint: EndpointView; secret: string }> {
  authorize(ctx, 'webhook.manage')
  const secret = newSecret()
  const endpoint = await app.db.tenant(ctx, async (tx) => {
    if (!await lockEndpoint(tx, id)) throw new Refusal('NOT_FOUND')
    await rotateSecretRow(tx, id, { secret: await app.secrets.seal(sealScope(ctx.tenantId, id), secret), hint: hintOf(secret), hours: OVERLAP_HOURS })
    await appendEvent(tx, ctx, { kind: 'webhook.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'webhook.rotate-secret', subjectKind: 'webhook', subjectId: id })
    return await viewOf(tx, id)
  })
  return { endpoint, secret }
}

/** Removes an address with its deliveries; what waits to be sent is not. Refuses NOT_FOUND. */
export async function removeEndpoint(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'webhook.manage')
  await app.db.tenant(ctx, async (tx) => {
    const before = await lockEndpoint(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    await deleteEndpointRow(tx, id)
    await appendEvent(tx, ctx, { kind: 'webhook.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'webhook.delete', subjectKind: 'webhook', subjectId: id, before: trace(before) })
  })
}
