import type { CsvProfile } from '../../../../core/bank/mapping.ts'
import type { TenantTx } from '../../../platform/db/types.ts'

/** How a company reads the files of one of its banks. */
export type ProfileRow = { readonly id: string; readonly name: string; readonly profile: CsvProfile; readonly createdAt: string }

const COLUMNS = 'p.id, p.name, p.profile, p.created_at as "createdAt"'
/** Profiles one company keeps. */
export const PROFILES_MAX = 200

export async function listProfiles(tx: TenantTx): Promise<ProfileRow[]> {
  const { rows } = await tx.query<ProfileRow>(`select ${COLUMNS} from app.bank_import_profile p where p.tenant_id = $1 order by p.name, p.id limit ${PROFILES_MAX}`, [tx.tenantId])
  return rows
}

export async function findProfile(tx: TenantTx, id: string): Promise<ProfileRow | undefined> {
  const { rows } = await tx.query<ProfileRow>(`select ${COLUMNS} from app.bank_import_profile p where p.tenant_id = $1 and p.id = $2`, [tx.tenantId, id])
  return rows[0]
}

/** Saves a profile under its name; the same name again replaces what it said. */
export async function saveProfile(tx: TenantTx, row: { readonly id: string; readonly name: string; readonly profile: CsvProfile; readonly by: string | null }): Promise<ProfileRow> {
  const { rows } = await tx.query<ProfileRow>(`
    insert into app.bank_import_profile as p (tenant_id, id, name, profile, created_by) values ($1, $2, $3, $4::jsonb, $5)
    on conflict (tenant_id, name) do update set profile = excluded.profile
    returning ${COLUMNS}`, [tx.tenantId, row.id, row.name, JSON.stringify(row.profile), row.by])
  return rows[0]!
}

export async function deleteProfile(tx: TenantTx, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from app.bank_import_profile where tenant_id = $1 and id = $2', [tx.tenantId, id])
  return rowCount > 0
}
