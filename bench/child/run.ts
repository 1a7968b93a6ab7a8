import { spawn } from 'node:child_process'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')

export type Finished = { readonly status: number; readonly out: Buffer; readonly ms: number; readonly peakMb: number }

/** Runs a program with this very Node and answers what it wrote, how long it lived and its peak memory. */
export async function runNode(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Finished> {
  const from = performance.now()
  const child = spawn(process.execPath, ['--import', join(import.meta.dirname, 'peak.ts'), ...args], { cwd: ROOT, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
  const out: Buffer[] = []
  let peak = ''
  let errors = ''
  child.stdout!.on('data', (chunk: Buffer) => { out.push(chunk) })
  child.stderr!.on('data', (chunk: Buffer) => { errors += chunk.toString() })
  child.stdio[3]!.on('data', (chunk: Buffer) => { peak += chunk.toString() })
  const status = await new Promise<number>((resolve) => { child.on('close', (code) => { resolve(code ?? -1) }) })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${errors.slice(0, 500)}`)
  return { status, out: Buffer.concat(out), ms: performance.now() - from, peakMb: Number(peak) }
}
