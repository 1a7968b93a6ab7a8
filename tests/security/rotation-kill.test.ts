import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../server/entry/open-database.ts'
import { loadConfig } from '../../server/platform/config/config.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db } from '../../server/platform/db/types.ts'
import { uuidv7 } from '../../server/platform/id/uuid.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { checkSecrets } from '../../server/platform/secrets/rotate.ts'
import type { SealedColumn } from '../../server/platform/secrets/sealed-columns.ts'
import { createSecrets } from '../../server/platform/secrets/secrets.ts'
import { asSuperuser, urlOf } from '../support/template.ts'
import type { RotationOrder } from './rotation-child.ts'

const [OLD, NEW] = ['the secret that leaked from a backup', 'the secret that takes its place today']
const COLUMN: SealedColumn = { schema: 'auth', table: 'test_safe', column: 'content', group: 'test.safe' }
const ROWS = 450
const template = inject('quittanceTemplate')
const name = `quittance_test_${process.pid}_${randomBytes(4).toString('hex')}`
const folder = mkdtempSync(join(tmpdir(), 'quittance-rotation-'))
const url = template.engine === 'embedded' ? null : urlOf(template.url, name, true)

async function open(): Promise<Db> {
  if (url !== null) return await openDb({ url, dataFolder: folder })
  const loaded = loadConfig({ QUITTANCE_DATA: folder })
  if ('problems' in loaded) throw new Error('the settings of the test are wrong')
  return await openDatabase(loaded.config, createLogger({ level: 'fatal' }))
}

const TABLE = 'create table auth.test_safe (id uuid primary key, content text)'

beforeAll(async () => {
  if (template.engine === 'postgres') {
    await asSuperuser(template.url, (admin) => admin.exec(`create database ${name} template ${template.database}`))
    await asSuperuser(urlOf(template.url, name), (owner) => owner.exec(TABLE))
  }
  const db = await open()
  if (template.engine === 'embedded') await db.exec(TABLE)
  const secrets = createSecrets(db, { secret: OLD, previous: [] })
  await db.system(async (tx) => {
    for (let n = 0; n < ROWS; n += 1) {
      const id = uuidv7()
      await tx.query('insert into auth.test_safe values ($1, $2)', [id, await secrets.seal({ tenantId: null, purpose: `test.safe:${id}` }, `secret ${id}`)])
    }
  })
  await db.close()
})
afterAll(async () => {
  if (template.engine === 'postgres') await asSuperuser(template.url, (admin) => admin.exec(`drop database if exists ${name} with (force)`))
  rmSync(folder, { recursive: true, force: true })
})

/** Rotates in a process of its own, killed without warning inside the transaction of that number; answers whether it got to its end instead. */
async function rotate(stopIn: number): Promise<'killed' | 'done'> {
  const order: RotationOrder = { url, folder, secret: NEW, previous: [OLD], columns: [COLUMN], stopIn }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rotation-child.ts'), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (data: Buffer) => { complaint += data.toString() })
  child.stdout.on('data', (data: Buffer) => { if (data.toString().includes('inside')) child.kill('SIGKILL') })
  return await new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed')
      else if (code === 0) resolve('done')
      else reject(new Error(`the process ended by itself: ${complaint}`))
    })
  })
}

/** How many texts still open with both secrets at hand, and with the new one alone. */
async function readable(): Promise<{ both: number; fresh: number; oldKeys: number }> {
  const db = await open()
  const [both, fresh] = await Promise.all([checkSecrets(db, createSecrets(db, { secret: NEW, previous: [OLD] }), [COLUMN]), checkSecrets(db, createSecrets(db, { secret: NEW, previous: [] }), [COLUMN])])
  const { masters } = createSecrets(db, { secret: OLD, previous: [] })
  const old = await db.system((tx) => tx.query<{ count: bigint }>('select count(*) from auth.test_safe s join auth.data_key k on k.id::text = split_part(s.content, \'.\', 2) where k.born_under = $1', [masters.current.name]))
  await db.close()
  return { both: both.sealed - both.unreadable, fresh: fresh.sealed - fresh.unreadable, oldKeys: Number(old.rows[0]?.count) }
}

test('a rotation killed inside any of its transactions loses no secret, and the next one ends the work', async () => {
  // Keys, retirement, then three pages of at most 200 texts: each page that was committed stays done.
  const left: number[] = []
  for (const stopIn of [1, 2, 3, 3]) {
    expect(await rotate(stopIn)).toBe('killed')
    const { both, oldKeys } = await readable()
    expect(both).toBe(ROWS)
    left.push(oldKeys)
  }
  expect(left).toEqual([ROWS, ROWS, ROWS, ROWS])
  expect(await rotate(4)).toBe('killed')
  expect(await readable()).toMatchObject({ both: ROWS, oldKeys: ROWS - 200 })
  expect(await rotate(0)).toBe('done')
  expect(await readable()).toEqual({ both: ROWS, fresh: ROWS, oldKeys: 0 })
}, 180_000)
