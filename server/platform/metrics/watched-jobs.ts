import type { Jobs } from '../jobs/jobs.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Metrics } from './metrics.ts'

/** The same jobs, each run measured and, with tracing, told as a span. */
export function watchedJobs(jobs: Jobs, { metrics, tracing }: { readonly metrics: Metrics; readonly tracing: Tracing | null }): Jobs {
  return {
    ...jobs,
    define: (queue, options, handler) => {
      jobs.define(queue, options, async (job) => {
        const from = performance.now()
        let failed = true
        try {
          await (tracing ? tracing.span(`job ${queue}`, { 'messaging.destination.name': queue, 'messaging.message.id': job.id }, () => handler(job as never)) : handler(job as never))
          failed = false
        } finally {
          metrics.job({ queue, failed, seconds: (performance.now() - from) / 1_000 })
        }
      })
    },
  }
}
