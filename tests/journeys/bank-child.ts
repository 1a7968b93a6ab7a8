// A process of its own that commits a bank import and never ends by itself: the test kills it at the moment it names.
import { commitImport } from '../../server/modules/banking/index.ts'
import type { Context } from '../../server/platform/access/context.ts'
import type { Config } from '../../server/platform/config/config.ts'
import { openDb } from '../../server/platform/db/open.ts'
import { createLogger } from '../../server/platform/log/log.ts'
import { composeApp } from '../../server/entry/compose.ts'

/** `inside`: every line is written and nothing is committed. `after`: the commit was answered. */
export type ChildOrder = { readonly config: Config; readonly ctx: Context; readonly importId: string; readonly stop: 'inside' | 'after' }

const order = JSON.parse(process.argv[2] ?? '') as ChildOrder
const db = await openDb({ url: order.config.databaseUrl ?? undefined, dataFolder: order.config.dataFolder })
const { app } = await composeApp({ config: order.config, db, log: createLogger({ level: 'fatal' }) })
const forever = (): Promise<never> => new Promise(() => { setInterval(() => undefined, 1_000) })
const say = (word: string): void => { process.stdout.write(`${word}\n`) }
const jobs: typeof app.jobs = order.stop === 'after' ? app.jobs : { ...app.jobs, enqueue: async () => { say('inside'); return await forever() } }
await commitImport({ ...app, jobs }, order.ctx, { id: order.importId, choice: {} })
say('after')
await forever()
