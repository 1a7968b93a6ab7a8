// A company's own rows: its settings and the access it gives to firms. Written in the company's transaction.
import type { CompanyPatch } from '../../../../contract/identity.ts'
import type { Role } from '../../../../core/access/permissions.ts'
import type { TenantId, UserId } from '../../../../core/kernel/id.ts'
import type { TenantTx } from '../../../platform/db/types.ts'

export type CompanyRow = {
  readonly kind: 'company' | 'firm'; readonly name: string; readonly siren: string | null; readonly vatNumber: string | null
  readonly address: string | null; readonly postalCode: string | null; readonly city: string | null; readonly country: string
  readonly currency: string; readonly timeZone: string; readonly locale: 'fr' | 'en'; readonly vatDueOn: 'receipts' | 'debits'
  readonly colour: string; readonly isDemo: boolean; readonly version: number
}

const COLUMNS = `kind, name, siren, vat_number as "vatNumber", address, postal_code as "postalCode", city, country, currency, time_zone as "timeZone",
  locale, vat_due_on as "vatDueOn", colour, is_demo as "isDemo", version`

/** The columns a person may change, by the field of the API. */
const CHANGEABLE = {
  name: 'name', siren: 'siren', vatNumber: 'vat_number', address: 'address', postalCode: 'postal_code', city: 'city', country: 'country',
  timeZone: 'time_zone', locale: 'locale', vatDueOn: 'vat_due_on', colour: 'colour',
} as const satisfies Record<keyof CompanyPatch, string>

export async function insertCompany(tx: TenantTx, row: Omit<CompanyRow, 'version'>): Promise<void> {
  await tx.query(`
    insert into app.company (tenant_id, kind, name, siren, vat_number, address, postal_code, city, country, currency, time_zone, locale, vat_due_on, colour, is_demo)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
  [tx.tenantId, row.kind, row.name, row.siren, row.vatNumber, row.address, row.postalCode, row.city, row.country, row.currency, row.timeZone, row.locale, row.vatDueOn, row.colour, row.isDemo])
}

export async function loadCompany(tx: TenantTx, options: { readonly lock: boolean } = { lock: false }): Promise<CompanyRow | undefined> {
  const { rows } = await tx.query<CompanyRow>(`select ${COLUMNS} from app.company where tenant_id = $1${options.lock ? ' for update' : ''}`, [tx.tenantId])
  return rows[0]
}

export async function updateCompany(tx: TenantTx, patch: CompanyPatch): Promise<void> {
  const changes = Object.entries(CHANGEABLE).filter(([field]) => patch[field as keyof CompanyPatch] !== undefined)
  const sets = changes.map(([, column], index) => `${column} = $${index + 2}`)
  await tx.query(`update app.company set ${[...sets, 'version = version + 1'].join(', ')} where tenant_id = $1`, [tx.tenantId, ...changes.map(([field]) => patch[field as keyof CompanyPatch])])
}

export type NewGrantRow = { readonly id: string; readonly firmId: TenantId; readonly role: Role; readonly grantedBy: UserId | null }

/** Answers false when the firm already has a grant in force. */
export async function insertGrant(tx: TenantTx, grant: NewGrantRow): Promise<boolean> {
  const { rows } = await tx.query(`
    insert into app.firm_grant (tenant_id, id, firm_id, role, granted_by) values ($1, $2, $3, $4, $5)
    on conflict (tenant_id, firm_id) where revoked_at is null do nothing returning id`,
  [tx.tenantId, grant.id, grant.firmId, grant.role, grant.grantedBy])
  return rows.length > 0
}

/** Answers false when there is no such grant in force. */
export async function revokeGrantRow(tx: TenantTx, id: string): Promise<boolean> {
  const { rows } = await tx.query('update app.firm_grant set revoked_at = now() where tenant_id = $1 and id = $2 and revoked_at is null returning id', [tx.tenantId, id])
  return rows.length > 0
}
