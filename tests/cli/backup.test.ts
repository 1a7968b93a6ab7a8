import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPlace, type Place, type ServerProcess, startServer } from '../faults/server-process.ts'
import { asSuperuser } from '../support/template.ts'
import { CLI, ended, type Ended } from './process.ts'
import { spawn } from 'node:child_process'

let place: Place
let server: ServerProcess | undefined
let cookie = ''
const engine = inject('quittanceTemplate').engine

/** A command as an administrator runs it, with the settings of the server. */
function command(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ended(spawn(process.execPath, [CLI, ...args], { env: { ...place.environment, ...more }, stdio: ['ignore', 'pipe', 'pipe'] }))
}

async function call<T>(path: string, body: unknown, tenant?: string): Promise<T> {
  const answer = await fetch(`${server!.address}${path}`, { method: body === undefined ? 'GET' : 'POST', body: body === undefined ? null : JSON.stringify(body), headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(tenant ? { 'quittance-tenant': tenant } : {}) } })
  cookie ||= answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect(answer.status, path).toBeLessThan(300)
  return await answer.json() as T
}

let tenant = ''

async function issueInvoice(): Promise<void> {
  const customer = await call<{ id: string }>('/api/customers', { name: 'Maison Vermeil' }, tenant)
  const draft = await call<{ id: string }>('/api/invoices/sales', { customerId: customer.id, issuedOn: '2026-03-02', lines: [{ description: 'Étude', quantity: '3', unitPrice: '650', vatRate: '20', nature: 'services' }] }, tenant)
  await call(`/api/invoices/sales/${draft.id}/issue`, {}, tenant)
}

async function invoices(): Promise<number> {
  return (await call<{ items: unknown[] }>('/api/invoices/sales', undefined, tenant)).items.length
}

beforeAll(async () => {
  place = await openPlace(inject('quittanceTemplate'))
  server = await startServer(place.environment)
  await call('/api/auth/sign-up', { name: 'Person', email: 'person@example.org', password: 'correct horse battery' })
  tenant = (await call<{ id: string }>('/api/companies', { name: 'Société sauvegardée', kind: 'company', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })).id
  await issueInvoice()
}, 240_000)
afterAll(async () => {
  await server?.kill('SIGKILL')
  await place.remove()
}, 60_000)

/** The path that `backup` printed. */
async function backup(args: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<string> {
  const made = await command(['backup', ...args], more)
  expect(made, made.err).toMatchObject({ code: 0 })
  return made.out.trim()
}

describe(`a backup on ${engine}`, () => {
  let path = ''

  test('is made while the server runs, and proven without touching the data', async () => {
    path = await backup()
    const proven = await command(['restore', path, '--verify'])
    expect(proven, proven.err).toMatchObject({ code: 0 })
    const report = JSON.parse(proven.out) as { verified: boolean; companies: number; findings: { check: string; level: string }[] }
    expect(report).toMatchObject({ verified: true, companies: 1 })
    expect(report.findings.map(({ check, level }) => `${check} ${level}`)).toEqual(['ledger-chain ok', 'ledger-balances ok', 'audit-chain ok', 'sequences ok', 'bank-posting ok'])
    expect(await invoices()).toBe(1)
  }, 240_000)

  test('keeps as many as it is told', async () => {
    const to = join(place.folder, 'elsewhere')
    await backup(['--to', to, '--keep', '1'])
    await new Promise((resolve) => { setTimeout(resolve, 1_100) })
    await backup(['--to', to, '--keep', '1'])
    expect(readdirSync(to)).toHaveLength(1)
  }, 240_000)

  const onPostgres = engine === 'postgres'
  test.runIf(onPostgres)(`is sealed with a passphrase, and then opens with it alone${onPostgres ? '' : ' (not run: the server that makes the copy has settings of its own)'}`, async () => {
    const sealed = await backup(['--to', join(place.folder, 'sealed')], { BACKUP_PASSPHRASE: 'a passphrase of the tests' })
    expect(sealed).toMatch(/\.enc$/)
    expect((await command(['restore', sealed, '--verify'])).err).toContain('BACKUP_PASSPHRASE')
    expect((await command(['restore', sealed, '--verify'], { BACKUP_PASSPHRASE: 'another passphrase of the tests' })).code).toBe(1)
    expect((await command(['restore', sealed, '--verify'], { BACKUP_PASSPHRASE: 'a passphrase of the tests' })).code).toBe(0)
  }, 240_000)

  test('that is damaged is refused in one sentence', async () => {
    const bent = readFileSync(path)
    bent[bent.length >> 1] = (bent[bent.length >> 1] ?? 0) ^ 1
    const damaged = join(place.folder, 'damaged.tar.gz')
    writeFileSync(damaged, bent)
    const refused = await command(['restore', damaged, '--verify'])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err.trimEnd().split('\n')).toHaveLength(1)
  }, 240_000)

  test('is not restored while the server works, nor without an answer, and says what would be lost', async () => {
    await issueInvoice()
    const busy = await command(['restore', path, '--yes'])
    expect(busy.code).toBe(1)
    expect(busy.err).toMatch(engine === 'embedded' ? /déjà utilisé par le processus/ : /Arrêtez Quittance/)
    await server!.kill('SIGTERM')
    const asked = await command(['restore', path])
    expect(asked.code).toBe(1)
    expect(asked.err).toContain('Société sauvegardée : 1 écritures')
    expect(asked.err).toContain('--yes')
  }, 240_000)

  test('restores what it held, keeps what was there, and the server starts on it', async () => {
    const restored = await command(['restore', path, '--yes'])
    expect(restored, restored.err).toMatchObject({ code: 0 })
    server = await startServer(place.environment)
    expect(await invoices()).toBe(1)
    if (engine === 'embedded') {
      const [kept] = readdirSync(place.folder).filter((name) => name.startsWith('before-restore-'))
      expect(existsSync(join(place.folder, kept!, 'database', 'PG_VERSION'))).toBe(true)
      expect(readdirSync(place.folder).filter((name) => name.startsWith('restoring-') || name === 'switch.json')).toEqual([])
    } else {
      const kept = /_before_\d+/.exec(restored.err)
      expect(kept).not.toBeNull()
      await asSuperuser(place.ownerUrl!, async (db) => {
        const { rows } = await db.query<{ name: string }>('select datname as name from pg_database where datname like \'%\' || $1', [kept![0]])
        for (const { name } of rows) await db.exec(`drop database "${name}" with (force)`)
        expect(rows).toHaveLength(1)
      })
    }
  }, 240_000)
})

test.runIf(engine === 'postgres')(`without the tools of PostgreSQL it says which package to install${engine === 'postgres' ? '' : ' (not run: the embedded database needs none)'}`, async () => {
  const refused = await command(['backup'], { PATH: '/nonexistent' })
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toContain('postgresql-client')
})

test('a wrong usage is told', async () => {
  expect((await command(['backup', '--keep', 'all'])).code).toBe(2)
  expect((await command(['restore'])).code).toBe(2)
})
