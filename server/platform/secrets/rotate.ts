import type { Db } from '../db/types.ts'
import type { SealedColumn } from './sealed-columns.ts'
import { listSealed, replaceSealed } from './sealed-store.ts'
import { SealError, type SecretKeys, type Secrets } from './secrets.ts'
import { unwrapKey, wrapKey } from './master.ts'
import { listKeys, listTenants, retireKeys, rewrapRow, type DataKeyRow } from './store.ts'

/** Whose keys these counts are of; null for those of the installation. */
export type Rotated = {
  readonly tenantId: string | null
  /** Data keys, and how many of them were put under the current secret. */
  readonly keys: number
  readonly rewrapped: number
  /** Keys wrapped with a secret that is no longer given: what they sealed cannot be opened. */
  readonly lost: number
  /** Texts sealed again with a new key, and those that could not be opened. */
  readonly resealed: number
  readonly unreadable: number
}

export type Rotation = {
  readonly columns: readonly SealedColumn[]
  /** Also replaces each key that an earlier secret has seen, and seals again what it sealed. */
  readonly data: boolean
  /** Called after each owner of keys. */
  readonly done?: (rotated: Rotated) => Promise<void>
}

const PAGE = 200

/** Everything in pages that each have a transaction of their own: a rotation cut short goes on where it stopped. */
async function eachPage<Item extends { readonly id: string }>(read: (after: string | null) => Promise<readonly Item[]>, work: (item: Item) => Promise<void> | void): Promise<void> {
  let after: string | null = null
  for (;;) {
    const items: readonly Item[] = await read(after)
    for (const item of items) await work(item)
    if (items.length < PAGE) return
    after = items.at(-1)?.id ?? null
  }
}

type OwnerKeys = { readonly keys: DataKeyRow[]; rewrapped: number; lost: number }

async function rewrap(secrets: SecretKeys, tenantId: string | null): Promise<OwnerKeys> {
  const found: OwnerKeys = { keys: [], rewrapped: 0, lost: 0 }
  const { current, byName } = secrets.masters
  await eachPage((after) => secrets.within(tenantId, async (table) => {
    const rows = await listKeys(table, { after, limit: PAGE })
    for (const row of rows) {
      found.keys.push(row)
      if (row.master === current.name) continue
      const of = { tenantId, id: row.id, purpose: row.purpose }
      const master = byName.get(row.master)
      const key = master && unwrapKey(master, row.wrapped, of)
      if (!key) { found.lost += 1; continue }
      await rewrapRow(table, { id: row.id, from: row.master, to: { master: current.name, wrapped: wrapKey(current, key, of) } })
      found.rewrapped += 1
    }
    return rows
  }), () => undefined)
  return found
}

async function reseal(secrets: Secrets & SecretKeys, tenantId: string | null, work: { readonly column: SealedColumn; readonly keys: readonly string[] }): Promise<{ resealed: number; unreadable: number }> {
  const counts = { resealed: 0, unreadable: 0 }
  await eachPage((after) => secrets.within(tenantId, async (table) => {
    const rows = await listSealed(table, work.column, { keys: work.keys, after, limit: PAGE })
    for (const row of rows) {
      const scope = { tenantId, purpose: `${work.column.group}:${row.id}` }
      const text = await secrets.open(scope, row.sealed).catch((error: unknown) => { if (error instanceof SealError) return null; throw error })
      if (text === null) { counts.unreadable += 1; continue }
      await replaceSealed(table, work.column, { ...row, next: await secrets.seal(scope, text) })
      counts.resealed += 1
    }
    return rows
  }), () => undefined)
  return counts
}

async function rotateOwner(secrets: Secrets & SecretKeys, tenantId: string | null, rotation: Rotation): Promise<Rotated> {
  const { keys, rewrapped, lost } = await rewrap(secrets, tenantId)
  const counts = { resealed: 0, unreadable: 0 }
  const old = keys.filter((row) => row.bornUnder !== secrets.masters.current.name).map((row) => row.id)
  if (rotation.data && old.length > 0) {
    await secrets.within(tenantId, (table) => retireKeys(table, secrets.masters.current.name))
    for (const column of rotation.columns.filter(({ schema }) => schema === (tenantId === null ? 'auth' : 'app'))) {
      const done = await reseal(secrets, tenantId, { column, keys: old })
      counts.resealed += done.resealed
      counts.unreadable += done.unreadable
    }
  }
  return { tenantId, keys: keys.length, rewrapped, lost, ...counts }
}

/**
 * Puts every data key under the current secret and, when asked, seals again what keys seen by an earlier secret had
 * sealed. Safe to stop at any moment and to run again; the server may be at work meanwhile, with the same secrets.
 */
export async function rotateSecrets(db: Db, secrets: Secrets & SecretKeys, rotation: Rotation): Promise<readonly Rotated[]> {
  const all: Rotated[] = []
  const rotate = async (tenantId: string | null) => {
    const rotated = await rotateOwner(secrets, tenantId, rotation)
    if (rotated.keys === 0) return
    all.push(rotated)
    await rotation.done?.(rotated)
  }
  await rotate(null)
  await eachPage(async (after) => (await db.system((tx) => listTenants(tx, { after, limit: PAGE }))).map((id) => ({ id })), ({ id }) => rotate(id))
  secrets.forget()
  return all
}

/** What opens and what does not, without changing anything. */
export async function checkSecrets(db: Db, secrets: Secrets & SecretKeys, columns: readonly SealedColumn[]): Promise<{ keys: number; earlier: number; lost: number; sealed: number; unreadable: number }> {
  const seen = { keys: 0, earlier: 0, lost: 0, sealed: 0, unreadable: 0 }
  const check = async (tenantId: string | null) => {
    await eachPage((after) => secrets.within(tenantId, (table) => listKeys(table, { after, limit: PAGE })), (row) => {
      seen.keys += 1
      const master = secrets.masters.byName.get(row.master)
      if (row.master !== secrets.masters.current.name) seen.earlier += 1
      if (!master || !unwrapKey(master, row.wrapped, { tenantId, id: row.id, purpose: row.purpose })) seen.lost += 1
    })
    for (const column of columns.filter(({ schema }) => schema === (tenantId === null ? 'auth' : 'app'))) {
      await eachPage((after) => secrets.within(tenantId, (table) => listSealed(table, column, { keys: null, after, limit: PAGE })), async ({ id, sealed }) => {
        seen.sealed += 1
        await secrets.open({ tenantId, purpose: `${column.group}:${id}` }, sealed).catch((error: unknown) => { if (error instanceof SealError) seen.unreadable += 1; else throw error })
      })
    }
  }
  await check(null)
  await eachPage(async (after) => (await db.system((tx) => listTenants(tx, { after, limit: PAGE }))).map((id) => ({ id })), ({ id }) => check(id))
  return seen
}
