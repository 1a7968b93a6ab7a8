import type { App } from '../../app.ts'
import { purgeAnswers } from './store.ts'

const QUEUE = 'platform.forget-answers'

/** Removes the answers of Idempotency-Keys that are a day old. */
export function defineForgetting(app: App): void {
  app.jobs.define(QUEUE, { retryLimit: 2 }, async () => {
    while (await app.db.system(purgeAnswers) > 0) { /* a bounded number at a time, so that no transaction is long */ }
  })
}

/** Each night, once the jobs are started. */
export async function scheduleForgetting(app: App): Promise<void> {
  await app.jobs.schedule(QUEUE, { cron: '20 3 * * *', timeZone: 'UTC', data: {} })
}
