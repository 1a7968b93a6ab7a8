import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DataFolderLocked } from '../../platform/db/lock.ts'
import { MigrationRefused } from '../../platform/db/migrate.ts'
import { type Config, loadConfig, readEnvironment } from '../../platform/config/config.ts'
import { seedDemo, DEMO_SIGN_IN } from '../../modules/demo/index.ts'
import type { Logger } from '../../platform/log/log.ts'
import type { CommandIo } from '../command.ts'
import { composeApp } from '../compose.ts'
import { composeLog, openDatabase, StartRefused } from '../open-database.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const USAGE = 'Usage : quittance seed\n'

/** The failures a person can mend, in both languages. */
function sentence(error: unknown): string | undefined {
  return error instanceof StartRefused || error instanceof DataFolderLocked || error instanceof MigrationRefused ? error.message : undefined
}

async function seed(config: Config, log: Logger): Promise<boolean> {
  const db = await openDatabase(config, log)
  try {
    const running = await composeApp({ config, db, log })
    return await seedDemo(running.app).finally(() => running.stop())
  } finally {
    await db.close()
  }
}

/** Makes the demonstration companies in the configured database. A second run does nothing; an interrupted one left nothing behind. */
export async function seedCommand(args: string[], io: CommandIo): Promise<number> {
  try {
    parseArgs({ args, options: {}, strict: true })
  } catch {
    io.err(USAGE)
    return 2
  }
  const loaded = loadConfig(readEnvironment(ROOT, process.env))
  if ('problems' in loaded) {
    for (const { message } of loaded.problems) io.err(`${message.fr} / ${message.en}\n`)
    return 1
  }
  const { config } = loaded
  const log = composeLog({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel })
  try {
    const made = await seed(config, log)
    io.err(made
      ? `Sociétés de démonstration créées. Connexion : ${DEMO_SIGN_IN.email}, mot de passe : ${DEMO_SIGN_IN.password}\nDemonstration companies made. Sign in: ${DEMO_SIGN_IN.email}, password: ${DEMO_SIGN_IN.password}\n`
      : 'Les sociétés de démonstration existent déjà : rien n\'a été changé. / The demonstration companies exist already: nothing was changed.\n')
    return 0
  } catch (error) {
    const said = sentence(error)
    if (said === undefined) throw error
    io.err(`${said}\n`)
    return 1
  }
}
