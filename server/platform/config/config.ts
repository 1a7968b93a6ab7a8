import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { Static } from 'typebox'
import { Check } from 'typebox/value'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { readOperations, type Operations } from './operations.ts'
import { storedSecret } from './secret.ts'
import { readSmtp, type Smtp } from './smtp.ts'
import { SETTING_NAMES, settingOf, Settings, type SettingName } from './settings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export type Config = {
  readonly host: string
  readonly port: number
  /** Without a slash at its end. */
  readonly publicUrl: string
  /** Absolute. */
  readonly dataFolder: string
  /** Null means the embedded database. */
  readonly databaseUrl: string | null
  readonly secret: string
  /** Earlier secrets, which still open what they sealed. */
  readonly previousSecrets: readonly string[]
  /** Addresses or names of the proxies whose word is taken for where a request comes from. */
  readonly trustProxy: readonly string[]
  /** Other sites whose pages may call the API with a key or a token, never with a cookie. */
  readonly allowedOrigins: readonly string[]
  readonly logLevel: Static<typeof Settings>['LOG_LEVEL']
  readonly demo: boolean
  /** Null or absent: no mail leaves, messages wait in the outbox. */
  readonly smtp?: Smtp | null
  /** Null: rate limits are counted in the memory of each process. */
  readonly redisUrl?: string | null
  /** Absent: no limits. */
  readonly rateLimits?: RateLimits
  /** What outgoing HTTP may reach; absent means the public network by https. */
  readonly outgoing?: { readonly allow: readonly string[]; readonly http: boolean }
  /** Absent means the usual ones (`operationsOf`). */
  readonly operations?: Operations
}

/** Requests per minute; 0 for no limit. */
export type RateLimits = { readonly signIn: number; readonly writes: number; readonly reads: number; readonly exports: number; readonly address: number }

/** Either the whole configuration, or every setting that is wrong: a person mends them all at once. */
export type LoadedConfig = { readonly config: Config } | { readonly problems: readonly Problem[] }

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false, yes: true, no: false, oui: true, non: false }

/** Text of the environment in the type its setting asks for; text that does not fit is left as it is, for the schema to refuse. */
function typed(name: SettingName, text: string): unknown {
  const { type } = settingOf(name)
  if (type === 'integer') return /^\d{1,9}$/.test(text) ? Number(text) : text
  if (type === 'boolean') return BOOLEANS[text.toLowerCase()] ?? text
  return text
}

const SECRET_NAMES = /SECRET|PASSPHRASE|TOKEN|PASSWORD|^DATABASE_|^REDIS_|^SMTP_URL/

/** The value is quoted, except for what may hold a password. */
function wrong(name: SettingName, text: string): Problem {
  const { expected } = settingOf(name)
  const shown = SECRET_NAMES.test(name) ? undefined : text.slice(0, 80)
  return problem('SETTING_INVALID', {
    fr: `${name}${shown === undefined ? ' n\'est pas lisible' : ` : « ${shown} » n'est pas lisible`}. Indiquez ${expected.fr}.`,
    en: `${name}${shown === undefined ? ' cannot be read' : `: "${shown}" cannot be read`}. Give ${expected.en}.`,
  }, { field: name })
}

const SECRET_MISSING = problem('SETTING_REQUIRED', {
  fr: `QUITTANCE_SECRET est obligatoire avec DATABASE_URL. Indiquez ${settingOf('QUITTANCE_SECRET').expected.fr}.`,
  en: `QUITTANCE_SECRET is required with DATABASE_URL. Give ${settingOf('QUITTANCE_SECRET').expected.en}.`,
}, { field: 'QUITTANCE_SECRET' })

/** Other names under which a setting is accepted; its own name wins. */
const OTHER_NAMES: Partial<Record<SettingName, readonly string[]>> = { QUITTANCE_SECRET: ['JWT_SECRET', 'SECRET_KEY'] }

function textOf(environment: Environment, name: SettingName): string | undefined {
  return [name, ...(OTHER_NAMES[name] ?? [])].map((one) => environment[one]?.trim()).find((text) => text)
}

/** An address, or a network of the right size for its kind; the names the server knows are left to the schema. */
function isNetwork(text: string): boolean {
  const [address = '', size] = text.split('/')
  const kind = isIP(address)
  if (kind === 0) return /^[a-z]+$/.test(text)
  return size === undefined || Number(size) <= (kind === 4 ? 32 : 128)
}

/** What the schema cannot say of a text by a pattern. */
function isMeaningful(name: SettingName, text: string): boolean {
  if (name.endsWith('_URL')) return URL.canParse(text)
  if (name === 'ALLOWED_ORIGIN') return listOf(text).every((one) => URL.canParse(one))
  if (name === 'OUTGOING_ALLOW') return listOf(text).every((one) => isIP(one.split('/')[0]!) !== 0 && isNetwork(one))
  return name !== 'TRUST_PROXY' || listOf(text).every(isNetwork)
}

/** Reads the settings of an environment. An empty setting counts as absent. */
function readSettings(environment: Environment): { values: Partial<Record<SettingName, unknown>>; problems: Problem[] } {
  const values: Partial<Record<SettingName, unknown>> = {}
  const problems: Problem[] = []
  for (const name of SETTING_NAMES) {
    const text = textOf(environment, name)
    const value = text ? typed(name, text) : settingOf(name).default
    if (value === undefined) continue
    const readable = Check(Settings.properties[name], value) && (!text || isMeaningful(name, text))
    if (readable) values[name] = value
    else problems.push(wrong(name, text ?? ''))
  }
  if (environment['DATABASE_URL']?.trim() && !textOf(environment, 'QUITTANCE_SECRET')) problems.push(SECRET_MISSING)
  const [least, most] = [Number(values.DB_POOL_MIN), Number(values.DB_POOL_MAX)]
  if (least > most) problems.push(wrong('DB_POOL_MIN', String(least)))
  return { values, problems }
}

/** IPv6 addresses take brackets in a URL, and an address that means "every interface" is not one that a browser can open. */
function defaultUrl(host: string, port: number): string {
  const open = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${open.includes(':') ? `[${open}]` : open}:${port}`
}

/** The parts of a list written with commas. */
function listOf(text: string | undefined): string[] {
  return (text ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')
}

/**
 * The server's configuration. On the embedded database without QUITTANCE_SECRET, the secret is read from the data folder, and made there the first time.
 * Nothing is written when a setting is wrong.
 */
export function loadConfig(environment: Environment): LoadedConfig {
  const { values, problems } = readSettings(environment)
  if (problems.length > 0) return { problems }
  const settings = values as Static<typeof Settings>
  const dataFolder = resolve(settings.QUITTANCE_DATA)
  const secret = settings.QUITTANCE_SECRET === undefined ? storedSecret(dataFolder) : { ok: true as const, value: settings.QUITTANCE_SECRET }
  if (!secret.ok) return { problems: [secret.problem] }
  return {
    config: {
      host: settings.HOST,
      port: settings.PORT,
      publicUrl: settings.PUBLIC_URL?.replace(/\/$/, '') ?? defaultUrl(settings.HOST, settings.PORT),
      dataFolder,
      databaseUrl: settings.DATABASE_URL ?? null,
      secret: secret.value,
      previousSecrets: listOf(settings.QUITTANCE_SECRET_PREVIOUS),
      trustProxy: listOf(settings.TRUST_PROXY),
      allowedOrigins: listOf(settings.ALLOWED_ORIGIN).map((origin) => new URL(origin).origin),
      logLevel: settings.LOG_LEVEL,
      demo: settings.QUITTANCE_DEMO,
      smtp: readSmtp(settings, settings.PUBLIC_URL?.replace(/\/$/, '') ?? defaultUrl(settings.HOST, settings.PORT)),
      outgoing: { allow: listOf(settings.OUTGOING_ALLOW), http: settings.OUTGOING_HTTP },
      redisUrl: settings.REDIS_URL ?? null,
      rateLimits: { signIn: settings.RATE_LIMIT_SIGN_IN, writes: settings.RATE_LIMIT_WRITES, reads: settings.RATE_LIMIT_READS, exports: settings.RATE_LIMIT_EXPORTS, address: settings.RATE_LIMIT_ADDRESS },
      operations: readOperations(settings),
    },
  }
}

/** The variables of `.env` in a folder when there is one, under those of the process, which win unless they are empty. */
export function readEnvironment(folder: string, process: Environment): Environment {
  let file: Environment
  try {
    file = parseEnv(readFileSync(join(folder, '.env'), 'utf8'))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return process
  }
  const stated = Object.entries(process).filter(([, value]) => value?.trim())
  return { ...file, ...Object.fromEntries(stated) }
}
