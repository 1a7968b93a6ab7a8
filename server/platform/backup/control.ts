import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

// A command run beside a server that holds the embedded database asks that server to do the work. The way in is a local
// socket that only the same user of the machine can open; the network has no part in it.

type Question = { readonly ask: string; readonly with: unknown }
type Answer = { readonly value: unknown } | { readonly failure: { readonly code: string; readonly fr: string; readonly en: string } }

/** What a running server does when a command beside it asks. */
export type Controls = Readonly<Record<string, (input: unknown) => Promise<unknown>>>

/** A failure that the running server told, in both languages. */
export class ControlError extends Error {
  readonly code: string
  readonly sentence: { readonly fr: string; readonly en: string }
  constructor(told: { readonly code: string; readonly fr: string; readonly en: string }) {
    super(`${told.fr} / ${told.en}`)
    this.name = 'ControlError'
    this.code = told.code
    this.sentence = { fr: told.fr, en: told.en }
  }
}

// A socket's path has about a hundred bytes; a deep data folder gets a short one elsewhere.
const PATH_BYTES_MAX = 100
const QUESTION_BYTES_MAX = 65_536

function socketPath(dataFolder: string): string {
  const folder = resolve(dataFolder)
  const id = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\quittance-${id}`
  const near = join(folder, 'control.sock')
  if (Buffer.byteLength(near) <= PATH_BYTES_MAX) return near
  const far = join(tmpdir(), `quittance-${process.getuid?.() ?? 0}`)
  mkdirSync(far, { recursive: true, mode: 0o700 })
  return join(far, `${id}.sock`)
}

function failureOf(error: unknown): Answer {
  const sentence = error instanceof Error && 'sentence' in error ? error.sentence as { fr: string; en: string } : undefined
  const text = error instanceof Error ? error.message : String(error)
  return { failure: { code: error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL', fr: sentence?.fr ?? text, en: sentence?.en ?? text } }
}

async function answer(line: string, controls: Controls): Promise<Answer> {
  try {
    const question = JSON.parse(line) as Question
    const control = Object.hasOwn(controls, question.ask) ? controls[question.ask] : undefined
    if (!control) throw new Error(`unknown question: ${question.ask}`)
    return { value: await control(question.with) ?? null }
  } catch (error) {
    return failureOf(error)
  }
}

function serve(socket: Socket, controls: Controls): void {
  let text = ''
  socket.setEncoding('utf8')
  socket.on('error', () => { socket.destroy() })
  socket.on('data', (chunk: string) => {
    text += chunk
    const end = text.indexOf('\n')
    if (end < 0) { if (text.length > QUESTION_BYTES_MAX) socket.destroy(); return }
    socket.removeAllListeners('data')
    void answer(text.slice(0, end), controls).then((said) => { socket.end(`${JSON.stringify(said, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`) })
  })
}

/** Answers the commands run beside this process, which holds the data folder. Answers the way to stop. */
export async function openControls(dataFolder: string, controls: Controls): Promise<() => Promise<void>> {
  const path = socketPath(dataFolder)
  // The folder is ours alone: a socket found there was left by a process that was killed.
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const open = new Set<Socket>()
  const server: Server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => { open.delete(socket) })
    serve(socket, controls)
  })
  await new Promise<void>((done, failed) => { server.once('error', failed).listen(path, done) })
  server.unref()
  return async () => {
    for (const socket of open) socket.destroy()
    await new Promise((done) => { server.close(done) })
  }
}

/** Asks the process that holds the data folder. Undefined when none answers there. */
export async function askRunning(dataFolder: string, ask: string, input: unknown): Promise<{ readonly value: unknown } | undefined> {
  const text = await new Promise<string | undefined>((done, failed) => {
    const socket = connect(socketPath(dataFolder))
    let received = ''
    socket.setEncoding('utf8')
    socket.once('connect', () => { socket.write(`${JSON.stringify({ ask, with: input } satisfies Question)}\n`) })
    socket.on('data', (chunk: string) => { received += chunk })
    socket.once('end', () => { done(received) })
    socket.once('error', (error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') done(undefined); else failed(error) })
  })
  if (text === undefined || text === '') return undefined
  const said = JSON.parse(text) as Answer
  if ('failure' in said) throw new ControlError(said.failure)
  return said
}
