import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { App } from '../../platform/app.ts'
import { exportFec } from '../../modules/ledger/fec-export.ts'
import { listFiscalYears } from '../../modules/ledger/books-store.ts'
import { contextOf, type Loaded, openPlace, placeOf } from './place.ts'

/** The FEC of every year of the company that was loaded, into the output folder. Answers the paths written. */
export async function exportYears(folder: string, loaded: Loaded): Promise<readonly string[]> {
  const db = await openPlace(folder)
  const ctx = contextOf(loaded)
  const { output } = placeOf(folder)
  mkdirSync(output, { recursive: true })
  const paths: string[] = []
  try {
    for (const { id } of await db.tenant(ctx, listFiscalYears)) {
      // An export asks nothing of the product but its database.
      const { fileName, chunks } = await exportFec({ db } as App, ctx, { fiscalYearId: id, separator: 'tab' })
      const path = join(output, fileName)
      await pipeline(Readable.from(chunks), createWriteStream(path))
      paths.push(path)
    }
  } finally {
    await db.close()
  }
  return paths
}
