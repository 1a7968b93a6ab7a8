import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandIo } from '../command.ts'
import { recall } from '../workload/place.ts'

const USAGE = 'Usage : quittance bench load|balance|import|export <folder>\n'

/** A generated folder is known by the files a workload reads. */
function complaint(work: string, folder: string): string | undefined {
  for (const file of work === 'import' ? ['bank.csv'] : ['journal.csv', 'manifest.json']) {
    if (!existsSync(join(folder, file))) return `${join(folder, file)} : fichier absent. Donnez un dossier de données engendrées. / missing file. Give a folder of generated data.\n`
  }
  if (work !== 'load' && recall(folder) === undefined) return `${folder} : lancez d'abord « quittance bench load ${folder} » sur cette base. / first run "quittance bench load ${folder}" on this database.\n`
  return undefined
}

/**
 * One workload as a whole process, for comparisons with other programs: `load` puts a generated ledger into a company of
 * its own (not timed), `balance` prints its trial balance, `import` takes its bank file, `export` writes its FEC. On the
 * server of DATABASE_URL, else on an embedded database inside the folder.
 */
export async function benchCommand(args: string[], io: CommandIo): Promise<number> {
  const [work, folder, ...more] = args
  if (work === undefined || folder === undefined || more.length > 0 || !['load', 'balance', 'import', 'export'].includes(work)) {
    io.err(USAGE)
    return 2
  }
  const wrong = complaint(work, folder)
  if (wrong !== undefined) {
    io.err(wrong)
    return 1
  }
  if (work === 'load') {
    const { load } = await import('../workload/load.ts')
    io.err(`${await load(folder)} écritures / entries\n`)
    return 0
  }
  const loaded = recall(folder)!
  if (work === 'balance') io.out(await (await import('../workload/balance.ts')).balance(folder, loaded))
  else if (work === 'export') io.out(`${(await (await import('../workload/export.ts')).exportYears(folder, loaded)).join('\n')}\n`)
  else io.out(`${JSON.stringify(await (await import('../workload/import.ts')).importBank(folder, loaded))}\n`)
  return 0
}
