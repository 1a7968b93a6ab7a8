import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Currency } from '../../../core/kernel/currency.ts'
import { isUuid, type TenantId } from '../../../core/kernel/id.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import type { Context } from '../../platform/access/context.ts'
import { loadConfig, readEnvironment, type Config } from '../../platform/config/config.ts'
import { DataFolderLocked } from '../../platform/db/lock.ts'
import { MigrationRefused } from '../../platform/db/migrate.ts'
import type { Db } from '../../platform/db/types.ts'
import { checkSecrets, rotateSecrets, type Rotated } from '../../platform/secrets/rotate.ts'
import { createSecrets, type SecretKeys, type Secrets } from '../../platform/secrets/secrets.ts'
import type { SealedColumn } from '../../platform/secrets/sealed-columns.ts'
import { systemClock } from '../../platform/clock/clock.ts'
import { recordAudit } from '../../modules/audit/index.ts'
import type { CommandIo } from '../command.ts'
import { composeLog, openDatabase, StartRefused } from '../open-database.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

type Work = (parts: { readonly db: Db; readonly secrets: Secrets & SecretKeys; readonly columns: readonly SealedColumn[] }) => Promise<number>

function say(io: CommandIo, text: Text): void {
  io.err(`${text.fr}\n${text.en}\n`)
}

async function opened(config: Config, work: Work): Promise<number> {
  const db = await openDatabase(config, composeLog({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel }))
  try {
    const { MODULES } = await import('../modules.ts')
    return await work({ db, secrets: createSecrets(db, { secret: config.secret, previous: config.previousSecrets }), columns: MODULES.flatMap((module) => [...(module.sealed ?? [])]) })
  } finally {
    await db.close()
  }
}

async function withSecrets(io: CommandIo, work: Work): Promise<number> {
  const loaded = loadConfig(readEnvironment(ROOT, process.env))
  if ('problems' in loaded) {
    for (const { message } of loaded.problems) say(io, message)
    return 1
  }
  try {
    return await opened(loaded.config, work)
  } catch (error) {
    if (!(error instanceof StartRefused || error instanceof DataFolderLocked || error instanceof MigrationRefused)) throw error
    io.err(`${error.message}\n`)
    return 1
  }
}

/** A company's log says that its keys changed hands; the keys themselves are never written. */
async function recordRotation(db: Db, { tenantId, rewrapped, resealed }: Rotated): Promise<void> {
  if (tenantId === null || !isUuid(tenantId) || rewrapped + resealed === 0) return
  const ctx: Context = { tenantId: tenantId as TenantId, userId: null, actor: 'Quittance', role: 'owner', locale: 'fr', today: systemClock.today('Europe/Paris'), currency: 'EUR' as Currency, address: null }
  await db.tenant(ctx, (tx) => recordAudit(tx, ctx, { action: 'secret.rotate', subjectKind: 'company', subjectId: tenantId, after: { keys: rewrapped, texts: resealed } }))
}

function sum(all: readonly Rotated[], count: (one: Rotated) => number): number {
  return all.reduce((total, one) => total + count(one), 0)
}

/** `quittance secrets rotate [--data]`: 0 when everything is under the current secret, 1 when something could not be opened. */
export async function rotateSecretsCommand(args: string[], io: CommandIo): Promise<number> {
  let data: boolean
  try {
    data = parseArgs({ args, options: { data: { type: 'boolean', default: false } }, strict: true, allowPositionals: false }).values.data
  } catch {
    io.err('Usage : quittance secrets rotate [--data]\n')
    return 2
  }
  return await withSecrets(io, async ({ db, secrets, columns }) => {
    const all = await rotateSecrets(db, secrets, { columns, data, done: (rotated) => recordRotation(db, rotated) })
    const [rewrapped, resealed, lost, unreadable] = [sum(all, (one) => one.rewrapped), sum(all, (one) => one.resealed), sum(all, (one) => one.lost), sum(all, (one) => one.unreadable)]
    say(io, {
      fr: `Clés passées sous le secret actuel : ${rewrapped} ; textes scellés de nouveau : ${resealed}.`,
      en: `Keys put under the current secret: ${rewrapped}; texts sealed again: ${resealed}.`,
    })
    if (lost + unreadable === 0) return 0
    say(io, {
      fr: `Clés qu'aucun secret donné n'ouvre : ${lost} ; textes illisibles : ${unreadable}. Ajoutez l'ancien secret à QUITTANCE_SECRET_PREVIOUS, puis relancez.`,
      en: `Keys that no secret given opens: ${lost}; unreadable texts: ${unreadable}. Add the earlier secret to QUITTANCE_SECRET_PREVIOUS, then run again.`,
    })
    return 1
  })
}

/** `quittance secrets check`: counts on standard output as JSON; 0 when every secret opens. */
export async function checkSecretsCommand(args: string[], io: CommandIo): Promise<number> {
  if (args.length > 0) {
    io.err('Usage : quittance secrets check\n')
    return 2
  }
  return await withSecrets(io, async ({ db, secrets, columns }) => {
    const seen = await checkSecrets(db, secrets, columns)
    io.out(`${JSON.stringify(seen)}\n`)
    if (seen.earlier > 0) say(io, { fr: `Clés encore sous un ancien secret : ${seen.earlier}. Lancez « quittance secrets rotate ».`, en: `Keys still under an earlier secret: ${seen.earlier}. Run "quittance secrets rotate".` })
    return seen.lost + seen.unreadable === 0 ? 0 : 1
  })
}
