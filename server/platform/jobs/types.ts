import type { Text } from '../../../core/kernel/problem.ts'

export type JobLog = {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** What a job is about, for whoever looks at the list. */
export type JobSubject = { readonly kind: string; readonly id: string }

export type QueueOptions<T = object> = {
  /** What its jobs do, for people. A queue without it is plumbing: its jobs are shown only when they failed. */
  readonly title?: Text
  /** What a job of it is about. */
  readonly subject?: (data: T) => JobSubject | null
  /** Tries after the first one; 5 when it is not given. */
  readonly retryLimit?: number
  /** Seconds before the first new try, doubled for each next one; 2 when it is not given. */
  readonly retryDelaySeconds?: number
  /** The longest wait between two tries; 900 when it is not given. */
  readonly retryDelaySecondsMax?: number
  /** A try that lasts longer counts as failed; 300 when it is not given. */
  readonly timeoutSeconds?: number
  /** Jobs of this queue that one process runs at the same time; 1 when it is not given. */
  readonly concurrency?: number
}

export type Job<T> = {
  readonly id: string
  readonly data: T
  /** 1 for the first try. */
  readonly attempt: number
  /** No other try follows this one by itself. */
  readonly isLastAttempt: boolean
  /** Aborted when the process is asked to stop: a long job then throws `signal.reason` between two parts of its work and is given back. */
  readonly signal: AbortSignal
  /** Says how far the work is, for whoever looks. Costs nothing to call often; kept only for jobs whose data carries `tenantId`. */
  progress(done: number, total: number): void
}

export type EnqueueOptions = {
  /** A second job with the same key is dropped while the first one waits to start. */
  readonly key?: string
  /** An instant in ISO 8601, or a number of seconds from now. */
  readonly startAfter?: string | number
}

/** A queue's clock: `cron` in five fields, read in `timeZone`. What came due while nobody worked is done once, late. */
export type Schedule<T> = { readonly cron: string; readonly timeZone: string; readonly key?: string; readonly data: T }

export type StartOptions = {
  /** False: this process only adds jobs and leaves them to another. */
  readonly working?: boolean
  /** The queues this process takes jobs of; all of them when it is not given. */
  readonly queues?: readonly string[]
}

/** One queue as the code declares it. */
export type QueueDescription = { readonly name: string; readonly title: Text; readonly isShown: boolean; readonly subjectOf: (data: object) => JobSubject | null }

export type Jobs = {
  /** Opens the queues. Refuses `UnknownQueue` when `queues` names one that nobody declared. */
  start(options?: StartOptions): Promise<void>
  /** Lets the running jobs finish, for a few seconds at most, and gives back those that did not. */
  stop(): Promise<void>
  /** Declares a queue and who does its jobs. A job may run twice: its handler must bear it. */
  define<T extends object>(queue: string, options: QueueOptions<T>, handler: (job: Job<T>) => Promise<void>): void
  /** Adds a job in the transaction this call stands in, and answers its id, or null when the same key already waits. */
  enqueue<T extends object>(queue: string, data: T, options?: EnqueueOptions): Promise<string | null>
  /** Adds a job each time the clock says so. Declaring it again replaces it. */
  schedule<T extends object>(queue: string, schedule: Schedule<T>): Promise<void>
  /** Takes a schedule away. */
  unschedule(queue: string, key?: string): Promise<void>
  /** When a schedule comes due next; null for one that never does. */
  nextAt(schedule: { readonly cron: string; readonly timeZone: string }): string | null
  /** The queues that were declared, in their order. */
  queues(): readonly QueueDescription[]
  /** Gives a job that failed for good one more try, in the transaction this call stands in. */
  retry(queue: string, id: string): Promise<void>
  /** For tests: resolves when nothing is running, due or waiting for a new try. */
  idle(options?: { readonly timeoutMs?: number }): Promise<void>
}

/** `quittance worker --queues` names a queue that does not exist. */
export class UnknownQueue extends Error {
  readonly names: readonly string[]
  readonly known: readonly string[]
  constructor(names: readonly string[], known: readonly string[]) {
    super(`unknown queues: ${names.join(', ')}`)
    this.name = 'UnknownQueue'
    this.names = names
    this.known = known
  }
}

/** How soon a lost worker is noticed. Tests make it short. */
export type JobsPace = {
  /** A job whose worker gave no sign of life for so long goes to another; at least 10. */
  readonly heartbeatSeconds?: number
  /** Time between two looks for the jobs that are due: those put off, and those whose announcement was lost. */
  readonly pollSeconds?: number
  /** Time between two looks for the jobs of lost workers. */
  readonly superviseSeconds?: number
  /** Before the first new try of a workflow's step. */
  readonly stepRetrySeconds?: number
}
