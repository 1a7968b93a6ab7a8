import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import type { CommandIo } from '../command.ts'

/** The folder to read and the file to write that a deciding command was given. */
export type DataOptions = { readonly data: string; readonly out: string }

/** Reads --data and --out; null (with a message) when the usage is wrong. */
export function dataOptions(args: string[], { command, io }: { readonly command: string; readonly io: CommandIo }): DataOptions | null {
  try {
    const { values } = parseArgs({ args, options: { data: { type: 'string' }, out: { type: 'string' } }, strict: true })
    if (values.data && values.out) return { data: values.data, out: values.out }
  } catch {
    // An unknown option is answered by the usage below.
  }
  io.err(`Usage : quittance ${command} --data <dossier> --out <csv>\n`)
  return null
}

/** Reads --data, --labels and --out; null (with a message) when the usage is wrong. */
export function labelledOptions(args: string[], { command, io }: { readonly command: string; readonly io: CommandIo }): (DataOptions & { readonly labels: string }) | null {
  try {
    const { values } = parseArgs({ args, options: { data: { type: 'string' }, labels: { type: 'string' }, out: { type: 'string' } }, strict: true })
    if (values.data && values.labels && values.out) return { data: values.data, labels: values.labels, out: values.out }
  } catch {
    // An unknown option is answered by the usage below.
  }
  io.err(`Usage : quittance ${command} --data <dossier> --labels <csv> --out <csv>\n`)
  return null
}

const FILE_BYTES_MAX = 512 * 1024 * 1024

/** Reads one file of the folder as UTF-8, or says why it cannot. */
export function readDataFile(folder: string, file: string): { readonly text: string; readonly problems: Problem[] } {
  try {
    const bytes = readFileSync(join(folder, file))
    if (bytes.length <= FILE_BYTES_MAX) return { text: bytes.toString('utf8'), problems: [] }
  } catch {
    // Missing and unreadable are told alike: in both cases the person checks the folder.
  }
  return { text: '', problems: [problem('FILE_UNREADABLE', {
    fr: `Le fichier ${file} manque dans le dossier ${folder} ou n'est pas lisible. Vérifiez le dossier indiqué par --data.`,
    en: `The file ${file} is missing from the folder ${folder} or cannot be read. Check the folder given by --data.`,
  }, { file })] }
}

/** Writes a CSV file, its folder included; false (with a message) when the disk refuses. */
export function writeOut(path: string, rows: readonly string[], io: CommandIo): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${rows.join('\n')}\n`)
    return true
  } catch {
    io.err(`Le fichier ${path} ne peut pas être écrit. Vérifiez le dossier indiqué par --out.\n`)
    return false
  }
}

/** A CSV cell: quoted only when it must be. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const PROBLEMS_SHOWN_MAX = 50

/** Tells the problems to the person, one per line; true when one of them is an error. */
export function tellProblems(problems: readonly Problem[], io: CommandIo): boolean {
  for (const { where, message } of problems.slice(0, PROBLEMS_SHOWN_MAX)) io.err(`${where.file ?? ''}${where.line ? ` ligne ${where.line}` : ''} : ${message.fr}\n`)
  if (problems.length > PROBLEMS_SHOWN_MAX) io.err(`… et ${problems.length - PROBLEMS_SHOWN_MAX} autres problèmes.\n`)
  return problems.some((found) => found.severity === 'error')
}
