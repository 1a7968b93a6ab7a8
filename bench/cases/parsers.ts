import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runNode } from '../child/run.ts'
import { bankOf } from '../data/bank.ts'
import { camtStatement, cfonb120Statement, csvStatement, mt940Statement, ofxStatement, qifStatement } from '../data/files.ts'
import { expectThat, measure } from '../measure.ts'
import type { RunCase } from './context.ts'

type Parsed = { readonly ms: number; readonly rows: number; readonly sum: string | null; readonly peakMb: number }

/** Lines of the files, for each entry asked for: a file is read in well under a second, so it must be long to be measured. */
const LINES_PER_ENTRY = 5
const TIMES = 2

async function parse(way: 'split' | 'read', file: string): Promise<Parsed> {
  return JSON.parse((await runNode([join(ROOT, 'bench', 'child', 'parse.ts'), way, file, String(TIMES)])).out.toString()) as Parsed
}

/** The whole command, its output read and thrown away. Its time holds the start of the process. */
async function readCommand(file: string): Promise<Parsed> {
  const { out, ms, peakMb } = await runNode([join(ROOT, 'server', 'entry', 'cli.ts'), 'read', file])
  const rows = (out.toString('latin1').match(/"bookedOn"/g) ?? []).length
  return { ms, rows, sum: null, peakMb }
}

/** Rows per second and peak memory of each reader, against splitting the lines of the CSV at their semicolons. */
export const parsersCase: RunCase = async ({ entries, seed, rounds, folder }) => {
  const { lines } = bankOf(entries * LINES_PER_ENTRY, seed)
  const sum = lines.reduce((total, line) => total + line.minor, 0n).toString()
  const texts = { csv: csvStatement(lines), cfonb120: cfonb120Statement(lines), camt: camtStatement(lines), ofx: ofxStatement(lines), qif: qifStatement(lines), mt940: mt940Statement(lines) }
  const names = Object.keys(texts) as (keyof typeof texts)[]
  const fileOf = (name: keyof typeof texts): string => join(folder, `parse.${name}`)
  for (const name of names) writeFileSync(fileOf(name), texts[name])
  const check = (expected: string | null) => (answer: Parsed) => {
    expectThat(answer.rows === lines.length && (expected === null || answer.sum === expected), `${answer.rows} rows of ${lines.length}, sum ${answer.sum} and not ${expected}`)
  }
  const elapsed = (answer: Parsed) => answer.ms
  const peakMb = (answer: Parsed) => answer.peakMb
  return measure<Parsed>({
    title: `(d) parsers, ${lines.length} lines`, unit: 'rows', work: lines.length, rounds: Math.min(rounds, 3),
    reference: { name: 'plain split of the CSV', run: () => parse('split', fileOf('csv')), check: check(null), elapsed, peakMb },
    contenders: [
      ...names.map((name) => ({ name: `${name} reader`, run: () => parse('read', fileOf(name)), check: check(sum), elapsed, peakMb })),
      { name: 'quittance read <csv>, whole process', run: () => readCommand(fileOf('csv')), check: check(null), elapsed, peakMb },
    ],
  })
}
