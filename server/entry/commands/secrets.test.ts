import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCompany } from '../../modules/identity/index.ts'
import { loadConfig, type Config } from '../../platform/config/config.ts'
import { createLogger } from '../../platform/log/log.ts'
import { createSecrets } from '../../platform/secrets/secrets.ts'
import { composeApp } from '../compose.ts'
import { openDatabase } from '../open-database.ts'
import { checkSecretsCommand, rotateSecretsCommand } from './secrets.ts'

const [OLD, NEW, OTHER] = ['old', 'new', 'other'].map((name) => `the ${name} secret of this installation`) as [string, string, string]
const log = createLogger({ level: 'fatal' })
let folder: string
let out: string
let err: string
const io = { out: (text: string) => { out += text }, err: (text: string) => { err += text } }

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quittance-secrets-'))
  out = ''
  err = ''
  vi.stubEnv('QUITTANCE_DATA', folder)
  vi.stubEnv('DATABASE_URL', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function settings(secret: string, previous = ''): Config {
  vi.stubEnv('QUITTANCE_SECRET', secret)
  vi.stubEnv('QUITTANCE_SECRET_PREVIOUS', previous)
  const loaded = loadConfig({ QUITTANCE_SECRET: secret, QUITTANCE_SECRET_PREVIOUS: previous, QUITTANCE_DATA: folder, QUITTANCE_DEMO: 'false' })
  if ('problems' in loaded) throw new Error('the settings of the test are wrong')
  return loaded.config
}

test('the secret of an installation is changed as the documentation says, and the log of the company tells it', async () => {
  const config = settings(OLD)
  const db = await openDatabase(config, log)
  const running = await composeApp({ config, db, log })
  const { person } = await running.app.auth.signUp({ name: 'Claire Morel', email: 'claire@example.org', password: 'correct horse battery' })
  const { ctx } = await createCompany(running.app, { person, locale: 'fr', address: null }, { kind: 'company', name: 'Société', firstYear: { startsOn: '2026-01-01', endsOn: '2026-12-31' } })
  const scope = { tenantId: ctx.tenantId, purpose: 'test.thing' }
  const sealed = await running.app.secrets.seal(scope, 'a secret')
  await running.stop()
  await db.close()

  settings(NEW)
  expect(await checkSecretsCommand([], io)).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ lost: expect.any(Number), sealed: 0 })
  expect(JSON.parse(out).lost).toBeGreaterThan(0)
  expect(await rotateSecretsCommand([], io)).toBe(1)
  expect(err).toContain('QUITTANCE_SECRET_PREVIOUS')

  settings(NEW, `${OTHER},${OLD}`)
  expect(await rotateSecretsCommand([], io)).toBe(0)
  expect(err).toMatch(/Keys put under the current secret: [1-9]/)
  err = ''
  expect(await rotateSecretsCommand(['--data'], io)).toBe(0)
  out = ''
  const after = settings(NEW)
  expect(await checkSecretsCommand([], io)).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ earlier: 0, lost: 0, unreadable: 0 })

  const again = await openDatabase(after, log)
  expect(await createSecrets(again, { secret: NEW, previous: [] }).open(scope, sealed)).toBe('a secret')
  const { rows } = await again.tenant(ctx, (tx) => tx.query<{ action: string; actor: string }>('select action, actor from app.audit_log where action = \'secret.rotate\''))
  expect(rows).toEqual([{ action: 'secret.rotate', actor: 'Quittance' }])
  await again.close()
}, 300_000)

test.each([[['now']], [['--all']]])('other words than --data are wrong usage: %j', async (args) => {
  expect(await rotateSecretsCommand(args, io)).toBe(2)
  expect(await checkSecretsCommand(args, io)).toBe(2)
  expect(err).toContain('quittance secrets rotate [--data]')
})
