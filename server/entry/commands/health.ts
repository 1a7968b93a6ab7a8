import { parseArgs } from 'node:util'
import type { Config } from '../../platform/config/config.ts'
import type { CommandIo } from '../command.ts'
import { operatingConfig, say } from './operating.ts'

const USAGE = 'Usage : quittance health [--url <adresse>] [--json]\n'
const WAIT_MS_MAX = 10_000

type Answer = { readonly status: string; readonly checks?: Readonly<Record<string, { readonly status: string }>> }

function addressOf(config: Config): string {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`
}

/** `quittance health`: asks the running server. 0 when it works, 1 when it does not answer or something is broken. */
export async function healthCommand(args: string[], io: CommandIo): Promise<number> {
  let options: { url: string | undefined; json: boolean }
  try {
    const { values } = parseArgs({ args, options: { url: { type: 'string' }, json: { type: 'boolean', default: false } }, strict: true, allowPositionals: false })
    options = { url: values.url, json: values.json }
  } catch {
    io.err(USAGE)
    return 2
  }
  const operating = options.url === undefined ? operatingConfig(io) : null
  if (options.url === undefined && !operating) return 1
  const address = (options.url ?? addressOf(operating!.config)).replace(/\/$/, '')
  try {
    const answer = await fetch(`${address}/health`, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(WAIT_MS_MAX) })
    const body = await answer.json() as Answer
    if (options.json) io.out(`${JSON.stringify(body)}\n`)
    else {
      io.out(`${body.status}\n`)
      for (const [name, { status }] of Object.entries(body.checks ?? {})) io.out(`  ${name.padEnd(12)} ${status}\n`)
    }
    return answer.ok ? 0 : 1
  } catch {
    say(io, { fr: `Aucune réponse de Quittance à ${address}. Vérifiez qu'il est démarré, et HOST et PORT.`, en: `No answer from Quittance at ${address}. Check that it is running, and HOST and PORT.` })
    return 1
  }
}
