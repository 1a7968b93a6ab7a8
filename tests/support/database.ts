import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { createDb } from '../../server/platform/db/db.ts'
import { openEmbeddedEngine } from '../../server/platform/db/embedded.ts'
import { openDb } from '../../server/platform/db/open.ts'
import type { Db } from '../../server/platform/db/types.ts'
import { asSuperuser, urlOf } from './template.ts'

/** A migrated database for one test file. `owner` is the role that owns the tables, to look at what no role of the product may see. */
export type TestDb = Db & { readonly owner: Db }

async function embedded(path: string): Promise<TestDb> {
  const db = createDb(await openEmbeddedEngine({ template: path }))
  // The embedded engine has one session and one login, which owns everything.
  return Object.assign(db, { owner: db })
}

async function postgres(url: string, template: string): Promise<TestDb> {
  const name = `quittance_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asSuperuser(url, (admin) => admin.exec(`create database ${name} template ${template}`))
  const db = await openDb({ url: urlOf(url, name, true), dataFolder: '', poolSize: 8 })
  const owner = await openDb({ url: urlOf(url, name), dataFolder: '', poolSize: 2 })
  const closeLogin = db.close
  return Object.assign(db, {
    owner,
    close: async () => {
      await closeLogin()
      await owner.close()
      await asSuperuser(url, (admin) => admin.exec(`drop database if exists ${name} with (force)`))
    },
  })
}

/**
 * A fresh migrated database: in memory, or a clone on the server that QUITTANCE_TEST_DB names. Open one in `beforeAll`,
 * close it in `afterAll`, and give each test a tenant of its own.
 */
export async function testDb(): Promise<TestDb> {
  const template = inject('quittanceTemplate')
  return template.engine === 'embedded' ? await embedded(template.path) : await postgres(template.url, template.database)
}
