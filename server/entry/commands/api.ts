import { parseArgs } from 'node:util'
import type { CommandIo } from '../command.ts'
import { operatingConfig, say } from './operating.ts'
import { mendable, serve } from './start.ts'

/** `quittance api`: the application and the API without workers. The jobs it adds are done by `quittance worker`, so it needs a PostgreSQL server. */
export async function apiCommand(args: string[], io: CommandIo): Promise<number> {
  try {
    parseArgs({ args, options: {}, strict: true, allowPositionals: false })
  } catch {
    io.err('Usage : quittance api\n')
    return 2
  }
  const loaded = operatingConfig(io)
  if (!loaded) return 1
  if (loaded.config.databaseUrl === null) {
    say(io, {
      fr: 'La base embarquée n\'accepte qu\'un seul processus, qui doit aussi faire les travaux : lancez « quittance start », ou indiquez un serveur PostgreSQL par DATABASE_URL.',
      en: 'The embedded database takes one process only, which must also do the jobs: run "quittance start", or name a PostgreSQL server with DATABASE_URL.',
    })
    return 1
  }
  try {
    await serve(loaded.config, { demo: false, io, working: false })
    return 0
  } catch (error) {
    const sentence = mendable(error, loaded.config)
    if (!sentence) throw error
    say(io, sentence)
    return 1
  }
}
