import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { openArchive } from '../../platform/backup/archive.ts'
import { openBeside, putInPlace, workFolderIn } from '../../platform/backup/restore-embedded.ts'
import { otherSessions, restoreBeside, swapDatabases } from '../../platform/backup/restore-postgres.ts'
import type { Manifest } from '../../platform/backup/manifest.ts'
import { BackupRefused } from '../../platform/backup/refused.ts'
import type { Config } from '../../platform/config/config.ts'
import { operationsOf } from '../../platform/config/operations.ts'
import { lockFolder } from '../../platform/db/lock.ts'
import { openDb } from '../../platform/db/open.ts'
import type { Db } from '../../platform/db/types.ts'
import type { CommandIo } from '../command.ts'
import { verdict, type Finding } from '../inspection/finding.ts'
import { figuresOf, verifyCopy } from '../inspection/verify-copy.ts'
import { operatingConfig, ownerUrlOf, say, told } from './operating.ts'

const USAGE = 'Usage : quittance restore <fichier> [--verify] [--yes]\n'

type Wish = { readonly file: string; readonly verify: boolean; readonly yes: boolean }
type Work = { readonly config: Config; readonly manifest: Manifest; readonly unpacked: string; readonly workFolder: string; readonly io: CommandIo }

function wishOf(args: string[]): Wish | null {
  try {
    const { values, positionals } = parseArgs({ args, options: { verify: { type: 'boolean', default: false }, yes: { type: 'boolean', default: false } }, strict: true, allowPositionals: true })
    const [file, ...more] = positionals
    return file === undefined || more.length > 0 ? null : { file: resolve(file), verify: values.verify, yes: values.yes }
  } catch {
    return null
  }
}

function tell({ io, manifest }: Work, findings: readonly Finding[]): boolean {
  for (const finding of findings) if (finding.level === 'failure') say(io, finding.say)
  const sound = verdict(findings) !== 'failure'
  const { companies, tables } = manifest.figures
  const rows = Object.values(tables).reduce((total, count) => total + count, 0)
  if (sound) say(io, { fr: `Sauvegarde du ${manifest.at} prouvée : ${companies.length} sociétés, ${rows} lignes, balances et chaînes conformes.`, en: `Backup of ${manifest.at} proven: ${companies.length} companies, ${rows} rows, balances and chains agree.` })
  return sound
}

/** A copy restored beside the live data and proven; what to do with it is the caller's. */
async function prove<T>(work: Work, use: (copy: { readonly findings: Finding[]; readonly keep: () => Promise<string> }) => Promise<T>): Promise<T> {
  const { config, manifest, unpacked, workFolder } = work
  const at = new Date()
  const owner = ownerUrlOf(config)
  if (owner === null) {
    const { db } = await openBeside(unpacked, workFolder)
    const findings = await verifyCopy(config, db, manifest).finally(() => db.close())
    return await use({ findings, keep: () => putInPlace(config.dataFolder, { workFolder, unpacked, at }) })
  }
  const scratch = await restoreBeside(owner, unpacked)
  try {
    const db = await openDb({ url: scratch.url, dataFolder: config.dataFolder, poolSize: 2 })
    const findings = await verifyCopy(config, db, manifest).finally(() => db.close())
    return await use({ findings, keep: () => swapDatabases(owner, scratch, at) })
  } finally {
    await scratch.drop()
  }
}

async function withLive<T>(config: Config, look: (db: Db) => Promise<T>): Promise<T> {
  const db = await openDb({ url: ownerUrlOf(config) ?? undefined, dataFolder: config.dataFolder, poolSize: 1 })
  return await look(db).finally(() => db.close())
}

/** Names what the live data holds beyond the backup, and refuses while someone works in it. */
async function nameLoss({ config, manifest, io }: Work): Promise<void> {
  const owner = ownerUrlOf(config)
  if (owner === null) lockFolder(config.dataFolder).release()
  else if (await otherSessions(owner) > 0) {
    throw new BackupRefused('RESTORE_IN_USE', { fr: 'D\'autres programmes travaillent dans cette base. Arrêtez Quittance, puis recommencez.', en: 'Other programs work in this database. Stop Quittance, then try again.' })
  }
  const live = await withLive(config, figuresOf).catch(() => undefined)
  if (!live) {
    // A database too damaged to be read is the very reason to restore.
    say(io, { fr: 'Les données présentes ne sont pas lisibles. Elles seront mises de côté telles quelles.', en: 'The present data cannot be read. It will be put aside as it is.' })
    return
  }
  const before = new Map(manifest.figures.companies.map((company) => [company.id, company]))
  say(io, { fr: `La sauvegarde date du ${manifest.at}. Ce qui a été saisi depuis sera perdu :`, en: `The backup is of ${manifest.at}. What was entered since will be lost:` })
  for (const company of live.companies) {
    const [entries, rows] = [company.entries - (before.get(company.id)?.entries ?? 0), company.auditRows - (before.get(company.id)?.auditRows ?? 0)]
    if (!before.has(company.id)) say(io, { fr: `  ${company.name} : toute la société (${company.entries} écritures)`, en: `  ${company.name}: the whole company (${company.entries} entries)` })
    else if (entries !== 0 || rows !== 0) say(io, { fr: `  ${company.name} : ${entries} écritures, ${rows} actions`, en: `  ${company.name}: ${entries} entries, ${rows} actions` })
  }
}

async function agreed(io: CommandIo): Promise<boolean> {
  if (!process.stdin.isTTY) {
    say(io, { fr: 'Ajoutez --yes pour restaurer sans question. Rien n\'a été changé.', en: 'Add --yes to restore without a question. Nothing was changed.' })
    return false
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await reader.question('Tapez « oui » pour remplacer les données. / Type "yes" to replace the data. ').finally(() => { reader.close() })
  return ['oui', 'yes'].includes(answer.trim().toLowerCase())
}

async function restore(work: Work, wish: Wish): Promise<number> {
  if (!wish.verify) {
    await nameLoss(work)
    if (!wish.yes && !await agreed(work.io)) return 1
  }
  return await prove(work, async ({ findings, keep }) => {
    const sound = tell(work, findings)
    if (wish.verify) work.io.out(`${JSON.stringify({ verified: sound, at: work.manifest.at, companies: work.manifest.figures.companies.length, findings })}\n`)
    if (!sound || wish.verify) return sound ? 0 : 1
    const kept = await keep()
    say(work.io, { fr: `Restauration faite. Les données précédentes sont gardées dans ${kept} ; supprimez-les quand tout va bien.`, en: `Restored. The data of before is kept in ${kept}; remove it when all is well.` })
    return 0
  })
}

/** `quittance restore <file>`: beside first, proven, then in the place of the live data; `--verify` stops before that. */
export async function restoreCommand(args: string[], io: CommandIo): Promise<number> {
  const wish = wishOf(args)
  if (!wish) { io.err(USAGE); return 2 }
  const operating = operatingConfig(io)
  if (!operating) return 1
  const { config } = operating
  return await told(io, async () => {
    // Only what takes the place of the live data must lie on its disk.
    const workFolder = wish.verify || config.databaseUrl !== null ? await mkdtemp(join(tmpdir(), 'quittance-restoring-')) : await workFolderIn(config.dataFolder)
    try {
      const unpacked = join(workFolder, 'unpacked')
      const manifest = await openArchive(wish.file, { folder: unpacked, passphrase: operationsOf(config).backup.passphrase })
      const engine = config.databaseUrl === null ? 'embedded' : 'postgres'
      if (manifest.engine !== engine) {
        throw new BackupRefused('BACKUP_OTHER_ENGINE', {
          fr: `Cette sauvegarde est celle d'une base ${manifest.engine === 'embedded' ? 'embarquée' : 'PostgreSQL'}, et DATABASE_URL désigne l'autre sorte. Changez DATABASE_URL.`,
          en: `This backup is of ${manifest.engine === 'embedded' ? 'an embedded' : 'a PostgreSQL'} database, and DATABASE_URL names the other kind. Change DATABASE_URL.`,
        })
      }
      return await restore({ config, manifest, unpacked, workFolder, io }, wish)
    } finally {
      await rm(workFolder, { recursive: true, force: true })
    }
  })
}
