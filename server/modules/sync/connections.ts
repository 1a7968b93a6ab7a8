import { randomBytes } from 'node:crypto'
import type { ConnectionPatch, LinkAccount, NewConnection, Provider } from '../../../contract/sync.ts'
import { authorize, type Context } from '../../platform/access/context.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { appendEvent } from '../../platform/events/index.ts'
import { uuidv7 } from '../../platform/id/uuid.ts'
import { recordAudit } from '../audit/index.ts'
import { CONNECTIONS_MAX, countConnectionsForUpdate, insertConnection, isOurAccount, linkAccountRow, listConnections, lockConnection, removeConnectionRow, saveConnection, savePlaidAccess, saveSigning, saveToken } from './connection-store.ts'
import { openEvents } from './event-store.ts'
import { queueEvent } from './jobs.ts'
import { secretScope } from './seals.ts'
import { tellInstitutions } from './state.ts'
import { hashToken, newToken } from './token.ts'
import type { Connection, ConnectionView, PlaidAccess } from './types.ts'

const SECRET_BYTES = 32
const REPLAYED_MAX = 1_000

export type ConnectionOpened = { readonly connection: ConnectionView; readonly token: string; readonly signingSecret: string | null }

/** The providers that let us choose the secret they sign with, and those whose dashboard shows it. */
const OUR_SECRET: readonly Provider[] = ['qonto', 'finary']

/** Refuses CONNECTION_FIELDS_WRONG: Plaid signs with keys of its own, the others with a secret. */
function checkFields(provider: Provider, { signingSecret, plaid }: Pick<ConnectionPatch, 'signingSecret' | 'plaid'>): void {
  if (provider === 'plaid' && signingSecret !== undefined) throw new Refusal('CONNECTION_FIELDS_WRONG', { expectedFr: 'Plaid signe avec ses propres clés, donnez « plaid »', expectedEn: 'Plaid signs with its own keys, give "plaid"' })
  if (provider !== 'plaid' && plaid !== undefined) throw new Refusal('CONNECTION_FIELDS_WRONG', { expectedFr: 'donnez « signingSecret »', expectedEn: 'give "signingSecret"' })
}

async function viewOf(tx: TenantTx, id: string): Promise<ConnectionView> {
  const [view] = await listConnections(tx, { id, provider: null, limit: 1 })
  if (!view) throw new Refusal('NOT_FOUND')
  return view
}

/** What the log keeps of a connection: never a secret. */
function trace({ provider, name, institution, externalId }: Pick<Connection, 'provider' | 'name' | 'institution' | 'externalId'>) {
  return { provider, name, institution, externalId }
}

async function saveSecrets(app: App, tx: TenantTx, { id, signingSecret, plaid }: { readonly id: string; readonly signingSecret?: string | undefined; readonly plaid?: PlaidAccess | undefined }): Promise<void> {
  const scope = secretScope(tx.tenantId, id)
  if (signingSecret !== undefined) await saveSigning(tx, id, { secret: await app.secrets.seal(scope, signingSecret), hint: signingSecret.slice(-4) })
  if (plaid !== undefined) await savePlaidAccess(tx, id, await app.secrets.seal(scope, JSON.stringify(plaid)))
}

/** The connections of the company. */
export async function browseConnections(app: App, ctx: Context): Promise<ConnectionView[]> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, (tx) => listConnections(tx, { id: null, provider: null, limit: CONNECTIONS_MAX }))
}

export async function readConnection(app: App, ctx: Context, id: string): Promise<ConnectionView> {
  authorize(ctx, 'bank.read')
  return await app.db.tenant(ctx, (tx) => viewOf(tx, id))
}

/** Adds a connection. Its address and the secret made for it are answered here and never again. Refuses CONNECTIONS_FULL, CONNECTION_FIELDS_WRONG. */
export async function addConnection(app: App, ctx: Context, input: NewConnection): Promise<ConnectionOpened> {
  authorize(ctx, 'connection.manage')
  checkFields(input.provider, input)
  const id = uuidv7()
  const token = newToken({ tenantId: ctx.tenantId, connectionId: id })
  const made = input.signingSecret === undefined && OUR_SECRET.includes(input.provider) ? randomBytes(SECRET_BYTES).toString('base64url') : null
  const connection = await app.db.tenant(ctx, async (tx) => {
    if (await countConnectionsForUpdate(tx) >= CONNECTIONS_MAX) throw new Refusal('CONNECTIONS_FULL', { limit: String(CONNECTIONS_MAX) })
    const row = { provider: input.provider, name: input.name.trim(), institution: input.institution?.trim() || null, externalId: input.externalId?.trim() || null }
    await insertConnection(tx, { ...row, id, tokenHash: hashToken(token), createdBy: ctx.userId })
    await saveSecrets(app, tx, { id, signingSecret: input.signingSecret ?? made ?? undefined, plaid: input.plaid })
    await appendEvent(tx, ctx, { kind: 'connection.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'connection.create', subjectKind: 'connection', subjectId: id, after: trace(row) })
    return await viewOf(tx, id)
  })
  return { connection, token, signingSecret: made }
}

/** Changes a connection, or what proves its notifications. Refuses NOT_FOUND, CONNECTION_FIELDS_WRONG. */
export async function changeConnection(app: App, ctx: Context, { id, patch }: { readonly id: string; readonly patch: ConnectionPatch }): Promise<ConnectionView> {
  authorize(ctx, 'connection.manage')
  return await app.db.tenant(ctx, async (tx) => {
    const before = await lockConnection(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    checkFields(before.provider, patch)
    const after = {
      ...before, name: patch.name?.trim() ?? before.name,
      institution: patch.institution === undefined ? before.institution : patch.institution?.trim() || null, externalId: patch.externalId === undefined ? before.externalId : patch.externalId?.trim() || null,
    }
    await saveConnection(tx, after)
    await saveSecrets(app, tx, { id, ...patch })
    await appendEvent(tx, ctx, { kind: 'connection.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'connection.change', subjectKind: 'connection', subjectId: id, before: trace(before), after: { ...trace(after), secretChanged: patch.signingSecret !== undefined || patch.plaid !== undefined } })
    return await viewOf(tx, id)
  })
}

/** Gives a connection another address, answered this once; the one before is refused from now on. Refuses NOT_FOUND. */
export async function rotateAddress(app: App, ctx: Context, id: string): Promise<ConnectionOpened> {
  authorize(ctx, 'connection.manage')
  const token = newToken({ tenantId: ctx.tenantId, connectionId: id })
  const connection = await app.db.tenant(ctx, async (tx) => {
    if (!await lockConnection(tx, id)) throw new Refusal('NOT_FOUND')
    await saveToken(tx, id, hashToken(token))
    await appendEvent(tx, ctx, { kind: 'connection.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'connection.rotate-address', subjectKind: 'connection', subjectId: id })
    return await viewOf(tx, id)
  })
  return { connection, token, signingSecret: null }
}

/** Takes a connection away with its secrets. The lines it brought, its notifications and its log stay. Refuses NOT_FOUND. */
export async function removeConnection(app: App, ctx: Context, id: string): Promise<void> {
  authorize(ctx, 'connection.manage')
  await app.db.tenant(ctx, async (tx) => {
    const before = await lockConnection(tx, id)
    if (!before) throw new Refusal('NOT_FOUND')
    await removeConnectionRow(tx, id)
    await tellInstitutions(tx, id, app.clock.now())
    await appendEvent(tx, ctx, { kind: 'connection.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'connection.delete', subjectKind: 'connection', subjectId: id, before: trace(before) })
  })
}

/** Links an account the provider names to one of ours; notifications that waited for it are handled again. Refuses NOT_FOUND. */
export async function linkAccount(app: App, ctx: Context, { id, link }: { readonly id: string; readonly link: LinkAccount }): Promise<ConnectionView> {
  authorize(ctx, 'bank.manage')
  return await app.db.tenant(ctx, async (tx) => {
    if (!await lockConnection(tx, id)) throw new Refusal('NOT_FOUND')
    if (link.bankAccountId !== null && !await isOurAccount(tx, link.bankAccountId)) throw new Refusal('NOT_FOUND')
    if (!await linkAccountRow(tx, { connectionId: id, ...link })) throw new Refusal('NOT_FOUND')
    await tellInstitutions(tx, id, app.clock.now())
    if (link.bankAccountId !== null) for (const event of await openEvents(tx, { connectionId: id, limit: REPLAYED_MAX })) await queueEvent(app, tx, event)
    await appendEvent(tx, ctx, { kind: 'connection.changed', subject: id, data: {} })
    await recordAudit(tx, ctx, { action: 'connection.link-account', subjectKind: 'connection', subjectId: id, after: link })
    return await viewOf(tx, id)
  })
}
