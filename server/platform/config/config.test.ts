import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig, readEnvironment, type Config, type Environment } from './config.ts'
import { envExample, settingsPage } from './document.ts'
import { USUAL_OPERATIONS } from './operations.ts'
import { SETTING_NAMES } from './settings.ts'
import { unknownSettings } from './unknown.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const SECRET = 'a-secret-of-more-than-thirty-two-characters'
let folder = ''
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'quittance-config-')) })
afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

function config(environment: Environment): Config {
  const loaded = loadConfig({ QUITTANCE_DATA: folder, ...environment })
  if ('problems' in loaded) throw new Error(loaded.problems.map((p) => p.message.en).join('\n'))
  return loaded.config
}

function problems(environment: Environment) {
  const loaded = loadConfig({ QUITTANCE_DATA: folder, ...environment })
  return 'problems' in loaded ? loaded.problems : []
}

describe('the configuration', () => {
  it('is complete when nothing is set', () => {
    expect(config({ QUITTANCE_SECRET: SECRET, QUITTANCE_DATA: '' })).toMatchObject({
      host: '127.0.0.1', port: 3000, publicUrl: 'http://127.0.0.1:3000', dataFolder: resolve('data'), databaseUrl: null, secret: SECRET, logLevel: 'info', demo: true,
      previousSecrets: [], trustProxy: ['loopback'], allowedOrigins: [],
    })
  })

  it('takes each setting from the environment', () => {
    expect(config({ HOST: '::', PORT: '8080', PUBLIC_URL: 'https://compta.exemple.fr/', DATABASE_URL: 'postgres://u:p@db:5432/q', QUITTANCE_SECRET: SECRET, LOG_LEVEL: 'debug', QUITTANCE_DEMO: 'non' })).toMatchObject({
      host: '::', port: 8080, publicUrl: 'https://compta.exemple.fr', dataFolder: folder, databaseUrl: 'postgres://u:p@db:5432/q', secret: SECRET, logLevel: 'debug', demo: false,
      previousSecrets: [], trustProxy: ['loopback'], allowedOrigins: [],
    })
    expect(config({ HOST: '::1', PORT: '1' }).publicUrl).toBe('http://[::1]:1')
  })

  it('names every wrong setting at once, in both languages, with what to write instead', () => {
    const told = problems({ HOST: 'a b', PORT: '70000', PUBLIC_URL: 'exemple.fr', DATABASE_URL: 'mysql://u:motdepasse@x/y', QUITTANCE_SECRET: 'short', LOG_LEVEL: 'verbose', QUITTANCE_DEMO: 'maybe' })
    expect(told.map((p) => p.where.field)).toEqual(['HOST', 'PORT', 'PUBLIC_URL', 'DATABASE_URL', 'QUITTANCE_SECRET', 'LOG_LEVEL', 'QUITTANCE_DEMO'])
    expect(told[1]?.message).toEqual({
      fr: 'PORT : « 70000 » n\'est pas lisible. Indiquez un nombre entier de 0 à 65535, par exemple 3000.',
      en: 'PORT: "70000" cannot be read. Give a whole number from 0 to 65535, for example 3000.',
    })
    expect(JSON.stringify(told)).not.toMatch(/mysql:|short"/)
  })

  it.each(['3e3', '-1', '3000.5', '0x50', 'trois mille'])('refuses the port "%s" rather than guessing', (text) => {
    expect(problems({ PORT: text }).map((p) => p.code)).toEqual(['SETTING_INVALID'])
  })

  it.each(['https://exemple.fr/chemin', 'ftp://exemple.fr', 'https://u:p@exemple.fr', 'https://exemple.fr:99999'])('refuses the public address "%s"', (text) => {
    expect(problems({ PUBLIC_URL: text }).map((p) => p.where.field)).toEqual(['PUBLIC_URL'])
  })

  it('takes the secret from JWT_SECRET or SECRET_KEY when its own name says nothing', () => {
    const [own, jwt, key] = ['o', 'j', 'k'].map((letter) => letter.repeat(40)) as [string, string, string]
    expect(config({ DATABASE_URL: 'postgres://u@h/d', SECRET_KEY: key }).secret).toBe(key)
    expect(config({ JWT_SECRET: jwt, SECRET_KEY: key }).secret).toBe(jwt)
    expect(config({ QUITTANCE_SECRET: own, JWT_SECRET: jwt }).secret).toBe(own)
    expect(problems({ SECRET_KEY: 'short' })).toMatchObject([{ code: 'SETTING_INVALID', where: { field: 'QUITTANCE_SECRET' } }])
  })

  it('reads the earlier secrets, the trusted proxies and the other sites as lists', () => {
    const [first, second] = ['a'.repeat(39) + '/', 'b'.repeat(40)] as const
    expect(config({ QUITTANCE_SECRET: SECRET, QUITTANCE_SECRET_PREVIOUS: `${first}, ${second}`, TRUST_PROXY: 'loopback, 10.0.0.0/8,::1', ALLOWED_ORIGIN: 'https://a.example/, http://b.example:8080' }))
      .toMatchObject({ previousSecrets: [first, second], trustProxy: ['loopback', '10.0.0.0/8', '::1'], allowedOrigins: ['https://a.example', 'http://b.example:8080'] })
  })

  it.each([['QUITTANCE_SECRET_PREVIOUS', 'short'], ['QUITTANCE_SECRET_PREVIOUS', `${'a'.repeat(40)},short`], ['TRUST_PROXY', 'proxy.example.org'], ['TRUST_PROXY', '10.0.0.0/99'], ['TRUST_PROXY', '999.1.1.1'], ['TRUST_PROXY', '*'], ['ALLOWED_ORIGIN', '*'], ['ALLOWED_ORIGIN', 'https://a.example/x']])('refuses %s=%s', (name, text) => {
    const told = problems({ QUITTANCE_SECRET: SECRET, [name]: text })
    expect(told.map((p) => p.where.field)).toEqual([name])
    if (name.startsWith('QUITTANCE_SECRET')) expect(JSON.stringify(told)).not.toContain(text)
  })

  it('requires a secret beside DATABASE_URL, where several processes must share it', () => {
    expect(problems({ DATABASE_URL: 'postgres://u@h/d' })).toMatchObject([{ code: 'SETTING_REQUIRED', where: { field: 'QUITTANCE_SECRET' } }])
  })
})

describe('the secret of the embedded database', () => {
  it('is made once, kept for its owner alone, and read again at the next start', () => {
    const first = config({}).secret
    expect(first.length).toBeGreaterThanOrEqual(43)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
    expect(config({}).secret).toBe(first)
  })

  it('is not made when a setting is wrong', () => {
    expect(problems({ PORT: 'x' })).toHaveLength(1)
    expect(existsSync(join(folder, 'secret'))).toBe(false)
  })

  it('is refused when its file was cut short, rather than replaced', () => {
    writeFileSync(join(folder, 'secret'), 'abc')
    expect(problems({})).toMatchObject([{ code: 'SECRET_FILE_DAMAGED' }])
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('abc')
  })

  it('names QUITTANCE_DATA when the folder cannot be used', () => {
    writeFileSync(join(folder, 'file'), '')
    chmodSync(join(folder, 'file'), 0o600)
    expect(problems({ QUITTANCE_DATA: join(folder, 'file', 'data') })).toMatchObject([{ code: 'DATA_FOLDER_UNUSABLE', where: { field: 'QUITTANCE_DATA' } }])
  })
})

describe('the .env file', () => {
  it('fills what the process does not state, and is not needed', () => {
    expect(readEnvironment(folder, { PORT: '1' })).toEqual({ PORT: '1' })
    writeFileSync(join(folder, '.env'), '# a comment\nPORT=2\nHOST="0.0.0.0"\nLOG_LEVEL=debug\n')
    expect(readEnvironment(folder, { PORT: '1', LOG_LEVEL: '' })).toEqual({ PORT: '1', HOST: '0.0.0.0', LOG_LEVEL: 'debug' })
  })
})

describe('what is generated from the settings', () => {
  it('.env.example and docs/reference/settings.md are up to date (otherwise run: node tools/env-example.ts)', () => {
    expect(readFileSync(join(ROOT, '.env.example'), 'utf8')).toBe(envExample())
    expect(readFileSync(join(ROOT, 'docs', 'reference', 'settings.md'), 'utf8')).toBe(settingsPage())
  })

  it('.env.example names each setting, and every value it shows is one that is accepted', () => {
    const uncommented = parseEnv(envExample().replaceAll(/^#(?=[A-Z_]+=)/gm, ''))
    expect(Object.keys(uncommented).sort()).toEqual([...SETTING_NAMES].sort())
    expect(problems({ ...uncommented, QUITTANCE_SECRET: SECRET })).toEqual([])
  })
})

describe('the settings of operations', () => {
  it('stand at their usual values when nothing is set, as the code assumes without them', () => {
    expect(config({ QUITTANCE_SECRET: SECRET }).operations).toEqual(USUAL_OPERATIONS)
  })

  it('are read from the environment', () => {
    expect(config({ DB_POOL_MIN: '2', DB_POOL_MAX: '30', DB_STATEMENT_TIMEOUT_SECONDS: '0', BACKUP_TIME: 'off', BACKUP_KEEP: '3', METRICS_TOKEN: 'a-token-of-the-collector', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/' }).operations).toMatchObject({
      pool: { min: 2, max: 30, statementSeconds: 0 }, backup: { time: null, keep: 3 }, metricsToken: 'a-token-of-the-collector', traceEndpoint: 'http://127.0.0.1:4318',
    })
  })

  it('refuse a pool whose least is above its most, and a backup time that is none', () => {
    expect(problems({ DB_POOL_MIN: '12', DB_POOL_MAX: '4', BACKUP_TIME: '25:00' }).map((p) => p.where.field).sort()).toEqual(['BACKUP_TIME', 'DB_POOL_MIN'])
  })

  it('never quote a passphrase or a token that is refused', () => {
    expect(JSON.stringify(problems({ BACKUP_PASSPHRASE: 'too short', METRICS_TOKEN: 'with space in it', DATABASE_OWNER_URL: 'mysql://u:hidden@h/d' }))).not.toMatch(/too short|with space|hidden/)
  })
})

describe('a variable that is not a setting', () => {
  it('is told with what serves instead when it looks like one', () => {
    expect(unknownSettings({ DB_POOL_SIZE: '5', QUITTANCE_DATTA: '/x', ENABLE_TELEPATHY: '1' }).map(({ name, sentence }) => [name, sentence.en])).toEqual([
      ['DB_POOL_SIZE', 'DB_POOL_SIZE is not read: set DB_POOL_MAX instead.'],
      ['ENABLE_TELEPATHY', 'ENABLE_TELEPATHY is not a setting of this version and is not read. Remove it, or see docs/reference/settings.md.'],
      ['QUITTANCE_DATTA', 'QUITTANCE_DATTA is not read: set QUITTANCE_DATA instead.'],
    ])
  })

  it('is left alone when it belongs to someone else, or is empty', () => {
    expect(unknownSettings({ PATH: '/bin', HOME: '/root', LANG: 'fr', NODE_ENV: 'production', OTEL_SERVICE_NAME: 'x', QUITTANCE_DATTA: ' ', QUITTANCE_TEST_DB: 'x', PORT: '1' })).toEqual([])
  })
})
