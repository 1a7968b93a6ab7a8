import { internalsOf } from '../db/db.ts'
import type { Db } from '../db/types.ts'
import { JOBS_SCHEMA, createBoss } from './boss.ts'

// A tenant's transaction may add a job and nothing else; the product's own role runs them.
const GRANTS = `
  grant usage on schema ${JOBS_SCHEMA} to quittance_tenant, quittance_system;
  grant select, insert on all tables in schema ${JOBS_SCHEMA} to quittance_tenant;
  grant select, insert, update, delete on all tables in schema ${JOBS_SCHEMA} to quittance_system;
  grant usage on all sequences in schema ${JOBS_SCHEMA} to quittance_tenant, quittance_system;
  grant execute on all functions in schema ${JOBS_SCHEMA} to quittance_tenant, quittance_system;
  alter default privileges in schema ${JOBS_SCHEMA} grant select, insert on tables to quittance_tenant;
  alter default privileges in schema ${JOBS_SCHEMA} grant select, insert, update, delete on tables to quittance_system;
`

// A company reads its own jobs, latest first, among those of every other.
const INDEXES = `create index if not exists job_by_tenant on ${JOBS_SCHEMA}.job_common ((data->>'tenantId'), created_on, id)`

/** Creates or upgrades the tables of the jobs and gives the product's roles their rights. Run by the owner, after the migrations. */
export async function installJobs(db: Db): Promise<void> {
  await internalsOf(db).outside(async () => {
    const boss = createBoss(db, { working: false })
    boss.on('error', () => undefined)
    await boss.start()
    await boss.stop({ graceful: false, close: false })
    await db.exec(GRANTS)
    await db.exec(INDEXES)
  })
}
