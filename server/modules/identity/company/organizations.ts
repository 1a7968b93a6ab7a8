import type { OrganizationList } from '../../../../contract/team.ts'
import { currency } from '../../../../core/kernel/currency.ts'
import { isUuid, type TenantId } from '../../../../core/kernel/id.ts'
import type { Locale } from '../../../../core/kernel/problem.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import type { Person } from '../../../platform/auth/auth.ts'
import { recordAudit } from '../../audit/index.ts'
import { accessesOf, presentAccess } from '../access.ts'
import { loadCompany } from './company-store.ts'
import { archiveCompany as archive, holdsBooks, listArchived, restoreCompany as restore } from './organization-store.ts'
import { refuseUnlessOwner } from '../team/role-choice.ts'

/** The companies a person can open, or the archived ones they own. */
export async function listOrganizations(app: App, person: Person, query: { readonly archived?: boolean }): Promise<OrganizationList> {
  if (query.archived) return { items: [], archived: await app.db.system((tx) => listArchived(tx, person.id)) }
  return { items: (await accessesOf(app, person.id)).map(presentAccess), archived: [] }
}

/** A request names its company by the header; the address may only repeat it. */
export function refuseOtherCompany(named: Pick<Context, 'tenantId'>, id: string): void {
  if (named.tenantId !== id.toLowerCase()) throw new Refusal('NOT_FOUND')
}

/** Closes a company to everyone, until an owner takes it back. Refused to all but owners, and when it holds what the law requires to keep. */
export async function archiveCompany(app: App, ctx: Context): Promise<void> {
  authorize(ctx, 'company.update')
  refuseUnlessOwner(ctx)
  // An owner's key does not close the company it works in.
  if (ctx.keyId !== undefined) throw new Refusal('API_KEY_NOT_A_PERSON')
  await app.db.tenant(ctx, async (tx) => {
    const company = await loadCompany(tx, { lock: true })
    if (!company) throw new Refusal('NOT_FOUND')
    if (await holdsBooks(tx)) throw new Refusal('COMPANY_HOLDS_BOOKS')
    if (!await archive(tx)) return
    await recordAudit(tx, ctx, { action: 'company.archive', subjectKind: 'company', subjectId: ctx.tenantId, before: { archived: false }, after: { archived: true, name: company.name } })
  })
  await app.auth.accessChanged()
}

export type Restoring = { readonly person: Person; readonly locale: Locale; readonly address: string | null; readonly id: string }

/** Opens an archived company again, for everyone who was in it. Only an owner finds it. */
export async function restoreCompany(app: App, { person, locale, address, id }: Restoring): Promise<void> {
  const tenantId = id.toLowerCase() as TenantId
  const [found] = isUuid(tenantId) ? await app.db.system((tx) => listArchived(tx, person.id, tenantId)) : []
  if (!found) throw new Refusal('NOT_FOUND')
  await app.db.tenant({ tenantId, userId: person.id }, async (tx) => {
    const company = await loadCompany(tx, { lock: true })
    if (!company || !await restore(tx)) return
    const ctx: Context = { tenantId, userId: person.id, actor: person.name, role: 'owner', locale, today: app.clock.today(company.timeZone), currency: currency(company.currency), address }
    await recordAudit(tx, ctx, { action: 'company.restore', subjectKind: 'company', subjectId: tenantId, before: { archived: true }, after: { archived: false, name: company.name } })
  })
  await app.auth.accessChanged()
}
