import { createReadStream } from 'node:fs'
import { plainAmount } from '../../../core/ledger/amount-text.ts'
import { createFecCheck, type FecReport } from '../../../formats/ledger/fec/check.ts'
import type { CommandIo } from '../command.ts'

const USAGE = 'Usage : quittance fec check <fichier>\n'

const SEPARATOR_NAMES: Readonly<Record<string, string>> = { '\t': 'tab', '|': 'pipe', ';': 'semicolon', ',': 'comma' }

/** The report as scripts read it: amounts as decimal strings, messages in French. */
export function fecReportJson(report: FecReport): Record<string, unknown> {
  const journals = [...report.journals].map(([code, totals]) => [code, { lines: totals.lines, debit: plainAmount(totals.debit), credit: plainAmount(totals.credit) }] as const)
  const separator = report.facts.header?.separator
  return {
    siren: report.siren, closingOn: report.closingOn, encoding: report.facts.encoding, separator: separator ? (SEPARATOR_NAMES[separator] ?? separator) : null,
    lines: report.lines, entries: report.entries, journals: Object.fromEntries(journals),
    debit: plainAmount(report.debit), credit: plainAmount(report.credit),
    problems: report.problems.map((p) => ({ rule: p.code, severity: p.severity, line: p.where.line ?? null, message: p.message.fr })),
  }
}

/** `quittance fec check <file>`: the report on standard output; 0 when the file is compliant, 1 when it has errors. */
export async function fecCheckCommand(args: string[], io: CommandIo): Promise<number> {
  const path = args[0]
  if (args.length !== 1 || !path || path.startsWith('--')) {
    io.err(USAGE)
    return 2
  }
  const check = createFecCheck({ fileName: path })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) check.push(chunk as Uint8Array)
  } catch {
    const message = `Le fichier « ${path} » n'a pas pu être lu. Vérifiez son nom et vos droits.`
    const problems = [{ rule: 'FILE_UNREADABLE', severity: 'error', line: null, message }]
    io.out(`${JSON.stringify({ ...fecReportJson(createFecCheck().end()), problems })}\n`)
    io.err(`${message}\n`)
    return 1
  }
  const report = check.end()
  io.out(`${JSON.stringify(fecReportJson(report))}\n`)
  return report.compliant ? 0 : 1
}
