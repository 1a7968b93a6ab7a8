import type { TenantTx } from '../../../platform/db/types.ts'
import type { Institution } from '../types.ts'

const COLUMNS = 'i.id, i.name, i.bic, i.bank_code as "bankCode", i.colour, i.connection'
const LISTED_MAX = 200

export async function listInstitutions(tx: TenantTx): Promise<Institution[]> {
  const { rows } = await tx.query<Institution>(`select ${COLUMNS} from app.bank_institution i where i.tenant_id = $1 order by i.name, i.id limit ${LISTED_MAX}`, [tx.tenantId])
  return rows
}

export async function findInstitution(tx: TenantTx, id: string): Promise<Institution | undefined> {
  const { rows } = await tx.query<Institution>(`select ${COLUMNS} from app.bank_institution i where i.tenant_id = $1 and i.id = $2`, [tx.tenantId, id])
  return rows[0]
}

/** The institution of a bank code; two accounts of one bank share it. */
export async function institutionOfCode(tx: TenantTx, bankCode: string): Promise<Institution | undefined> {
  const { rows } = await tx.query<Institution>(`select ${COLUMNS} from app.bank_institution i where i.tenant_id = $1 and i.bank_code = $2`, [tx.tenantId, bankCode])
  return rows[0]
}

export async function insertInstitution(tx: TenantTx, one: Institution): Promise<void> {
  await tx.query('insert into app.bank_institution (tenant_id, id, name, bic, bank_code, colour, connection) values ($1, $2, $3, $4, $5, $6, $7)',
    [tx.tenantId, one.id, one.name, one.bic, one.bankCode, one.colour, one.connection])
}

/** Whether and how an institution is connected; whoever connects it says so. */
export async function setConnection(tx: TenantTx, id: string, connection: Institution['connection']): Promise<void> {
  await tx.query('update app.bank_institution set connection = $3 where tenant_id = $1 and id = $2', [tx.tenantId, id, connection])
}
