import { createReadStream, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { continuityOf } from '../../../core/bank/continuity.ts'
import type { CsvProfile } from '../../../core/bank/mapping.ts'
import { checkProfile } from '../../../core/bank/mapping-check.ts'
import type { Statement, StatementLine, StatementRecord } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { type Locale, type Problem, problem } from '../../../core/kernel/problem.ts'
import { createCollector } from '../../../formats/bank/collect.ts'
import { CSV_PROFILES } from '../../../formats/bank/csv/profiles/index.ts'
import { readLayer } from '../../../formats/bank/pdf/read-layer.ts'
import { createStatementReader, type ReadOptions } from '../../../formats/bank/read-statements.ts'
import { BANK_FORMATS } from '../../../formats/bank/registry.ts'
import { isPdf, PDF_BYTES_MAX, pdfText } from '../../platform/documents/pdf-text.ts'

/** Where a command writes: what a program reads on `out`, what is for people on `err`. */
export type CommandIo = { out(text: string): void; err(text: string): void }

const CHUNK_BYTES = 1 << 16
/** Lines written at a time: a statement of a million lines never becomes one string. */
const LINES_PER_WRITE = 200

type Arguments = { files: string[]; options: ReadOptions }

const USAGE = {
  fr: (detail: string) => `${detail}\nUsage : quittance read <fichier>... [--format ${formatNames('|')}] [--profile <profil csv>] [--currency <devise>]\n`,
  en: (detail: string) => `${detail}\nUsage: quittance read <file>... [--format ${formatNames('|')}] [--profile <csv profile>] [--currency <code>]\n`,
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
  const chosen: { formatHint?: string; profile?: string; csvProfile?: CsvProfile; currency?: Currency } = {}
  let areFilesOnly = false
  for (let at = 0; at < args.length; at++) {
    const [name, inline] = splitOption(args[at]!)
    if (areFilesOnly || !name.startsWith('--')) files.push(args[at]!)
    else if (name === '--') areFilesOnly = true
    else if (name === '--currency') {
      const currency = parseCurrency((inline ?? args[++at] ?? '').toUpperCase())
      if (!currency) return locale === 'fr' ? '--currency attend un code de devise, par exemple EUR.' : '--currency expects a currency code, for example EUR.'
      chosen.currency = currency
    } else if (name !== '--format' && name !== '--profile') return locale === 'fr' ? `Option inconnue : ${name}` : `Unknown option: ${name}`
    else {
      const value = inline ?? args[++at]
      if (name === '--profile' && value?.endsWith('.json')) {
        const read = profileFile(value, locale)
        if (typeof read === 'string') return read
        chosen.csvProfile = read
        continue
      }
      const known: readonly string[] = name === '--format' ? BANK_FORMATS.map((format) => format.name) : CSV_PROFILES.map((profile) => profile.name)
      if (value === undefined || !known.includes(value)) {
        return locale === 'fr' ? `${name} attend l'un de : ${known.join(', ')}.` : `${name} expects one of: ${known.join(', ')}.`
      }
      if (name === '--format') chosen.formatHint = value
      else chosen.profile = value
    }
  }
  if (files.length === 0) return locale === 'fr' ? 'Indiquez au moins un fichier.' : 'Name at least one file.'
  return { files, options: chosen.profile === undefined && chosen.csvProfile === undefined ? chosen : { formatHint: 'csv', ...chosen } }
}

/** A profile that somebody shares, as a file of JSON; a string is what is wrong with it. */
function profileFile(path: string, locale: Locale): CsvProfile | string {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return locale === 'fr' ? `Le profil ${path} ne peut pas être lu : ce n'est pas un fichier JSON lisible.` : `The profile ${path} cannot be read: it is not a readable JSON file.`
  }
  const checked = checkProfile(value)
  return checked.ok ? checked.value : checked.problem.message[locale]
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

/**
 * Prints statements as their records come, keeping none of their lines: what is only known at the end (closing balance, continuity)
 * is written behind the lines. The collector hears of the first line, and of the others as one sum for each currency, which is all
 * that continuity is made of.
 */
function createWriter(io: CommandIo) {
  const collector = createCollector()
  let waiting: string[] = []
  let first: StatementLine | null = null
  let sums = new Map<Currency, bigint>()
  let [statements, lines, isOpen] = [0, 0, false]
  const flush = (): void => {
    if (waiting.length === 0) return
    io.out(`${lines > waiting.length ? ',' : ''}${waiting.join(',')}`)
    waiting = []
  }
  const open = (record: Extract<StatementRecord, { kind: 'open' }>): void => {
    end()
    collector.take([record])
    io.out(`${statements === 0 ? '' : ','}${JSON.stringify({ account: record.account }).slice(0, -1)},"lines":[`)
    statements += 1
    lines = 0
    first = null
    sums = new Map()
    isOpen = true
  }
  const takeLine = (line: StatementLine): void => {
    if (!isOpen) return
    waiting.push(JSON.stringify(lineJson(line)))
    lines += 1
    if (waiting.length >= LINES_PER_WRITE) flush()
    if (first === null) {
      first = line
      collector.take([{ kind: 'line', line }])
    } else if (line.status === 'booked') sums.set(line.currency, (sums.get(line.currency) ?? 0n) + line.minor)
  }
  const close = (record: Extract<StatementRecord, { kind: 'close' }>): void => {
    if (!isOpen) return
    flush()
    isOpen = false
    const others = [...sums].map(([currency, minor]): StatementRecord => ({ kind: 'line', line: { ...first!, currency, minor, status: 'booked' } }))
    for (const statement of collector.take([...others, record])) {
      io.out(`],${JSON.stringify({
        currency: statement.currency, opening: balanceJson(statement, 'opening'), closing: balanceJson(statement, 'closing'), continuity: continuityOf(statement),
      }).slice(1)}`)
    }
  }
  /** The file could not be read to its end: what was printed of its last statement is completed. */
  const end = (): void => { close({ kind: 'close', opening: null, closing: null, currency: null }) }
  const take = (records: readonly StatementRecord[]): void => {
    for (const record of records) {
      if (record.kind === 'line') takeLine(record.line)
      else if (record.kind === 'open') open(record)
      else if (record.kind === 'close') close(record)
      else collector.take([record])
    }
  }
  return { take, end, problems: collector.problems }
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

/** What reads the pieces of a file: a reader of text, or everything held until a PDF is opened. */
type Source = { push(bytes: Uint8Array): StatementRecord[]; end(): Promise<StatementRecord[]>; format(): string | null; encoding(): string | null }

function textSource(options: ReadOptions): Source {
  const reader = createStatementReader(options)
  return {
    push: (bytes) => reader.push(bytes), end: () => Promise.resolve(reader.end()), format: () => reader.format(),
    encoding: () => (reader.format() === null ? null : reader.encoding()),
  }
}

function pdfSource(options: ReadOptions): Source {
  const pieces: Uint8Array[] = []
  let held = 0
  return {
    push(bytes) {
      held += bytes.length
      // One byte too many is enough to be refused for its size.
      if (held - bytes.length <= PDF_BYTES_MAX) pieces.push(bytes)
      return []
    },
    end: async () => readLayer(await pdfText(Buffer.concat(pieces)), options),
    format: () => 'pdf', encoding: () => null,
  }
}

/** Reads one file from disk in pieces and prints its JSON object on one line. True when it has no error. */
async function readFile(file: string, options: ReadOptions, io: CommandIo): Promise<boolean> {
  const locale = localeOf(process.env)
  const isPdfWanted = options.formatHint === undefined || options.formatHint === 'pdf'
  let source: Source | null = null
  const writer = createWriter(io)
  const failures: Problem[] = []
  io.out(`${JSON.stringify({ file }).slice(0, -1)},"statements":[`)
  try {
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error('folder'), { code: 'EISDIR' })
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
      source ??= isPdfWanted && isPdf(chunk) ? pdfSource(options) : textSource(options)
      writer.take(source.push(chunk))
    }
    source ??= textSource(options)
    writer.take(await source.end())
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    failures.push(unreadableFile(file, error))
  }
  writer.end()
  const problems = [...failures, ...writer.problems()]
  const end = { format: source?.format() ?? null, encoding: source?.encoding() ?? null, problems: problems.map((found) => problemJson(found, locale)) }
  io.out(`],${JSON.stringify(end).slice(1)}\n`)
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
