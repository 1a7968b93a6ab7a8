import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { currency } from '../../../core/kernel/currency.ts'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import type { Context } from '../../platform/access/context.ts'
import { openDb } from '../../platform/db/open.ts'
import type { Db } from '../../platform/db/types.ts'

// Light on purpose: a workload is timed as a whole process, and what is loaded here is part of its time.

/** The company a folder was loaded into, told by one load to the workloads that follow it. */
export type Loaded = { readonly tenantId: string; readonly today: string; readonly siren: string }

/** Where a folder keeps what Quittance makes of it: the embedded database when no PostgreSQL server is named, and the outputs. */
export function placeOf(folder: string): { readonly folder: string; readonly database: string; readonly output: string } {
  const own = join(resolve(folder), '.quittance')
  mkdirSync(own, { recursive: true })
  return { folder: own, database: join(own, 'data'), output: join(own, 'output') }
}

const stateOf = (folder: string) => join(placeOf(folder).folder, process.env['DATABASE_URL'] ? 'server.json' : 'embedded.json')

export function remember(folder: string, loaded: Loaded): void {
  writeFileSync(stateOf(folder), JSON.stringify(loaded))
}

/** The company loaded from a folder; undefined when `bench load` was not run on this database. */
export function recall(folder: string): Loaded | undefined {
  try {
    return JSON.parse(readFileSync(stateOf(folder), 'utf8')) as Loaded
  } catch {
    return undefined
  }
}

export async function openPlace(folder: string): Promise<Db> {
  return await openDb({ url: process.env['DATABASE_URL'] || undefined, dataFolder: placeOf(folder).database, poolSize: 2 })
}

/** The product at work for nobody in particular in the company that was loaded. */
export function contextOf(loaded: Loaded): Context {
  return {
    tenantId: loaded.tenantId as TenantId, userId: null, actor: 'Quittance', role: 'owner', locale: 'fr', today: loaded.today as LocalDate, currency: currency('EUR'), address: null,
  }
}
