// This file imports nothing but Node's own modules: `--help` must answer at once, so each command is loaded when it is called.
import { readFileSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import type { Command, CommandIo } from './command.ts'

/** One row of the dispatch table. */
export type CommandEntry = {
  readonly usage: string
  readonly fr: string
  readonly en: string
  /** True when nothing is left half done if the reader of the output goes away: the command then stops at once. */
  readonly stopsUnread: boolean
  readonly load: () => Promise<Command>
}

const ROOT = join(import.meta.dirname, '..', '..')

/** Commands by the one or two words that call them. */
export type CommandTable = Readonly<Record<string, CommandEntry>>

const COMMANDS: CommandTable = {
  read: {
    usage: 'read <file>... [--format <format>] [--profile <profile>] [--currency <code>]',
    fr: 'Lit des relevés bancaires et les écrit en JSON, un objet par fichier.',
    en: 'Reads bank statements and prints them as JSON, one object per file.',
    stopsUnread: true, load: async () => (await import('./commands/read.ts')).readCommand,
  },
  'fec check': {
    usage: 'fec check <file>',
    fr: 'Contrôle un fichier des écritures comptables (FEC).',
    en: 'Checks a French ledger file (FEC).',
    stopsUnread: true, load: async () => (await import('./commands/fec-check.ts')).fecCheckCommand,
  },
  balance: {
    usage: 'balance <fec|csv|xlsx> [--json]',
    fr: 'Établit la balance et le résultat d\'un fichier.',
    en: 'Prints the trial balance and the result of a file.',
    stopsUnread: true, load: async () => (await import('./commands/balance.ts')).balanceCommand,
  },
  match: {
    usage: 'match --data <folder> --out <csv>',
    fr: 'Rapproche des opérations bancaires et des factures.',
    en: 'Matches bank lines with invoices.',
    stopsUnread: false, load: async () => (await import('./commands/match.ts')).matchCommand,
  },
  dedup: {
    usage: 'dedup --data <folder> --out <csv>',
    fr: 'Reconnaît les opérations déjà importées dans une nouvelle livraison.',
    en: 'Recognises bank lines that a new delivery repeats.',
    stopsUnread: false, load: async () => (await import('./commands/dedup.ts')).dedupCommand,
  },
  categorise: {
    usage: 'categorise --data <folder> --labels <csv> --out <csv>',
    fr: 'Apprend les catégories d\'opérations déjà classées et classe les autres.',
    en: 'Learns the categories of labelled bank lines and files the others.',
    stopsUnread: false, load: async () => (await import('./commands/categorise.ts')).categoriseCommand,
  },
  bench: {
    usage: 'bench load|balance|import|export <folder>',
    fr: 'Exécute une charge de travail sur des données engendrées, pour se comparer.',
    en: 'Runs one workload on generated data, for comparisons.',
    stopsUnread: false, load: async () => (await import('./commands/bench.ts')).benchCommand,
  },
  start: {
    usage: 'start [--no-demo]',
    fr: 'Démarre l\'application et l\'API.',
    en: 'Starts the application and the API.',
    stopsUnread: false, load: async () => (await import('./commands/start.ts')).startCommand,
  },
  api: {
    usage: 'api',
    fr: 'Démarre l\'application et l\'API sans les travaux de fond (PostgreSQL).',
    en: 'Starts the application and the API without the background jobs (PostgreSQL).',
    stopsUnread: false, load: async () => (await import('./commands/api.ts')).apiCommand,
  },
  worker: {
    usage: 'worker [--queues <name,name>]',
    fr: 'Fait les travaux de fond, de toutes les files ou de celles qu\'on nomme (PostgreSQL).',
    en: 'Does the background jobs, of every queue or of those named (PostgreSQL).',
    stopsUnread: false, load: async () => (await import('./commands/worker.ts')).workerCommand,
  },
  daily: {
    usage: 'daily [--company <identifier>]',
    fr: 'Fait maintenant le travail du matin de toutes les sociétés, ou d\'une.',
    en: 'Does the morning work of every company, or of one, now.',
    stopsUnread: false, load: async () => (await import('./commands/daily.ts')).dailyCommand,
  },
  migrate: {
    usage: 'migrate',
    fr: 'Met la base de données à jour.',
    en: 'Brings the database up to date.',
    stopsUnread: false, load: async () => (await import('./commands/migrate.ts')).migrateCommand,
  },
  seed: {
    usage: 'seed',
    fr: 'Remplit la base avec les sociétés de démonstration.',
    en: 'Fills the database with the demonstration companies.',
    stopsUnread: false, load: async () => (await import('./commands/seed.ts')).seedCommand,
  },
  backup: {
    usage: 'backup [--to <folder>] [--keep <n>]',
    fr: 'Sauvegarde toutes les données dans un fichier, même quand le serveur tourne.',
    en: 'Backs up all the data into one file, even while the server runs.',
    stopsUnread: false, load: async () => (await import('./commands/backup.ts')).backupCommand,
  },
  restore: {
    usage: 'restore <file> [--verify] [--yes]',
    fr: 'Restaure une sauvegarde ; avec --verify, la prouve sans toucher aux données.',
    en: 'Restores a backup; with --verify, proves it without touching the data.',
    stopsUnread: false, load: async () => (await import('./commands/restore.ts')).restoreCommand,
  },
  health: {
    usage: 'health [--url <address>] [--json]',
    fr: 'Demande au serveur s\'il fonctionne.',
    en: 'Asks the running server whether it works.',
    stopsUnread: true, load: async () => (await import('./commands/health.ts')).healthCommand,
  },
  doctor: {
    usage: 'doctor [--json]',
    fr: 'Examine l\'installation et les comptes, et dit comment réparer.',
    en: 'Examines the installation and the books, and says how to mend them.',
    stopsUnread: true, load: async () => (await import('./commands/doctor.ts')).doctorCommand,
  },
  outbox: {
    usage: 'outbox [e-mail]',
    fr: 'Affiche les derniers messages, avec leur texte : sans serveur de courriel, le lien d\'un mot de passe oublié se lit ici.',
    en: 'Prints the latest messages with their text: without a mail server, the link of a forgotten password is read here.',
    stopsUnread: true, load: async () => (await import('./commands/outbox.ts')).outboxCommand,
  },
  'secrets rotate': {
    usage: 'secrets rotate [--data]',
    fr: 'Passe les clés des secrets sous QUITTANCE_SECRET ; avec --data, scelle de nouveau ce qu\'une ancienne clé a vu.',
    en: 'Puts the keys of secrets under QUITTANCE_SECRET; with --data, seals again what an earlier key has seen.',
    stopsUnread: false, load: async () => (await import('./commands/secrets.ts')).rotateSecretsCommand,
  },
  'secrets check': {
    usage: 'secrets check',
    fr: 'Vérifie que chaque secret de la base s\'ouvre.',
    en: 'Checks that every secret of the database opens.',
    stopsUnread: true, load: async () => (await import('./commands/secrets.ts')).checkSecretsCommand,
  },
}

function help(commands: CommandTable): string {
  const lines = Object.values(commands).map((entry) => `  ${entry.usage}\n      ${entry.fr}\n      ${entry.en}\n`)
  return `quittance <commande> [options] / quittance <command> [options]\n\n${lines.join('')}\n`
    + '  --help      affiche cette aide, ou celle d\'une commande / shows this help, or a command\'s\n'
    + '  --version   affiche la version / shows the version\n\n'
    + 'Codes de sortie : 0 fait, 1 entrée refusée ou en erreur, 2 mauvais usage.\n'
    + 'Exit codes: 0 done, 1 input refused or with errors, 2 wrong usage.\n'
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return manifest && typeof manifest === 'object' && 'version' in manifest ? String(manifest.version) : 'unknown'
}

/** Edits (insert, remove, replace) that turn one short word into another. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}

/** The command whose name is the closest to what was typed; a command of two words is also close to its first word alone. */
function nearest(typed: string, commands: CommandTable): string {
  const score = (name: string) => Math.min(distance(typed, name), distance(typed.split(' ')[0] ?? '', name.split(' ')[0] ?? '') + 0.5)
  return Object.keys(commands).reduce((best, name) => (score(name) < score(best) ? name : best))
}

function find(args: readonly string[], commands: CommandTable): { entry: CommandEntry; rest: string[] } | undefined {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ')
    const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (entry && args.length >= words) return { entry, rest: args.slice(words) }
  }
  return undefined
}

/** Runs one command line and gives its exit code. Nothing it throws reaches the caller. */
async function run(args: readonly string[], io: CommandIo, commands: CommandTable): Promise<number> {
  const first = args[0]
  if (first === undefined) { io.err(help(commands)); return 2 }
  if (first === '--help' || first === '-h' || first === 'help') { io.out(help(commands)); return 0 }
  if (first === '--version' || first === '-v') { io.out(`${version()}\n`); return 0 }
  const found = find(args, commands)
  if (!found) {
    const typed = args.slice(0, 2).filter((word) => !word.startsWith('-')).join(' ').slice(0, 40) || first.slice(0, 40)
    const close = nearest(typed, commands)
    io.err(`Commande inconnue : « ${typed} ». Vouliez-vous dire « ${close} » ? / Unknown command: "${typed}". Did you mean "${close}"?\n`)
    return 2
  }
  const ends = found.rest.indexOf('--')
  const options = ends < 0 ? found.rest : found.rest.slice(0, ends)
  if (options.includes('--help') || options.includes('-h')) {
    io.out(`quittance ${found.entry.usage}\n  ${found.entry.fr}\n  ${found.entry.en}\n`)
    return 0
  }
  try {
    return await (await found.entry.load())(found.rest, io)
  } catch (error) {
    await reportUnexpected(error, io)
    return 1
  }
}

/** One line for a person, with an id to quote; the stack only for whoever asked for it. */
async function reportUnexpected(error: unknown, io: CommandIo): Promise<void> {
  const { randomBytes } = await import('node:crypto')
  const id = randomBytes(4).toString('hex')
  io.err(`Erreur inattendue ${id}. Relancez avec QUITTANCE_DEBUG=1 pour le détail. / Unexpected error ${id}. Run again with QUITTANCE_DEBUG=1 for details.\n`)
  if (process.env['QUITTANCE_DEBUG'] === '1') io.err(`${id} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
}

/** Resolves once everything written so far has left this process; a reader that went away counts as having read. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableEnded) resolve()
    else stream.write('', () => { resolve() })
  })
}

function standardIo(stopsUnread: boolean): CommandIo {
  const closed = new Set<NodeJS.WriteStream>()
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      closed.add(stream)
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') process.exitCode = 1
      else if (stopsUnread && stream === process.stdout) process.exit(0)
    })
  }
  const writeTo = (stream: NodeJS.WriteStream) => (text: string) => { if (!closed.has(stream)) stream.write(text) }
  return { out: writeTo(process.stdout), err: writeTo(process.stderr) }
}

/** The whole process: runs the command line, waits until its output has left, and exits with its code. */
export async function main(args: readonly string[], commands: CommandTable = COMMANDS): Promise<void> {
  module.enableCompileCache(process.env['NODE_COMPILE_CACHE'] || join(ROOT, 'node_modules', '.cache', 'quittance'))
  const io = standardIo(find(args, commands)?.entry.stopsUnread ?? true)
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => { void reportUnexpected(error, io).then(() => process.exit(1)) })
  }
  const code = await run(args, io, commands)
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit(code)
}

if (import.meta.main) await main(process.argv.slice(2))
