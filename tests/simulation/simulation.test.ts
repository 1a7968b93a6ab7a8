import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../../server/platform/access/refusal.ts'
import { startTestApp, type TestApp } from '../support/server.ts'
import { checkInvariants } from './invariants.ts'
import { drawStep } from './steps.ts'
import { openWorld, type World } from './world.ts'

/** Steps of each company; QUITTANCE_SIMULATION_STEPS makes it longer, QUITTANCE_SIMULATION_SEED plays one company again. */
const STEPS = Number(process.env['QUITTANCE_SIMULATION_STEPS'] ?? 45)
const SEEDS = process.env['QUITTANCE_SIMULATION_SEED'] ? [Number(process.env['QUITTANCE_SIMULATION_SEED'])] : [20_261, 7, 471]
const STEP_MS_MAX = 3_000

let t: TestApp
beforeAll(async () => { t = await startTestApp() })
afterAll(async () => { await t.close() })

/** One step: done, or refused for a reason that this step knows. Answers which. */
async function take(world: World): Promise<string> {
  const step = drawStep(world)
  try {
    await step.run(world)
    return step.name
  } catch (error) {
    if (error instanceof Refusal && step.may.includes(error.code)) return `${step.name}: ${error.code}`
    throw new Error(`the step "${step.name}" failed: ${String(error)}`, { cause: error })
  }
}

describe('a company in which anything happens, in any order', () => {
  test.each(SEEDS)('keeps its books true after every step (seed %i)', async (seed) => {
    const world = await openWorld(t, seed)
    const history: string[] = []
    try {
      for (let step = 0; step < STEPS; step += 1) {
        history.push(await take(world))
        await checkInvariants(world)
      }
      await t.app.jobs.idle()
      await checkInvariants(world)
    } catch (error) {
      console.error(`seed ${seed}, step ${history.length}:\n${history.map((name, index) => `${index + 1}. ${name}`).join('\n')}`)
      throw error
    }
    expect(history.filter((name) => !name.includes(':')).length, 'most steps are done').toBeGreaterThan(STEPS / 2)
  }, 20_000 + STEPS * STEP_MS_MAX)
})
