import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadConfig, readEnvironment, type Config } from '../../platform/config/config.ts'
import { DataFolderLocked } from '../../platform/db/lock.ts'
import { MigrationRefused } from '../../platform/db/migrate.ts'
import { createJobs } from '../../platform/jobs/jobs.ts'
import { createMail } from '../../platform/mail/mail.ts'
import { createSecrets } from '../../platform/secrets/secrets.ts'
import type { CommandIo } from '../command.ts'
import { composeLog, openDatabase, StartRefused } from '../open-database.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const MESSAGES_MAX = 20

async function printOutbox(config: Config, io: CommandIo, email: string | null): Promise<void> {
  const log = composeLog({ ...config, logLevel: 'warn' })
  const db = await openDatabase(config, log)
  try {
    const secrets = createSecrets(db, { secret: config.secret, previous: config.previousSecrets })
    const mail = createMail({ db, jobs: createJobs(db, { log }), secrets, smtp: config.smtp ?? null, publicUrl: config.publicUrl })
    const messages = await mail.listAll(email, MESSAGES_MAX)
    for (const { to, subject, text, state, createdAt, error } of [...messages].reverse()) {
      io.out(`${createdAt}  ${state}${error === null ? '' : ` (${error})`}  ${to}\n${subject}\n\n${text ?? ''}\n${'-'.repeat(72)}\n`)
    }
    if (messages.length === 0) io.err('Aucun message.\nNo message.\n')
  } finally {
    await db.close()
  }
}

/** The latest messages with their text, for whoever holds the machine: on an installation without a mail server, a password link is read here. */
export async function outboxCommand(args: readonly string[], io: CommandIo): Promise<number> {
  let email: string | undefined
  try {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} })
    if (positionals.length > 1) throw new Error('one address at most')
    email = positionals[0]?.trim().toLowerCase()
  } catch {
    io.err('quittance outbox [e-mail]\n')
    return 2
  }
  const loaded = loadConfig(readEnvironment(ROOT, process.env))
  if ('problems' in loaded) {
    for (const { message } of loaded.problems) io.err(`${message.fr}\n${message.en}\n`)
    return 1
  }
  try {
    await printOutbox(loaded.config, io, email ?? null)
    return 0
  } catch (error) {
    if (!(error instanceof StartRefused || error instanceof DataFolderLocked || error instanceof MigrationRefused)) throw error
    io.err(`${error.message}\n`)
    return 1
  }
}
