import type { Static } from 'typebox'
import type { Company, NewCompany } from '../../../../contract/identity.ts'
import { currency } from '../../../../core/kernel/currency.ts'
import type { TenantId } from '../../../../core/kernel/id.ts'
import type { Locale } from '../../../../core/kernel/problem.ts'
import type { Context } from '../../../platform/access/context.ts'
import type { App } from '../../../platform/app.ts'
import { appendEvent } from '../../../platform/events/index.ts'
import type { Person } from '../../../platform/auth/auth.ts'
import { uuidv7 } from '../../../platform/id/uuid.ts'
import { recordAudit } from '../../audit/index.ts'
import { checkCompanyFields, firstYearOf } from './check-company.ts'
import { insertCompany, type CompanyRow } from './company-store.ts'
import { slugOf } from './names.ts'
import { insertOrganization } from '../store.ts'

/** The person who creates a company becomes its owner. `isDemo` marks the companies of the demonstration. */
export type Creator = { readonly person: Person; readonly locale: Locale; readonly address: string | null; readonly isDemo?: boolean }
export type CreateCompanyInput = Static<typeof NewCompany>

const DEFAULT_TIME_ZONE = 'Europe/Paris'
const DEFAULT_COLOUR = '#2F46C9'

function companyRow(input: CreateCompanyInput, creator: Creator): Omit<CompanyRow, 'version'> {
  return {
    kind: input.kind, name: input.name.trim(), siren: input.siren ?? null, vatNumber: null, address: null, postalCode: null, city: null,
    country: input.country ?? 'FR', currency: input.currency ?? 'EUR', timeZone: input.timeZone ?? DEFAULT_TIME_ZONE, locale: creator.locale,
    vatDueOn: input.vatDueOn ?? 'receipts', colour: DEFAULT_COLOUR, isDemo: creator.isDemo ?? false,
  }
}

/**
 * Creates a company or a firm with its organisation, its owner, its first fiscal year and its plan of accounts: all of
 * it or nothing. It needs no permission, only a person who signed in. Answers the company and the context to work in it.
 */
export async function createCompany(app: App, creator: Creator, input: CreateCompanyInput): Promise<{ company: Company; ctx: Context }> {
  checkCompanyFields(input, app.clock)
  const row = companyRow(input, creator)
  const today = app.clock.today(row.timeZone)
  const firstYear = row.kind === 'company' ? firstYearOf(input.firstYear, today) : null
  const tenantId = uuidv7() as TenantId
  const ctx: Context = {
    tenantId, userId: creator.person.id, actor: creator.person.name, role: 'owner', locale: creator.locale,
    today, currency: currency(row.currency), address: creator.address,
  }
  const slug = await app.db.transaction(async () => {
    const taken = await app.db.system((tx) => insertOrganization(tx, { tenantId, name: row.name, slug: slugOf(row.name), ownerId: creator.person.id }))
    await app.db.tenant(ctx, async (tx) => {
      await insertCompany(tx, row)
      for (const prepare of app.onCompanyCreated) await prepare(tx, ctx, { kind: row.kind, name: row.name, firstYear })
      await appendEvent(tx, ctx, { kind: 'company.created', subject: tenantId, data: {} })
      await recordAudit(tx, ctx, { action: 'company.create', subjectKind: 'company', subjectId: tenantId, after: { ...row, slug: taken, firstYear } })
    })
    return taken
  })
  await app.auth.accessChanged()
  return { company: { id: tenantId, slug, ...row, version: 1 }, ctx }
}
