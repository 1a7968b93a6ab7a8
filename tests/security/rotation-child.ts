// A process of its own that rotates secrets and stops for ever inside one of its transactions: the test kills it there.
import { openDb } from '../../server/platform/db/open.ts'
import { rotateSecrets } from '../../server/platform/secrets/rotate.ts'
import type { SealedColumn } from '../../server/platform/secrets/sealed-columns.ts'
import { createSecrets, type SecretKeys } from '../../server/platform/secrets/secrets.ts'

/** `stopIn`: the number of the transaction that is never committed, from 1. */
export type RotationOrder = { readonly url: string | null; readonly folder: string; readonly secret: string; readonly previous: readonly string[]; readonly columns: readonly SealedColumn[]; readonly stopIn: number }

const order = JSON.parse(process.argv[2] ?? '') as RotationOrder
const db = await openDb({ url: order.url ?? undefined, dataFolder: order.folder, poolSize: 2 })
const secrets = createSecrets(db, order)
let count = 0
const within: SecretKeys['within'] = (tenantId, run) => secrets.within(tenantId, async (table) => {
  const value = await run(table)
  count += 1
  if (count === order.stopIn) {
    process.stdout.write('inside\n')
    await new Promise(() => { setInterval(() => undefined, 1_000) })
  }
  return value
})
await rotateSecrets(db, { ...secrets, within }, { columns: order.columns, data: true })
await db.close()
process.stdout.write('done\n')
