import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from '../../server/entry/command.ts'

const corpus = process.env['QUITTANCE_CORPUS']

/** The corpus folder, or undefined when QUITTANCE_CORPUS is unset. */
export const corpusFolder = corpus

/** Generated data in a folder of its own; `remove` deletes it. */
export type Generated = { readonly folder: string; readonly remove: () => void }

/** Generates the data of a small company with the corpus's own generator. */
export function generate(seed: string, { size }: { readonly size: string }): Generated {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-corpus-'))
  const run = spawnSync(process.execPath, [join(corpus!, 'bench', 'generate.mjs'), '--size', size, '--seed', seed, '--out', folder, '--formats', 'csv'], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`the generator failed: ${run.stderr}`)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Runs a deciding command on the data; returns its exit status and what it wrote. */
export async function decideOn(command: Command, { folder }: Generated, file: string): Promise<{ readonly status: number; readonly text: string; readonly path: string }> {
  const path = join(folder, file)
  const status = await command(['--data', folder, '--out', path], { out: () => undefined, err: () => undefined })
  return { status, path, text: readFileSync(path, 'utf8') }
}

/** Scores a decision file with the corpus's own scorer. */
export function score(kind: 'matches' | 'dedup', { folder }: Generated, rows: readonly string[]): string {
  const path = join(folder, `scored-${kind}.csv`)
  writeFileSync(path, `${rows.join('\n')}\n`)
  return spawnSync(process.execPath, [join(corpus!, 'bench', 'score.mjs'), kind, folder, path], { encoding: 'utf8' }).stdout
}

/** The number after a word in the scorer's answer. */
export function figure(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1])
}
