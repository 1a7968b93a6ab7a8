import { spawn } from 'node:child_process'
import { BackupRefused } from './refused.ts'

type Outcome = { readonly code: number | null; readonly complaint: string }

const COMPLAINT_CHARS_MAX = 2_000

/** What the tools are told by their environment: a password on a command line can be read by every user of the machine. */
export function toolEnvironment(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? decodeURIComponent(hostname.replace(/^\[|\]$/g, ''))
  const ssl = searchParams.get('sslmode')
  return {
    PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', PGAPPNAME: 'quittance backup', PGCONNECT_TIMEOUT: '15',
    ...(host === '' ? {} : { PGHOST: host }), ...(port === '' ? {} : { PGPORT: port }), ...(ssl === null ? {} : { PGSSLMODE: ssl }),
    ...(username === '' ? {} : { PGUSER: decodeURIComponent(username) }), ...(password === '' ? {} : { PGPASSWORD: decodeURIComponent(password) }),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
  }
}

function run(tool: string, args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Outcome | 'missing'> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => { complaint = (complaint + text).slice(0, COMPLAINT_CHARS_MAX) })
    child.once('error', (error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') resolve('missing'); else reject(error) })
    child.once('close', (code) => { resolve({ code, complaint: complaint.trim() }) })
  })
}

/** Whether one of PostgreSQL's tools is installed. */
export async function hasTool(tool: 'pg_dump' | 'pg_restore'): Promise<boolean> {
  return await run(tool, ['--version'], { PATH: process.env['PATH'] ?? '' }) !== 'missing'
}

/** Runs a tool to its end, or says in one sentence why it could not. */
export async function useTool(tool: 'pg_dump' | 'pg_restore', args: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
  const outcome = await run(tool, args, environment)
  if (outcome === 'missing') {
    throw new BackupRefused('BACKUP_TOOL_MISSING', {
      fr: `Le programme ${tool} n'est pas installé sur cette machine. Installez les outils clients de PostgreSQL (paquet postgresql-client), de la version du serveur ou d'une plus récente.`,
      en: `The program ${tool} is not installed on this machine. Install the client tools of PostgreSQL (package postgresql-client), of the server's version or a later one.`,
    })
  }
  if (outcome.code === 0) return
  const reason = outcome.complaint.split('\n').find((line) => /error|fatal/i.test(line)) ?? outcome.complaint.split('\n')[0] ?? ''
  throw new BackupRefused('BACKUP_TOOL_FAILED', { fr: `${tool} a échoué : ${reason}`, en: `${tool} failed: ${reason}` })
}
