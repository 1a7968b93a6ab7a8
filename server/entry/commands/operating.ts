import { join } from 'node:path'
import { type Config, loadConfig, readEnvironment, type Environment } from '../../platform/config/config.ts'
import { operationsOf } from '../../platform/config/operations.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import { DataFolderLocked } from '../../platform/db/lock.ts'
import { MigrationRefused } from '../../platform/db/migrate.ts'
import { ControlError } from '../../platform/backup/control.ts'
import { BackupRefused } from '../../platform/backup/refused.ts'
import { StartRefused } from '../open-database.ts'
import type { CommandIo } from '../command.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

export function say(io: CommandIo, { fr, en }: Text): void {
  io.err(`${fr} / ${en}\n`)
}

/** The settings of a command that looks after an installation; null, with every problem told, when they cannot be read. */
export function operatingConfig(io: CommandIo): { readonly config: Config; readonly environment: Environment } | null {
  const environment = readEnvironment(ROOT, process.env)
  const loaded = loadConfig(environment)
  if ('config' in loaded) return { config: loaded.config, environment }
  for (const { message } of loaded.problems) say(io, message)
  return null
}

/** The address to use for the whole database: its owner's, when one is named. */
export function ownerUrlOf(config: Config): string | null {
  return config.databaseUrl === null ? null : operationsOf(config).ownerUrl ?? config.databaseUrl
}

/** The failures a person can mend, each in one sentence; undefined for the others. */
export function mendable(error: unknown): Text | undefined {
  if (error instanceof BackupRefused || error instanceof DataFolderLocked || error instanceof MigrationRefused || error instanceof StartRefused || error instanceof ControlError) return error.sentence
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(ENOSPC|EDQUOT|EFBIG|53100)$/.test(code)) return { fr: 'Le disque est plein : rien n\'a été changé. Libérez de la place, puis recommencez.', en: 'The disk is full: nothing was changed. Free some room, then try again.' }
  if (/^(EACCES|EPERM|EROFS)$/.test(code)) {
    const path = error instanceof Error && 'path' in error ? String(error.path) : ''
    return { fr: `Quittance n'a pas le droit d'écrire ici : ${path}.`, en: `Quittance may not write here: ${path}.` }
  }
  if (!/^(?:ECONN[A-Z]+|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|28\w{3}|3D000|57P03|08\w{3}|42501)$/.test(code)) return undefined
  return { fr: `La base de données PostgreSQL ne répond pas ou refuse ce rôle (${code}). Vérifiez DATABASE_URL et DATABASE_OWNER_URL.`, en: `The PostgreSQL database does not answer or refuses this role (${code}). Check DATABASE_URL and DATABASE_OWNER_URL.` }
}

/** Runs a command; a failure that a person can mend is one sentence and the code 1. */
export async function told(io: CommandIo, run: () => Promise<number>): Promise<number> {
  try {
    return await run()
  } catch (error) {
    const sentence = mendable(error)
    if (!sentence) throw error
    say(io, sentence)
    return 1
  }
}
