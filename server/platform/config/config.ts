import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { Static } from 'typebox'
import { Check } from 'typebox/value'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { storedSecret } from './secret.ts'
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
  readonly logLevel: Static<typeof Settings>['LOG_LEVEL']
  readonly demo: boolean
}

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

/** The value is quoted, except for what may hold a password. */
function wrong(name: SettingName, text: string): Problem {
  const { expected } = settingOf(name)
  const shown = name === 'QUITTANCE_SECRET' || name === 'DATABASE_URL' ? undefined : text.slice(0, 80)
  return problem('SETTING_INVALID', {
    fr: `${name}${shown === undefined ? ' n\'est pas lisible' : ` : « ${shown} » n'est pas lisible`}. Indiquez ${expected.fr}.`,
    en: `${name}${shown === undefined ? ' cannot be read' : `: "${shown}" cannot be read`}. Give ${expected.en}.`,
  }, { field: name })
}

const SECRET_MISSING = problem('SETTING_REQUIRED', {
  fr: `QUITTANCE_SECRET est obligatoire avec DATABASE_URL. Indiquez ${settingOf('QUITTANCE_SECRET').expected.fr}.`,
  en: `QUITTANCE_SECRET is required with DATABASE_URL. Give ${settingOf('QUITTANCE_SECRET').expected.en}.`,
}, { field: 'QUITTANCE_SECRET' })

/** Reads the settings of an environment. An empty setting counts as absent. */
function readSettings(environment: Environment): { values: Partial<Record<SettingName, unknown>>; problems: Problem[] } {
  const values: Partial<Record<SettingName, unknown>> = {}
  const problems: Problem[] = []
  for (const name of SETTING_NAMES) {
    const text = environment[name]?.trim()
    const value = text ? typed(name, text) : settingOf(name).default
    if (value === undefined) continue
    const readable = Check(Settings.properties[name], value) && (!text || !name.endsWith('_URL') || URL.canParse(text))
    if (readable) values[name] = value
    else problems.push(wrong(name, text ?? ''))
  }
  if (environment['DATABASE_URL']?.trim() && !environment['QUITTANCE_SECRET']?.trim()) problems.push(SECRET_MISSING)
  return { values, problems }
}

/** IPv6 addresses take brackets in a URL, and an address that means "every interface" is not one that a browser can open. */
function defaultUrl(host: string, port: number): string {
  const open = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${open.includes(':') ? `[${open}]` : open}:${port}`
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
      logLevel: settings.LOG_LEVEL,
      demo: settings.QUITTANCE_DEMO,
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
