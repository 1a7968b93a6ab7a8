import type { Context } from './access/context.ts'
import type { Auth } from './auth/auth.ts'
import type { Clock } from './clock/clock.ts'
import type { Config } from './config/config.ts'
import type { Db, TenantTx } from './db/types.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { Logger } from './log/log.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Tracing } from './tracing/tracing.ts'
import type { Mail } from './mail/mail.ts'
import type { Secrets } from './secrets/secrets.ts'
import type { Events } from './events/events.ts'
import type { Outgoing } from './network/outgoing.ts'
import type { Workflows } from './workflow/workflows.ts'
import type { LocalDate } from '../../core/kernel/local-date.ts'

/** What a module must know of a company that was just created. A firm keeps no books: `firstYear` is null for it. */
export type CreatedCompany = {
  readonly kind: 'company' | 'firm'
  readonly name: string
  readonly firstYear: { readonly startsOn: LocalDate; readonly endsOn: LocalDate } | null
}

/** Prepares a new company in the transaction that creates it: its fiscal year, its journals, its accounts. */
export type OnCompanyCreated = (tx: TenantTx, ctx: Context, company: CreatedCompany) => Promise<void>

/** What every use-case may use of the outside world. Built once at start, passed as the first argument. */
export type App = {
  readonly config: Config
  readonly db: Db
  readonly jobs: Jobs
  readonly workflows: Workflows
  readonly clock: Clock
  readonly log: Logger
  readonly auth: Auth
  readonly metrics: Metrics
  /** Null when no collector is named. */
  readonly tracing: Tracing | null
  readonly mail: Mail
  /** Seals what must not be read in the database: connection secrets, second factors. */
  readonly secrets: Secrets
  /** The only way out for HTTP: it keeps to the public network. */
  readonly outgoing: Outgoing
  /** Who follows what happens in the companies: open streams, and the jobs that react. */
  readonly events: Events
  /** Called in order when a company is created, so that identity need not know the modules to its right. */
  readonly onCompanyCreated: readonly OnCompanyCreated[]
}
