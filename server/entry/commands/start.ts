import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Text } from '../../../core/kernel/problem.ts'
import { loadConfig, readEnvironment, type Config } from '../../platform/config/config.ts'
import { DataFolderLocked } from '../../platform/db/lock.ts'
import { MigrationRefused } from '../../platform/db/migrate.ts'
import type { HttpApp } from '../../platform/http/routes.ts'
import type { CommandIo } from '../command.ts'
import type { Running } from '../compose.ts'
import type { Demo } from '../demo.ts'
import { composeLog, openDatabase, StartRefused } from '../open-database.ts'
import { beginControls, beginOperations, beginTracing } from '../running.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
/** Requests under way have this long to end once the server is asked to stop. */
const DRAIN_MS_MAX = 10_000

function say(io: CommandIo, { fr, en }: Text): void {
  io.err(`${fr} / ${en}\n`)
}

/** The failures a person can mend, each in one sentence; undefined for the others. */
export function mendable(error: unknown, config: Config): Text | undefined {
  if (error instanceof StartRefused || error instanceof DataFolderLocked || error instanceof MigrationRefused) return error.sentence
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'EADDRINUSE': return {
      fr: `Le port ${config.port} est déjà pris sur ${config.host}. Arrêtez l'autre programme ou choisissez un autre port, par exemple PORT=${config.port + 1}.`,
      en: `Port ${config.port} is already taken on ${config.host}. Stop the other program or choose another port, for example PORT=${config.port + 1}.`,
    }
    case 'EACCES': return {
      fr: `Le port ${config.port} est réservé par le système. Choisissez un port à partir de 1024, par exemple PORT=3000.`,
      en: `Port ${config.port} is reserved by the system. Choose a port from 1024 up, for example PORT=3000.`,
    }
    case 'EADDRNOTAVAIL': case 'ENOTFOUND': case 'EAI_AGAIN': if (config.databaseUrl === null) return {
      fr: `HOST : l'adresse ${config.host} n'est pas celle de cette machine. Indiquez par exemple 127.0.0.1.`,
      en: `HOST: the address ${config.host} is not one of this machine. Give for example 127.0.0.1.`,
    }
  }
  if (config.databaseUrl === null || !/^(?:E[A-Z_]+|28\w{3}|3D000|57P03|08\w{3})$/.test(code)) return undefined
  return {
    fr: `La base de données PostgreSQL ne répond pas (${code}). Vérifiez DATABASE_URL et que le serveur est démarré.`,
    en: `The PostgreSQL database does not answer (${code}). Check DATABASE_URL and that the server is running.`,
  }
}

/** Resolves when the process is asked to stop; asked a second time, it stops at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(1)
        asked = true
        resolve()
      })
    }
  })
}

/** Tries the port before anything is opened: a port that is taken is refused at once and leaves no trace. */
async function tryPort({ host, port }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => { probe.once('error', reject).listen({ host, port }, resolve) })
  await new Promise((resolve) => { probe.close(resolve) })
}

function announce(io: CommandIo, about: { version: string; config: Config; http: HttpApp; demo: Demo | null }): void {
  const { version, config, http, demo } = about
  const lines = [
    `Quittance ${version}`,
    `  Adresse / Address      ${config.port === 0 ? http.listeningOrigin : config.publicUrl}`,
    ...(demo ? [`  Démonstration / Demo   ${demo.signIn.email}   mot de passe / password: ${demo.signIn.password}`] : []),
    config.databaseUrl === null
      ? `  Données / Data         ${config.dataFolder} (base embarquée, à sauvegarder / embedded database, back it up)`
      : '  Données / Data         PostgreSQL',
    '  Arrêt / Stop           Ctrl+C',
  ]
  io.err(`${lines.join('\n')}\n`)
}

type Server = { readonly parts: typeof import('../compose.ts'); readonly web: typeof import('../http.ts'); readonly demos: typeof import('../demo.ts'); readonly identity: typeof import('../../modules/identity/index.ts') }

/** The rest of the server, loaded while the database opens. */
async function loadServer(): Promise<Server> {
  const [parts, web, demos, identity] = await Promise.all([import('../compose.ts'), import('../http.ts'), import('../demo.ts'), import('../../modules/identity/index.ts')])
  return { parts, web, demos, identity }
}

/** The demonstration when its companies are there or are to be made: on a database where nobody has an account yet. */
async function chooseDemo(running: Running, { demos, identity }: Server, wanted: boolean): Promise<{ demo: Demo | null; toMake: boolean }> {
  const demo = await demos.loadDemo()
  if (!demo) return { demo: null, toMake: false }
  const before = await running.app.db.system(identity.instanceState)
  if (before.hasDemo) return { demo, toMake: false }
  return wanted && !before.hasUsers ? { demo, toMake: true } : { demo: null, toMake: false }
}

/** The HTTP server, put together while the database makes the demonstration. */
async function composeWithDemo(running: Running, server: Server, { wanted, io }: { wanted: boolean; io: CommandIo }): Promise<{ http: HttpApp; demo: Demo | null }> {
  const { demo, toMake } = await chooseDemo(running, server, wanted)
  if (toMake) say(io, { fr: 'Premier démarrage : création des sociétés de démonstration…', en: 'First start: making the demonstration companies…' })
  const [http] = await Promise.all([server.web.composeHttp(running.app, { demo }), toMake ? demo?.seedDemo(running.app) : undefined])
  return { http, demo }
}

async function drain(http: HttpApp): Promise<void> {
  const limit = setTimeout(() => { http.server.closeAllConnections() }, DRAIN_MS_MAX)
  await http.close()
  clearTimeout(limit)
}

/** Opens, serves until it is asked to stop, and gives everything back in the reverse order. */
export async function serve(config: Config, options: { demo: boolean; io: CommandIo; working?: boolean }): Promise<void> {
  const stopped = stopSignal()
  await tryPort(config)
  beginOperations(config, options.io)
  const log = composeLog(config)
  const loading = loadServer()
  // Its failure is met where it is awaited, below; the database may refuse first.
  loading.catch(() => undefined)
  const db = await openDatabase(config, log)
  try {
    const server = await loading
    const tracing = await beginTracing(config, db)
    const running = await server.parts.composeApp({ config, db, log, tracing, workers: { working: options.working ?? true } })
    const endControls = await beginControls(running.app)
    try {
      const { http, demo } = await composeWithDemo(running, server, { wanted: options.demo, io: options.io })
      try {
        await http.listen({ host: config.host, port: config.port })
        announce(options.io, { version: server.web.readVersion(), config, http, demo })
        await stopped
        say(options.io, { fr: 'Arrêt : les demandes en cours se terminent…', en: 'Stopping: requests under way are finishing…' })
      } finally {
        await drain(http)
      }
    } finally {
      await endControls()
      await running.stop()
      await tracing?.stop()
    }
  } finally {
    await db.close()
  }
}

/** `quittance start [--no-demo]`: the application and the API on one port. */
export async function startCommand(args: string[], io: CommandIo): Promise<number> {
  let demo: boolean
  try {
    demo = !parseArgs({ args, options: { 'no-demo': { type: 'boolean', default: false } }, strict: true, allowPositionals: false }).values['no-demo']
  } catch {
    io.err('Usage : quittance start [--no-demo]\n')
    return 2
  }
  const loaded = loadConfig(readEnvironment(ROOT, process.env))
  if ('problems' in loaded) {
    for (const { message } of loaded.problems) say(io, message)
    return 1
  }
  try {
    await serve(loaded.config, { demo: demo && loaded.config.demo, io })
    return 0
  } catch (error) {
    const sentence = mendable(error, loaded.config)
    if (!sentence) throw error
    say(io, sentence)
    return 1
  }
}
