import type { Company, CompanyPatch } from '../../../../contract/identity.ts'
import { authorize, type Context } from '../../../platform/access/context.ts'
import { Refusal } from '../../../platform/access/refusal.ts'
import type { App } from '../../../platform/app.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import { recordAudit } from '../../audit/index.ts'
import { checkCompanyFields } from './check-company.ts'
import { loadCompany, updateCompany as writeCompany, type CompanyRow } from './company-store.ts'
import { renameOrganization, slugOfTenant } from '../store.ts'

async function present(app: App, ctx: Context, row: CompanyRow): Promise<Company> {
  return { id: ctx.tenantId, slug: await app.db.system((tx) => slugOfTenant(tx, ctx.tenantId)), ...row }
}

function found(row: CompanyRow | undefined): CompanyRow {
  if (!row) throw new Refusal('NOT_FOUND')
  return row
}

/** The settings of the company. */
export async function getCompany(app: App, ctx: Context): Promise<Company> {
  authorize(ctx, 'company.read')
  return await present(app, ctx, found(await app.db.tenant(ctx, (tx) => loadCompany(tx))))
}

/** The fields of a patch that change something, before and after. */
function difference(row: CompanyRow, patch: CompanyPatch): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const changed = Object.entries(patch).filter(([field, value]) => value !== undefined && row[field as keyof CompanyRow] !== value)
  return { before: Object.fromEntries(changed.map(([field]) => [field, row[field as keyof CompanyRow]])), after: Object.fromEntries(changed) }
}

/** Changes settings. With `version` the change is refused when someone else changed the company since; without it the last write wins. */
export async function updateCompany(app: App, ctx: Context, input: { readonly patch: CompanyPatch; readonly version: number | undefined }): Promise<Company> {
  authorize(ctx, 'company.update')
  checkCompanyFields(input.patch, app.clock)
  const patch = input.patch.name === undefined ? input.patch : { ...input.patch, name: input.patch.name.trim() }
  const changed = await app.db.transaction(async () => {
    const after = await app.db.tenant(ctx, async (tx) => {
      const row = found(await loadCompany(tx, { lock: true }))
      if (input.version !== undefined && input.version !== row.version) throw new Refusal('VERSION_CONFLICT')
      const changes = difference(row, patch)
      if (Object.keys(changes.after).length === 0) return row
      await writeCompany(tx, changes.after as CompanyPatch)
      await appendEvent(tx, ctx, { kind: 'company.changed', subject: ctx.tenantId, data: {} })
      await recordAudit(tx, ctx, { action: 'company.update', subjectKind: 'company', subjectId: ctx.tenantId, ...changes })
      return found(await loadCompany(tx))
    })
    await app.db.system((tx) => renameOrganization(tx, ctx.tenantId, after.name))
    return after
  })
  await app.auth.accessChanged()
  return await present(app, ctx, changed)
}
