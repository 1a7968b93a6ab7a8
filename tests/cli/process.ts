import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')

/** The command line as scripts start it: a process of its own. */
export const CLI = join(ROOT, 'server', 'entry', 'cli.ts')

/** The launcher of package.json's `bin`. */
export const LAUNCHER = join(ROOT, 'bin', 'quittance.mjs')

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly out: string; readonly err: string }

/** Starts a script of ours under the Node of this process. */
export function launch(script: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } })
}

/** Collects what a process says until it ends. */
export function ended(child: ChildProcess): Promise<Ended> {
  const text = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => { text.out += chunk })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => { text.err += chunk })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => { resolve({ code, signal, ...text }) })
  })
}

/** Runs the command line to its end. */
export function quittance(...args: string[]): Promise<Ended> {
  return ended(launch(CLI, args))
}
