import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What takes the place of what, inside one data folder: `from` becomes `to`, and what was there is kept as `aside`. */
export type Move = { readonly from: string; readonly to: string; readonly aside: string }

const ORDER = 'switch.json'

function flush(path: string): void {
  const file = openSync(path, 'r')
  try { fsyncSync(file) } finally { closeSync(file) }
}

function carryOut(folder: string, { from, to, aside }: Move): void {
  const [source, target, kept] = [join(folder, from), join(folder, to), join(folder, aside)]
  // Without a source this move was done already.
  if (!existsSync(source)) return
  mkdirSync(dirname(kept), { recursive: true, mode: 0o700 })
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
  if (existsSync(target)) renameSync(target, kept)
  renameSync(source, target)
}

/** Ends a switch that a power cut interrupted. Called by whoever takes the folder, before anything in it is opened. */
export function completeSwitch(folder: string): void {
  const order = join(folder, ORDER)
  if (!existsSync(order)) return
  const moves = JSON.parse(readFileSync(order, 'utf8')) as readonly Move[]
  for (const move of moves) carryOut(folder, move)
  flush(folder)
  rmSync(order, { force: true })
}

/** Puts restored files in the place of the present ones: once the order is written it is carried out, now or at the next opening. */
export function switchFiles(folder: string, moves: readonly Move[]): void {
  const written = join(folder, `${ORDER}.partial`)
  writeFileSync(written, JSON.stringify(moves), { mode: 0o600 })
  flush(written)
  renameSync(written, join(folder, ORDER))
  flush(folder)
  completeSwitch(folder)
}
