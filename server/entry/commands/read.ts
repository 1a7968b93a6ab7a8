import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { continuityOf } from '../../../core/bank/continuity.ts'
import type { Statement, StatementLine, StatementRecord } from '../../../core/bank/statement.ts'
import type { Currency } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { type Locale, type Problem, problem } from '../../../core/kernel/problem.ts'
import { createCollector } from '../../../formats/bank/collect.ts'
import { CSV_PROFILES } from '../../../formats/bank/csv/profiles.ts'
import { createStatementReader, type ReadOptions } from '../../../formats/bank/read-statements.ts'
import { BANK_FORMATS } from '../../../formats/bank/registry.ts'

/** Where a command writes: what a program reads on `out`, what is for people on `err`. */
export type CommandIo = { out(text: string): void; err(text: string): void }

const CHUNK_BYTES = 1 << 18
/** Lines written at a time: a statement of a million lines never becomes one string. */
const LINES_PER_WRITE = 200

type Arguments = { files: string[]; options: ReadOptions }

const USAGE = {
  fr: (detail: string) => `${detail}\nUsage : quittance read <fichier>... [--format ${formatNames('|')}] [--profile <profil csv>]\n`,
  en: (detail: string) => `${detail}\nUsage: quittance read <file>... [--format ${formatNames('|')}] [--profile <csv profile>]\n`,
}

function formatNames(separator: string): string {
  return BANK_FORMATS.map((format) => format.name).join(separator)
}

/** The language of messages: English when QUITTANCE_LANG, LC_ALL, LC_MESSAGES or LANG (first one set) says so, else French. */
export function localeOf(environment: Readonly<Record<string, string | undefined>>): Locale {
  const chosen = [environment['QUITTANCE_LANG'], environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].find((value) => value !== undefined && value !== '')
  return chosen?.toLowerCase().startsWith('en') ? 'en' : 'fr'
}

/** Reads the arguments; a string is what is wrong with them. */
function readArguments(args: readonly string[], locale: Locale): Arguments | string {
  const files: string[] = []
  const chosen: { formatHint?: string; profile?: string } = {}
  let areFilesOnly = false
  for (let at = 0; at < args.length; at++) {
    const [name, inline] = splitOption(args[at]!)
    if (areFilesOnly || !name.startsWith('--')) files.push(args[at]!)
    else if (name === '--') areFilesOnly = true
    else if (name !== '--format' && name !== '--profile') return locale === 'fr' ? `Option inconnue : ${name}` : `Unknown option: ${name}`
    else {
      const value = inline ?? args[++at]
      const known: readonly string[] = name === '--format' ? BANK_FORMATS.map((format) => format.name) : CSV_PROFILES.map((profile) => profile.name)
      if (value === undefined || !known.includes(value)) {
        return locale === 'fr' ? `${name} attend l'un de : ${known.join(', ')}.` : `${name} expects one of: ${known.join(', ')}.`
      }
      if (name === '--format') chosen.formatHint = value
      else chosen.profile = value
    }
  }
  if (files.length === 0) return locale === 'fr' ? 'Indiquez au moins un fichier.' : 'Name at least one file.'
  return { files, options: chosen.profile === undefined ? chosen : { formatHint: 'csv', ...chosen } }
}

function splitOption(argument: string): [string, string | undefined] {
  const equals = argument.startsWith('--') ? argument.indexOf('=') : -1
  return equals < 0 ? [argument, undefined] : [argument.slice(0, equals), argument.slice(equals + 1)]
}

function lineJson(line: StatementLine): object {
  return {
    bookedOn: line.bookedOn, valueOn: line.valueOn, amount: formatAmount(line.minor, line.currency), currency: line.currency, label: line.label,
    reference: line.reference, counterparty: line.counterparty, bankId: line.bankId, status: line.status,
  }
}

function balanceJson(statement: Statement, which: 'opening' | 'closing'): object | null {
  const balance = statement[which]
  return balance === null || statement.currency === null ? null : { date: balance.date, amount: formatAmount(balance.minor, statement.currency) }
}

/** A statement whose lines are already text: `statement` keeps only what its balances need of them. */
type Written = { readonly statement: Statement; readonly parts: readonly Buffer[] }

function writeStatement({ statement, parts }: Written, io: CommandIo): void {
  const head = JSON.stringify({
    account: statement.account, currency: statement.currency, opening: balanceJson(statement, 'opening'), closing: balanceJson(statement, 'closing'),
    continuity: continuityOf(statement),
  })
  io.out(`${head.slice(0, -1)},"lines":[`)
  parts.forEach((part, at) => { io.out((at === 0 ? '' : ',') + part.toString('utf8')) })
  io.out(']}')
}

/**
 * Gathers statements without keeping their lines: each one becomes its JSON at once, as bytes outside of the heap, since the
 * head of the object needs the closing balance that comes last. The collector hears of the first line, and of the others as
 * one sum for each currency, which is all that continuity is made of.
 */
function createWriter() {
  const collector = createCollector()
  let parts: Buffer[] = []
  let waiting: string[] = []
  let first: StatementLine | null = null
  let sums = new Map<Currency, bigint>()
  const flush = (): void => {
    if (waiting.length > 0) parts.push(Buffer.from(waiting.join(',')))
    waiting = []
  }
  const takeLine = (line: StatementLine): StatementRecord[] => {
    waiting.push(JSON.stringify(lineJson(line)))
    if (waiting.length >= LINES_PER_WRITE) flush()
    if (first === null) {
      first = line
      return [{ kind: 'line', line }]
    }
    if (line.status === 'booked') sums.set(line.currency, (sums.get(line.currency) ?? 0n) + line.minor)
    return []
  }
  const start = (): void => {
    parts = []
    waiting = []
    first = null
    sums = new Map()
  }
  const close = (record: StatementRecord): Written[] => {
    flush()
    const others = [...sums].map(([currency, minor]): StatementRecord => ({ kind: 'line', line: { ...first!, currency, minor, status: 'booked' } }))
    const written = collector.take([...others, record]).map((statement) => ({ statement, parts }))
    start()
    return written
  }
  const take = (records: readonly StatementRecord[]): Written[] => records.flatMap((record) => {
    if (record.kind === 'close') return close(record)
    if (record.kind === 'open') start()
    collector.take(record.kind === 'line' ? takeLine(record.line) : [record])
    return []
  })
  return { take, problems: collector.problems }
}

function problemJson(found: Problem, locale: Locale): object {
  return { severity: found.severity, code: found.code, line: found.where.line ?? null, message: found.message[locale], ...(found.where.field === undefined ? {} : { field: found.where.field }) }
}

function unreadableFile(file: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = code === 'ENOENT' ? { fr: 'il n\'existe pas', en: 'it does not exist' }
    : code === 'EACCES' || code === 'EPERM' ? { fr: 'sa lecture n\'est pas permise', en: 'reading it is not allowed' }
    : code === 'EISDIR' ? { fr: 'c\'est un dossier', en: 'it is a folder' }
    : { fr: `erreur ${code}`, en: `error ${code}` }
  return problem('FILE_UNREADABLE', {
    fr: `Le fichier ${file} ne peut pas être lu : ${reason.fr}.`, en: `The file ${file} cannot be read: ${reason.en}.`,
  }, { file })
}

/** Reads one file from disk in pieces and prints its JSON object on one line. True when it has no error. */
async function readFile(file: string, options: ReadOptions, io: CommandIo): Promise<boolean> {
  const locale = localeOf(process.env)
  const reader = createStatementReader(options)
  const writer = createWriter()
  const statements: Written[] = []
  const failures: Problem[] = []
  try {
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error('folder'), { code: 'EISDIR' })
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
      for (const statement of writer.take(reader.push(chunk))) statements.push(statement)
    }
    for (const statement of writer.take(reader.end())) statements.push(statement)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    failures.push(unreadableFile(file, error))
  }
  const problems = [...failures, ...writer.problems()]
  io.out(`${JSON.stringify({ file, format: reader.format(), encoding: reader.format() === null ? null : reader.encoding() }).slice(0, -1)},"statements":[`)
  statements.forEach((statement, index) => {
    if (index > 0) io.out(',')
    writeStatement(statement, io)
  })
  io.out(`],"problems":${JSON.stringify(problems.map((found) => problemJson(found, locale)))}}\n`)
  return !problems.some((found) => found.severity === 'error')
}

/** `quittance read <file>...`: one JSON object per file, one per line. 0 done, 1 a file has errors, 2 wrong usage. */
export async function readCommand(args: string[], io: CommandIo): Promise<number> {
  const locale = localeOf(process.env)
  const parsed = readArguments(args, locale)
  if (typeof parsed === 'string') {
    io.err(USAGE[locale](parsed))
    return 2
  }
  let isClean = true
  for (const file of parsed.files) isClean = (await readFile(file, parsed.options, io)) && isClean
  return isClean ? 0 : 1
}
