import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10]
const STATEMENT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5]
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300]

/** Every measure of the product. docs/reference/metrics.md says what each one means. */
export function createInstruments() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) => new Gauge({ name, help, labelNames: [...labelNames], registers })
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  return {
    registry,
    info: gauge('quittance_info', 'Version and engine of this installation; always 1.', ['version', 'engine']),
    requests: new Histogram({ name: 'quittance_http_request_duration_seconds', help: 'Time to answer a request.', labelNames: ['method', 'route', 'status'], buckets: SECONDS, registers }),
    jobRuns: new Histogram({ name: 'quittance_job_duration_seconds', help: 'Time a job took in this process.', labelNames: ['queue', 'outcome'], buckets: JOB_SECONDS, registers }),
    jobs: gauge('quittance_jobs', 'Jobs by queue and state.', ['queue', 'state']),
    jobAge: gauge('quittance_job_oldest_seconds', 'Age of the oldest job of a queue in a state.', ['queue', 'state']),
    databaseUp: gauge('quittance_database_up', '1 when the database answered this collection.'),
    sessions: gauge('quittance_database_sessions', 'Database sessions of this process.', ['state']),
    sessionsMax: gauge('quittance_database_sessions_max', 'Database sessions this process opens at most.'),
    waiting: gauge('quittance_database_waiting', 'Callers waiting for a database session.'),
    statements: new Histogram({ name: 'quittance_database_statement_duration_seconds', help: 'Time of a statement, as this process sees it.', labelNames: ['outcome'], buckets: STATEMENT_SECONDS, registers }),
    companies: gauge('quittance_companies', 'Companies with books.'),
    invoices: counter('quittance_invoices_issued_total', 'Invoices and credit notes issued.'),
    lines: counter('quittance_bank_lines_imported_total', 'Bank lines stored.'),
    entries: counter('quittance_entries_posted_total', 'Ledger entries validated.'),
    matches: counter('quittance_matches_total', 'Matches accepted between bank lines and invoices.'),
    diskFree: gauge('quittance_disk_free_bytes', 'Free bytes on the disk of the data folder.'),
    lastBackup: gauge('quittance_backup_last_timestamp_seconds', 'When the newest backup was made; 0 without one.'),
  }
}

export type Instruments = ReturnType<typeof createInstruments>
