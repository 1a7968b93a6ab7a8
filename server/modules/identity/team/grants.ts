import type { Static } from 'typebox'
import type { Grant, NewGrant } from '../../../../contract/identity.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { insertGrant, revokeGrantRow } from '../company/company-store.ts'
import { findFirm, listGrants as loadGrants, type GrantRow } from '../store.ts'

/** The accesses given to firms, in force and revoked, latest first. */
export async function listGrants(app: App, ctx: Context): Promise<Grant[]> {
  authorize(ctx, 'company.read')
  return await app.db.system((tx) => loadGrants(tx, ctx.tenantId))
}

async function grantOf(app: App, ctx: Context, id: string): Promise<GrantRow> {
  const [grant] = await app.db.system((tx) => loadGrants(tx, ctx.tenantId, id))
  if (!grant) throw new Refusal('NOT_FOUND')
  return grant
}

/** Gives a firm access: its members then open the company with the role of the grant. */
export async function addGrant(app: App, ctx: Context, input: Static<typeof NewGrant>): Promise<Grant> {
  authorize(ctx, 'grant.manage')
  const firm = await app.db.system((tx) => findFirm(tx, input.firmSlug.trim()))
  if (!firm || firm.id === ctx.tenantId) throw new Refusal('FIRM_UNKNOWN', { slug: input.firmSlug })
  const id = uuidv7()
  await app.db.tenant(ctx, async (tx) => {
    if (!await insertGrant(tx, { id, firmId: firm.id, role: input.role, grantedBy: ctx.userId })) throw new Refusal('GRANT_EXISTS')
    await appendEvent(tx, ctx, { kind: 'grant.added', subject: id, data: { firmId: firm.id, role: input.role } })
    await recordAudit(tx, ctx, { action: 'grant.add', subjectKind: 'grant', subjectId: id, after: { firm: firm.slug, role: input.role } })
  })
  await app.auth.accessChanged()
  return await grantOf(app, ctx, id)
}

/** Takes a firm's access back, at once. Doing it again changes nothing. */
export async function revokeGrant(app: App, ctx: Context, input: { readonly id: string }): Promise<Grant> {
  authorize(ctx, 'grant.manage')
  const grant = await grantOf(app, ctx, input.id)
  await app.db.tenant(ctx, async (tx) => {
    if (!await revokeGrantRow(tx, input.id)) return
    await appendEvent(tx, ctx, { kind: 'grant.revoked', subject: input.id, data: { firmId: grant.firm.id, role: grant.role } })
    await recordAudit(tx, ctx, { action: 'grant.revoke', subjectKind: 'grant', subjectId: input.id, before: { firm: grant.firm.slug, role: grant.role }, after: { revoked: true } })
  })
  await app.auth.accessChanged()
  return await grantOf(app, ctx, input.id)
}
