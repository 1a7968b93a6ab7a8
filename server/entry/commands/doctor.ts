import { parseArgs } from 'node:util'
import { askRunning } from '../../platform/backup/control.ts'
import type { Config, Environment } from '../../platform/config/config.ts'
import { DataFolderLocked } from '../../platform/db/lock.ts'
import { openDb } from '../../platform/db/open.ts'
import type { CommandIo } from '../command.ts'
import { inspect } from '../inspection/inspect.ts'
import { verdict, type Finding } from '../inspection/finding.ts'
import { inspectionApp } from '../inspection/verify-copy.ts'
import { operatingConfig, told } from './operating.ts'

const USAGE = 'Usage : quittance doctor [--json]\n'
const MARKS = { ok: '  ok  ', warning: '  !   ', failure: ' !!!  ' } as const

/** Looks for itself, or asks the server that holds the embedded database. */
async function examine(config: Config, environment: Environment): Promise<readonly Finding[]> {
  try {
    const db = await openDb({ url: config.databaseUrl ?? undefined, dataFolder: config.dataFolder, poolSize: 2 })
    return await inspect(inspectionApp(config, db), { environment }).finally(() => db.close())
  } catch (error) {
    if (!(error instanceof DataFolderLocked)) throw error
    const running = await askRunning(config.dataFolder, 'doctor', {})
    if (!running) throw error
    return running.value as Finding[]
  }
}

/** `quittance doctor`: every finding with what to do about it. 1 when something is broken, 0 otherwise. */
export async function doctorCommand(args: string[], io: CommandIo): Promise<number> {
  let json: boolean
  try {
    json = parseArgs({ args, options: { json: { type: 'boolean', default: false } }, strict: true, allowPositionals: false }).values.json
  } catch {
    io.err(USAGE)
    return 2
  }
  const operating = operatingConfig(io)
  if (!operating) return 1
  return await told(io, async () => {
    const findings = await examine(operating.config, operating.environment)
    if (json) io.out(`${JSON.stringify({ verdict: verdict(findings), findings })}\n`)
    else for (const { level, say, mend } of findings) io.out(`${MARKS[level]}${say.fr} / ${say.en}\n${mend ? `      → ${mend.fr} / ${mend.en}\n` : ''}`)
    return verdict(findings) === 'failure' ? 1 : 0
  })
}
