import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Text } from '../../../core/kernel/problem.ts'
import type { Config } from '../../platform/config/config.ts'
import { UnknownQueue } from '../../platform/jobs/types.ts'
import type { CommandIo } from '../command.ts'
import { composeLog, openDatabase } from '../open-database.ts'
import { operatingConfig, say } from './operating.ts'
import { mendable, stopSignal } from './start.ts'

const CLOSE_MS_MAX = 3_000
const USAGE = 'Usage : quittance worker [--queues <name,name>]\n'

function queuesOf(args: string[]): readonly string[] | undefined {
  const { values } = parseArgs({ args, options: { queues: { type: 'string' } }, strict: true, allowPositionals: false })
  return values.queues?.split(',').map((name) => name.trim()).filter((name) => name !== '')
}

/** Takes jobs until it is asked to stop, then finishes those at work or gives them back. */
async function work(config: Config, options: { readonly queues: readonly string[] | undefined; readonly io: CommandIo }): Promise<void> {
  const stopped = stopSignal()
  const { queues, io } = options
  const log = composeLog(config)
  const db = await openDatabase(config, log)
  try {
    const { composeApp } = await import('../compose.ts')
    const running = await composeApp({ config, db, log, workers: { working: true, ...(queues ? { queues } : {}) } })
    try {
      const names = (queues ?? running.app.jobs.queues().map((queue) => queue.name)).join(', ')
      say(io, { fr: `Files de travaux prises : ${names}. Arrêt : Ctrl+C.`, en: `Queues taken: ${names}. Stop: Ctrl+C.` })
      await stopped
      say(io, { fr: 'Arrêt : les travaux en cours se terminent ou retournent en file…', en: 'Stopping: the jobs at work finish or go back to their queue…' })
    } finally {
      await running.stop()
    }
  } finally {
    // A job that was given back while it still holds a session must not keep the process.
    await Promise.race([db.close(), wait(CLOSE_MS_MAX, undefined, { ref: false })])
  }
}

function sentenceOf(error: unknown, config: Config): Text | undefined {
  if (!(error instanceof UnknownQueue)) return mendable(error, config)
  return {
    fr: `File inconnue : ${error.names.join(', ')}. Files connues : ${error.known.join(', ')}.`,
    en: `Unknown queue: ${error.names.join(', ')}. Known queues: ${error.known.join(', ')}.`,
  }
}

/** `quittance worker [--queues a,b]`: the jobs without the API, beside other processes on the same PostgreSQL server. */
export async function workerCommand(args: string[], io: CommandIo): Promise<number> {
  let queues: readonly string[] | undefined
  try {
    queues = queuesOf(args)
  } catch {
    io.err(USAGE)
    return 2
  }
  if (queues?.length === 0) {
    io.err(USAGE)
    return 2
  }
  const loaded = operatingConfig(io)
  if (!loaded) return 1
  if (loaded.config.databaseUrl === null) {
    say(io, {
      fr: 'La base embarquée n\'accepte qu\'un seul processus : ses travaux sont faits par « quittance start ». Pour des travailleurs à part, indiquez un serveur PostgreSQL par DATABASE_URL.',
      en: 'The embedded database takes one process only: "quittance start" does its jobs. For workers of their own, name a PostgreSQL server with DATABASE_URL.',
    })
    return 1
  }
  try {
    await work(loaded.config, { queues, io })
    return 0
  } catch (error) {
    const sentence = sentenceOf(error, loaded.config)
    if (!sentence) throw error
    say(io, sentence)
    return 1
  }
}
