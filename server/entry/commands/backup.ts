import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { askRunning } from '../../platform/backup/control.ts'
import type { Config } from '../../platform/config/config.ts'
import { openDb } from '../../platform/db/open.ts'
import { DataFolderLocked } from '../../platform/db/lock.ts'
import { makeBackup, type BackupWish } from '../backups.ts'
import type { CommandIo } from '../command.ts'
import { operatingConfig, say, told } from './operating.ts'

const USAGE = 'Usage : quittance backup [--to <dossier>] [--keep <n>]\n'

type Told = { readonly path: string; readonly removed: readonly string[]; readonly companies: number }

async function aloneOrBeside(config: Config, wish: BackupWish): Promise<Told> {
  try {
    const db = config.databaseUrl === null ? await openDb({ dataFolder: config.dataFolder }) : null
    try {
      const { path, removed, manifest } = await makeBackup(config, db, wish)
      return { path, removed, companies: manifest.figures.companies.length }
    } finally {
      await db?.close()
    }
  } catch (error) {
    if (!(error instanceof DataFolderLocked)) throw error
    const running = await askRunning(config.dataFolder, 'backup', { to: wish.to, keep: wish.keep })
    if (!running) throw error
    return running.value as Told
  }
}

function wishOf(args: string[]): BackupWish | null {
  try {
    const { values } = parseArgs({ args, options: { to: { type: 'string' }, keep: { type: 'string' } }, strict: true, allowPositionals: false })
    if (values.keep !== undefined && !/^[1-9]\d{0,3}$/.test(values.keep)) return null
    return { reason: 'manual', to: values.to === undefined ? undefined : resolve(values.to), keep: values.keep === undefined ? undefined : Number(values.keep), at: new Date() }
  } catch {
    return null
  }
}

/** `quittance backup`: one file with everything; its path on standard output. A running server does it itself when it holds the embedded database. */
export async function backupCommand(args: string[], io: CommandIo): Promise<number> {
  const wish = wishOf(args)
  if (!wish) { io.err(USAGE); return 2 }
  const operating = operatingConfig(io)
  if (!operating) return 1
  return await told(io, async () => {
    const { path, removed, companies } = await aloneOrBeside(operating.config, wish)
    io.out(`${path}\n`)
    say(io, { fr: `Sauvegarde faite (${companies} sociétés). Vérifiez-la avec « quittance restore ${path} --verify ».`, en: `Backup made (${companies} companies). Prove it with "quittance restore ${path} --verify".` })
    if (removed.length > 0) say(io, { fr: `Anciennes sauvegardes supprimées : ${removed.join(', ')}.`, en: `Old backups removed: ${removed.join(', ')}.` })
    return 0
  })
}
