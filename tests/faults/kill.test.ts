import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Config } from '../../server/platform/config/config.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db, TenantTx } from '../../server/platform/db/types.ts'
import { checkFaults } from '../simulation/invariants.ts'
import { inspectionApp } from '../../server/entry/inspection/verify-copy.ts'
import { inspectionContext, inspectBooks } from '../../server/entry/inspection/books.ts'
import { listCompanies } from '../../server/entry/inspection/inspection-store.ts'
import { composeApp } from '../../server/entry/compose.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { loadConfig } from '../../server/platform/config/config.ts'
import { busyHour, type Acknowledged } from './kill.ts'
import { openPlace, type Place } from './server-process.ts'

/** KILLS=200 is the full run; KILL_SEED plays one run again. */
const KILLS = Number(process.env['KILLS'] ?? 6)
const SEED = Number(process.env['KILL_SEED'] ?? 20_261_121)

let place: Place
beforeAll(async () => { place = await openPlace(inject('quittanceTemplate')) }, 120_000)
afterAll(async () => { await place.remove() }, 60_000)

function configOf({ environment }: Place): Config {
  const loaded = loadConfig(environment)
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return { ...loaded.config, logLevel: 'fatal' }
}

async function found(db: Db, ctx: Parameters<Db['tenant']>[0]): Promise<{ invoices: { id: string; number: string; cents: bigint }[]; lines: number; balance: bigint; matches: string[]; entries: number; posted: number }> {
  return await db.tenant(ctx, async (tx: TenantTx) => {
    const rows = async <T>(sql: string): Promise<T[]> => (await tx.query<T>(sql, [tx.tenantId])).rows
    const [totals] = await rows<{ lines: number; balance: bigint; posted: number }>('select count(*)::int as lines, coalesce(sum(amount), 0)::bigint as balance, count(entry_id)::int as posted from app.bank_line where tenant_id = $1')
    return {
      ...totals!, entries: 0,
      invoices: await rows(`select id, number, gross as cents from app.invoice where tenant_id = $1 and status <> 'draft' order by number`),
      matches: (await rows<{ id: string }>('select id from app.match where tenant_id = $1')).map(({ id }) => id).sort(),
    }
  })
}

test(`after ${KILLS} times kill -9 in the busiest hour, what was answered is there once, and the books are true`, async () => {
  const hour = await busyHour(place, { kills: KILLS, seed: SEED, onKill: (n) => { if (n % 20 === 0) console.log(`${n} kills`) } })
  const config = configOf(place)
  const db = await openDb({ url: config.databaseUrl ?? undefined, dataFolder: config.dataFolder })
  const { app, stop } = await composeApp({ config, db, log: createLogger({ level: 'fatal' }) })
  try {
    const [company] = await db.system(listCompanies)
    const ctx = inspectionContext(app, company!)
    // A job of a process that was killed is given to another once it has shown no sign of life for a while, and may then wait for its next try.
    await app.jobs.idle({ timeoutMs: 180_000 })
    const { invoices, lines, balance, matches, posted } = await found(db, ctx)
    const told: Acknowledged = hour.acknowledged
    console.log(`${hour.kills} kills, ${hour.interrupted} requests cut, ${told.invoices.length} invoices, ${told.lines} bank lines, ${told.matches.length} matches`)
    expect(told.invoices.length, 'the hour was busy').toBeGreaterThan(0)
    expect(invoices).toEqual([...told.invoices].sort((a, b) => (a.number < b.number ? -1 : 1)))
    expect({ lines, balance, posted }).toEqual({ lines: told.lines, balance: told.closing, posted: told.lines })
    expect(matches).toEqual([...told.matches].sort())
    await db.tenant(ctx, checkFaults)
    expect((await inspectBooks(inspectionApp(config, db))).filter(({ level }) => level !== 'ok')).toEqual([])
  } finally {
    await stop()
    await db.close()
  }
}, 240_000 + KILLS * 60_000)
