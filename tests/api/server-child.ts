// A server in a process of its own. It says its address, then obeys `break` on its input: the next key is kept slowly, so that the test can kill it in between.
import { createInterface } from 'node:readline'
import type { Config } from '../../server/platform/config/config.ts'
import { openDb } from '../../server/platform/db/open.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { composeApp } from '../../server/entry/compose.ts'
import { composeHttp } from '../../server/entry/http.ts'
import { openDatabase } from '../../server/entry/open-database.ts'

/** Longer than a test waits before it kills. */
const PAUSE_MS = 60_000

const config = JSON.parse(process.argv[2] ?? '') as Config
const log = createLogger({ level: 'fatal' })
const db = config.databaseUrl === null ? await openDatabase(config, log) : await openDb({ url: config.databaseUrl, dataFolder: config.dataFolder })
const { app } = await composeApp({ config, db, log })
let pausing = false
/** The database as it is, except that it stops right after the work, before the answer of a key is kept. */
const slow: typeof db = Object.assign(Object.create(db) as typeof db, {
  system: <T>(run: Parameters<typeof db.system<T>>[0]) => db.system<T>((tx) => run({
    ...tx,
    query: async (sql, params) => {
      if (pausing && sql.includes('insert into auth.idempotency_key')) {
        process.stdout.write('between\n')
        await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS) })
      }
      return await tx.query(sql, params)
    },
  })),
})
const http = await composeHttp({ ...app, db: slow }, { demo: null })
await http.listen({ host: '127.0.0.1', port: 0 })
createInterface({ input: process.stdin }).on('line', (line) => {
  pausing = line === 'break'
  process.stdout.write(`${line}: heard\n`)
})
process.stdout.write(`${http.listeningOrigin}\n`)
