// Adds up test runs: `node tools/totals.ts <name>=<exit code>=<report.json>... <name>:<exit code>... [<name>!<reason>]...`
// `<name>=<exit code>=<report.json>+<again.json>`: the files that failed were run once more, alone; what passed only then is named as unsteady.
// A report is what Vitest's JSON reporter writes, beside the code the run ended with; `name:code` is a check that passes or fails whole; `name!reason` was not run.
// `node tools/totals.ts --failed <report.json>` prints the files to run again, if they are few.
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

/** The files of a report in which something failed. */
export function failedFiles(report: Report): readonly string[] {
  return report.testResults.filter((file) => file.status === 'failed').map((file) => file.name)
}

/** The report of a run whose failed files were run again: their second results stand, and what failed first is named. */
export function runAgain(run: string, { first, second, root }: { readonly first: Report; readonly second: Report; readonly root: string }): { readonly report: Report; readonly notes: readonly string[] } {
  const again = new Map(second.testResults.map((file) => [file.name, file]))
  const replaced = failedFiles(first).filter((name) => again.has(name))
  const notes = first.testResults.filter((file) => replaced.includes(file.name)).flatMap((file) => {
    const passed = new Set(again.get(file.name)!.assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName))
    const unsteady = file.assertionResults.filter(({ status, fullName }) => status === 'failed' && passed.has(fullName)).map(({ fullName }) => fullName)
    const unloaded = file.assertionResults.length === 0 && passed.size > 0 ? ['the file, which could not be loaded'] : []
    return [...unsteady, ...unloaded].map((test) => `unsteady ${run}: ${relative(root, file.name)}: ${test} (failed among the others, run again alone)`)
  })
  return { report: { testResults: first.testResults.map((file) => (replaced.includes(file.name) ? again.get(file.name)! : file)) }, notes }
}

/** A run may fail although each of its tests passed: an error outside them, a process that does not end. */
function reportAt(run: string, ended: string): Totals {
  const [, code = '', paths = ''] = /^(\d+)=(.*)$/s.exec(ended) ?? []
  const [path = '', againPath] = paths.split('+')
  try {
    const first = read(path)
    const again = againPath === undefined ? { report: first, notes: [] } : runAgain(run, { first, second: read(againPath), root: process.cwd() })
    const totals = add({ ...NONE, notes: again.notes }, totalsOf(run, again.report, process.cwd()))
    // The code is that of the last run: a first one that failed for another reason than its tests is not run again.
    return code === '0' || totals.failed > 0 ? totals : add(totals, { ...NONE, failed: 1, notes: [`failed  ${run}: every test passed, but the run ended with code ${code}`] })
  } catch {
    return { ...NONE, failed: 1, notes: [`failed  ${run}: it ended without a report`] }
  }
}

function read(path: string): Report {
  return JSON.parse(readFileSync(path, 'utf8')) as Report
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

/** More than a few files that fail are no matter of chance: they are not run again. */
const AGAIN_MAX = 6

if (import.meta.main && process.argv[2] === '--failed') {
  const failed = failedFiles(read(process.argv[3] ?? ''))
  if (failed.length <= AGAIN_MAX) for (const file of failed) console.log(relative(process.cwd(), file))
} else if (import.meta.main) {
  const totals = process.argv.slice(2).map(one).reduce(add, NONE)
  for (const note of totals.notes) console.log(note)
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
  process.exitCode = totals.failed > 0 ? 1 : 0
}
