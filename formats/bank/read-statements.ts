import type { Statement, StatementRecord } from '../../core/bank/statement.ts'
import { type Problem, problem } from '../../core/kernel/problem.ts'
import { cfonb240Refused, isCfonb240 } from './cfonb240/recognise.ts'
import { createCollector } from './collect.ts'
import { decodeAll, type EncodingName } from './encoding.ts'
import type { BankFormat, BankReader, ReaderOptions } from './format.ts'
import { BANK_FORMATS } from './registry.ts'

/** Options of a reading. `formatHint` skips detection; an unknown name is a problem, never a guess. */
export type ReadOptions = ReaderOptions & { readonly formatHint?: string }

/** A whole file read: what it was, its statements, and what is wrong with it. `format` is null when none was recognised. */
export type Reading = {
  readonly format: string | null
  readonly encoding: EncodingName | null
  readonly statements: readonly Statement[]
  readonly problems: readonly Problem[]
}

/** Bytes looked at to recognise a format. */
const HEAD_BYTES = 65_536

/** Files that are not text at all, by their first bytes. */
function binaryKind(head: Uint8Array): { fr: string; en: string } | undefined {
  const start = String.fromCharCode(...head.subarray(0, 8))
  // Some mail systems put a few bytes before the mark of a PDF; the standard allows it within the first kilobyte.
  if (String.fromCharCode(...head.subarray(0, 1024)).includes('%PDF-')) return { fr: 'un PDF', en: 'a PDF' }
  if (start.startsWith('\u00d0\u00cf\u0011\u00e0')) return { fr: 'un ancien classeur Excel (xls)', en: 'an old Excel workbook (xls)' }
  if (start.startsWith('\u001f\u008b')) return { fr: 'une archive compressée (gzip)', en: 'a compressed archive (gzip)' }
  if (/^(\u0089PNG|\u00ff\u00d8\u00ff|GIF8)/.test(start)) return { fr: 'une image', en: 'an image' }
  return undefined
}

/** True when the decoded beginning has the control characters of a binary file. */
function looksBinary(text: string): boolean {
  let controls = 0
  // Tab, line ends, form feed and the old end-of-file mark are ordinary in bank files.
  for (const character of text) if (character < ' ' && !'\t\n\r\f\u001a'.includes(character)) controls += 1
  return controls > 4 && controls > text.length * 0.01
}

function refusal(head: Uint8Array, text: string): Problem {
  const kind = binaryKind(head)
  if (kind) {
    return problem('NOT_A_STATEMENT', {
      fr: `Ce fichier est ${kind.fr}, pas un relevé lisible. Exportez le relevé de la banque en CAMT.053, CFONB 120, MT940, OFX, QIF ou CSV.`,
      en: `This file is ${kind.en}, not a readable statement. Export the statement from the bank as CAMT.053, CFONB 120, MT940, OFX, QIF or CSV.`,
    })
  }
  if (text.trim() === '') {
    return problem('FILE_EMPTY', { fr: 'Ce fichier est vide. Exportez de nouveau le relevé depuis la banque.', en: 'This file is empty. Export the statement from the bank again.' })
  }
  if (isCfonb240(text)) return cfonb240Refused()
  return problem('FORMAT_UNKNOWN', {
    fr: 'Ce fichier n\'est d\'aucun format de relevé connu (CFONB 120, CAMT.052/053/054, MT940, MT942, OFX, QFX, QIF, CSV). Exportez-le de la banque dans l\'un de ces formats.',
    en: 'This file is of no known statement format (CFONB 120, CAMT.052/053/054, MT940, MT942, OFX, QFX, QIF, CSV). Export it from the bank in one of these formats.',
  })
}

/** A reader that finds the format by itself. Bytes of a refused file are passed over without being kept. */
export type StatementReader = BankReader & { format(): string | null }

function chooseFormat(head: Uint8Array, options: ReadOptions): { format: BankFormat } | { problem: Problem } {
  const hint = options.formatHint ?? (options.csvProfile || options.profile !== undefined ? 'csv' : undefined)
  if (hint !== undefined) {
    const named = BANK_FORMATS.find((format) => format.name === hint)
    const names = BANK_FORMATS.map((format) => format.name).join(', ')
    if (!named) {
      return { problem: problem('FORMAT_UNKNOWN', {
        fr: `Le format « ${hint} » n'est pas lu. Choisissez parmi : ${names}.`, en: `The format "${hint}" is not read. Choose one of: ${names}.`,
      }) }
    }
  }
  // A profile describes a table, whether it comes as text or as a workbook.
  const binary = BANK_FORMATS.find((candidate) => candidate.isBinary?.(head))
  if (binary && (hint === undefined || hint === 'csv' || hint === binary.name)) return { format: binary }
  const text = decodeAll(head, options.encoding).replace(/^\uFEFF/, '')
  if (binaryKind(head) || looksBinary(text) || text.trim() === '') return { problem: refusal(head, looksBinary(text) && !binaryKind(head) ? 'x' : text) }
  const format = BANK_FORMATS.find((candidate) => (hint === undefined ? candidate.detect(text) : candidate.name === hint))
  return format ? { format } : { problem: refusal(head, text) }
}

/**
 * Reads statements from bytes as they come. The first 64 kB are held to recognise the format by its content (never its name);
 * memory stays bounded whatever the file.
 */
export function createStatementReader(options: ReadOptions = {}): StatementReader {
  let head: Uint8Array[] | null = []
  let held = 0
  let reader: BankReader | null = null
  let name: string | null = null
  const start = (): StatementRecord[] => {
    const bytes = head?.length === 1 ? head[0]! : Buffer.concat(head ?? [])
    head = null
    const choice = chooseFormat(bytes.subarray(0, HEAD_BYTES), options)
    if ('problem' in choice) return [{ kind: 'problem', problem: choice.problem }]
    name = choice.format.name
    reader = choice.format.createReader(options)
    return reader.push(bytes)
  }
  return {
    push(bytes) {
      if (head === null) return reader ? reader.push(bytes) : []
      head.push(bytes.slice())
      held += bytes.length
      return held < HEAD_BYTES ? [] : start()
    },
    end() {
      const records = head === null ? [] : start()
      return [...records, ...(reader?.end() ?? [])]
    },
    encoding: () => reader?.encoding() ?? 'ascii',
    format: () => name,
  }
}

/** Reads a whole file already in memory. Never throws on user data: a file that is no statement gives problems only. */
export function readStatements(bytes: Uint8Array, options: ReadOptions = {}): Reading {
  const reader = createStatementReader(options)
  const collector = createCollector()
  const statements = [...collector.take(reader.push(bytes)), ...collector.take(reader.end())]
  return { format: reader.format(), encoding: reader.format() === null ? null : reader.encoding(), statements, problems: collector.problems() }
}
