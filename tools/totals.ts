// Adds up test runs: `node tools/totals.ts <name>=<exit code>=<report.json>... <name>:<exit code>... [<name>!<reason>]...`
// A report is what Vitest's JSON reporter writes, beside the code the run ended with; `name:code` is a check that passes or fails whole; `name!reason` was not run.
// Names what failed and what was not run, then ends with one line: `N passed, N failed, N skipped`.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

export type Report = {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message?: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}
export type Totals = { readonly passed: number; readonly failed: number; readonly skipped: number; readonly notes: readonly string[] }

export const NONE: Totals = { passed: 0, failed: 0, skipped: 0, notes: [] }

export function add(a: Totals, b: Totals): Totals {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, notes: [...a.notes, ...b.notes] }
}

/** A file that could not even be loaded has no test of its own to fail: it counts as one failure. */
export function totalsOf(run: string, report: Report, root: string): Totals {
  return report.testResults.map((file): Totals => {
    const where = `${run}: ${relative(root, file.name)}`
    const by = (...statuses: string[]) => file.assertionResults.filter((test) => statuses.includes(test.status))
    const [failed, passed] = [by('failed'), by('passed')]
    const skipped = file.assertionResults.filter((test) => !failed.includes(test) && !passed.includes(test))
    const unloaded = file.status === 'failed' && failed.length === 0
    return {
      passed: passed.length, failed: failed.length + (unloaded ? 1 : 0), skipped: skipped.length,
      notes: [
        ...failed.map((test) => `failed  ${where}: ${test.fullName}`),
        ...(unloaded ? [`failed  ${where}: ${file.message?.split('\n')[0] || 'the file could not be loaded'}`] : []),
        ...skipped.map((test) => `not run ${where}: ${test.fullName}`),
      ],
    }
  }).reduce(add, NONE)
}

/** A run may fail although each of its tests passed: an error outside them, a process that does not end. */
function reportAt(run: string, ended: string): Totals {
  const [, code = '', path = ''] = /^(\d+)=(.*)$/s.exec(ended) ?? []
  try {
    const totals = totalsOf(run, JSON.parse(readFileSync(path, 'utf8')) as Report, process.cwd())
    return code === '0' || totals.failed > 0 ? totals : add(totals, { ...NONE, failed: 1, notes: [`failed  ${run}: every test passed, but the run ended with code ${code}`] })
  } catch {
    return { ...NONE, failed: 1, notes: [`failed  ${run}: it ended without a report`] }
  }
}

function one(argument: string): Totals {
  const [, name = argument, sign, rest = ''] = /^([^=:!]+)([=:!])(.*)$/s.exec(argument) ?? []
  switch (sign) {
    case '=': return reportAt(name, rest)
    case ':': return rest === '0' ? { ...NONE, passed: 1 } : { ...NONE, failed: 1, notes: [`failed  ${name} (exit ${rest})`] }
    case '!': return { ...NONE, skipped: 1, notes: [`not run ${name}: ${rest}`] }
    default: return { ...NONE, failed: 1, notes: [`failed  unreadable argument: ${argument}`] }
  }
}

if (import.meta.main) {
  const totals = process.argv.slice(2).map(one).reduce(add, NONE)
  for (const note of totals.notes) console.log(note)
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
  process.exitCode = totals.failed > 0 ? 1 : 0
}
