import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { TenantId } from '../../../core/kernel/id.ts'
import type { Text } from '../../../core/kernel/problem.ts'
import { Refusal } from '../../platform/access/refusal.ts'
import type { App } from '../../platform/app.ts'
import type { Config } from '../../platform/config/config.ts'
import { productContext } from '../../platform/workflow/product-context.ts'
import { companiesBySlug, DAILY, readRun, type RunView, startWorkflow } from '../../modules/operations/index.ts'
import type { CommandIo } from '../command.ts'
import { composeApp } from '../compose.ts'
import { composeLog, openDatabase } from '../open-database.ts'
import { operatingConfig, say, told } from './operating.ts'

const USAGE = 'Usage : quittance daily [--company <identifiant>]\n'
const LOOK_MS = 200

const STATES: Readonly<Record<RunView['run']['state'], Text>> = {
  queued: { fr: 'en file', en: 'queued' }, running: { fr: 'en cours', en: 'under way' }, done: { fr: 'terminé', en: 'done' }, cancelled: { fr: 'annulé', en: 'cancelled' },
  waiting_person: { fr: 'attend une décision', en: 'waits for a decision' }, failed: { fr: 'en échec', en: 'failed' },
}

/** Runs the morning work of one company until it ends or waits for someone. Answers how it stands. */
async function runDaily(app: App, tenantId: string): Promise<RunView> {
  const ctx = (await productContext(app, tenantId as TenantId))!
  // The rights of whoever runs commands on the server.
  const operator = { ...ctx, role: 'owner' as const }
  const { run } = await startWorkflow(app, operator, { workflow: DAILY, origin: 'command' })
  for (;;) {
    const view = await readRun(app, operator, run.id)
    if (view.run.state !== 'queued' && view.run.state !== 'running') return view
    await wait(LOOK_MS)
  }
}

function tell(io: CommandIo, name: string, { run, steps }: RunView): void {
  const state = STATES[run.state]
  io.out(`${name} : ${state.fr} / ${state.en}\n`)
  for (const step of steps) {
    const said = step.error ?? step.question?.text ?? step.result?.summary
    if (said) io.out(`  ${step.title.fr} / ${step.title.en}\n    ${said.fr}\n    ${said.en}\n`)
  }
}

/** Answers whether every company's run was done. */
async function daily(config: Config, options: { readonly slug: string | null; readonly io: CommandIo }): Promise<boolean> {
  const { slug, io } = options
  const log = composeLog({ ...config, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel })
  const db = await openDatabase(config, log)
  try {
    const { app, stop } = await composeApp({ config, db, log })
    try {
      const companies = await app.db.system((tx) => companiesBySlug(tx, slug))
      if (slug !== null && companies.length === 0) {
        say(io, { fr: `Aucune société n'a l'identifiant « ${slug} ».`, en: `No company has the identifier "${slug}".` })
        return false
      }
      let allDone = true
      for (const company of companies) {
        try {
          const view = await runDaily(app, company.tenantId)
          allDone &&= view.run.state === 'done'
          tell(io, company.name, view)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          allDone = false
          say(io, { fr: `${company.name} : le travail du matin est déjà en cours.`, en: `${company.name}: the morning work is already under way.` })
        }
      }
      return allDone
    } finally {
      await stop()
    }
  } finally {
    await db.close()
  }
}

/** `quittance daily [--company slug]`: the morning work of every company, or of one, now. 1 when one of them failed or waits for a person. */
export async function dailyCommand(args: string[], io: CommandIo): Promise<number> {
  let slug: string | null
  try {
    slug = parseArgs({ args, options: { company: { type: 'string' } }, strict: true, allowPositionals: false }).values.company ?? null
  } catch {
    io.err(USAGE)
    return 2
  }
  const loaded = operatingConfig(io)
  if (!loaded) return 1
  return await told(io, async () => (await daily(loaded.config, { slug, io }) ? 0 : 1))
}
