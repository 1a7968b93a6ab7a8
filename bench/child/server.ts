import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { ROOT } from './run.ts'

/** A server in a process of its own. */
export type Server = { readonly port: number; readonly said: () => string; stop(): Promise<void> }

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => { probe.listen(0, '127.0.0.1', resolve) })
  const address = probe.address()
  await new Promise((resolve) => { probe.close(resolve) })
  return typeof address === 'object' && address ? address.port : 0
}

const READY_MS_MAX = 60_000

async function untilAnswered(child: ChildProcess, url: string, said: () => string): Promise<void> {
  const until = performance.now() + READY_MS_MAX
  for (;;) {
    if (child.exitCode !== null || performance.now() > until) throw new Error(`no answer from ${url}: ${said().slice(0, 500)}`)
    const status = await fetch(url).then((answer) => answer.status, () => 0)
    if (status === 200) return
    await wait(5)
  }
}

/** Starts a program with this very Node and resolves at its first right answer. */
export async function startServer(args: readonly string[], options: { readonly path: string; readonly environment: (port: number) => Readonly<Record<string, string>> }): Promise<Server> {
  const port = await freePort()
  const child = spawn(process.execPath, [...args], { cwd: ROOT, env: { ...process.env, ...options.environment(port) }, stdio: ['ignore', 'ignore', 'pipe'] })
  let text = ''
  child.stderr!.on('data', (chunk: Buffer) => { text += chunk.toString() })
  const closed = new Promise<void>((resolve) => { child.once('close', () => { resolve() }) })
  const stop = async () => { child.kill('SIGTERM'); await closed }
  try {
    await untilAnswered(child, `http://127.0.0.1:${port}${options.path}`, () => text)
  } catch (error) {
    await stop()
    throw error
  }
  return { port, said: () => text, stop }
}
