import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { fixedClock } from '../../platform/clock/clock.ts'
import { createLogger } from '../../platform/log/log.ts'
import { commitImport, previewImport } from '../../modules/banking/index.ts'
import { composeApp } from '../compose.ts'
import { configOf } from './config.ts'
import { contextOf, type Loaded, openPlace } from './place.ts'

type Row = Readonly<Record<string, string>>

/** `bank.csv` as one file per account, without the account's own name: each run then takes it into accounts of its own. */
function filesOf(path: string): ReadonlyMap<string, Uint8Array> {
  const byAccount = new Map<string, Row[]>()
  for (const { account = '', ...row } of Papa.parse<Row>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true }).data) {
    const rows = byAccount.get(account)
    if (rows) rows.push(row)
    else byAccount.set(account, [row])
  }
  return new Map([...byAccount].map(([account, rows]) => [account, Buffer.from(Papa.unparse(rows, { newline: '\n' }))]))
}

/** Takes the bank file of a folder, preview and commit, into new accounts of the company that was loaded. Answers what was stored. */
export async function importBank(folder: string, loaded: Loaded): Promise<{ readonly new: number; readonly known: number; readonly suspicious: number }> {
  const db = await openPlace(folder)
  try {
    const { app, stop } = await composeApp({ config: configOf(folder), db, log: createLogger({ level: 'fatal' }), clock: fixedClock(`${loaded.today}T10:00:00Z`), workers: { working: false } })
    try {
      const counts = { new: 0, known: 0, suspicious: 0 }
      for (const [account, bytes] of filesOf(join(folder, 'bank.csv'))) {
        const ctx = contextOf(loaded)
        const { row } = await previewImport(app, ctx, { fileName: 'bank.csv', bytes })
        const taken = await commitImport(app, ctx, { id: row.id, choice: { newAccount: { name: `${account} ${row.id.slice(-6)}` } } })
        counts.new += taken.row.linesNew
        counts.known += taken.row.linesKnown
        counts.suspicious += taken.row.linesSuspicious
      }
      return counts
    } finally {
      await stop()
    }
  } finally {
    await db.close()
  }
}
