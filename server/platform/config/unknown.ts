import type { Text } from '../../../core/kernel/problem.ts'
import type { Environment } from './config.ts'
import { SETTING_NAMES } from './settings.ts'

/** Names of ours that the server itself does not read: tests, tools and the command line do. */
const READ_ELSEWHERE = new Set([
  'QUITTANCE_CORPUS', 'QUITTANCE_TEST_DB', 'QUITTANCE_TEST_LOG', 'QUITTANCE_BROWSER', 'QUITTANCE_DEBUG',
  'QUITTANCE_SIMULATION_STEPS', 'QUITTANCE_SIMULATION_SEED', 'JWT_SECRET', 'SECRET_KEY',
])

/** Names that other programs or earlier drafts used, and what serves instead. */
const REPLACED: Readonly<Record<string, string>> = {
  QUITTANCE_PORT: 'PORT', QUITTANCE_HOST: 'HOST', QUITTANCE_URL: 'PUBLIC_URL', APP_URL: 'PUBLIC_URL', BASE_URL: 'PUBLIC_URL',
  QUITTANCE_LOG_LEVEL: 'LOG_LEVEL', QUITTANCE_ENV: 'ENVIRONMENT', QUITTANCE_DATABASE_URL: 'DATABASE_URL', POSTGRES_URL: 'DATABASE_URL',
  DB_HOST: 'DATABASE_URL', DB_NAME: 'DATABASE_URL', DB_USER: 'DATABASE_URL', DB_PASSWORD: 'DATABASE_URL',
  DB_POOL_SIZE: 'DB_POOL_MAX', DATABASE_POOL_SIZE: 'DB_POOL_MAX', DATA_FOLDER: 'QUITTANCE_DATA', DATA_DIR: 'QUITTANCE_DATA',
}

const OURS = /^(QUITTANCE|DB_POOL|DB_STATEMENT|BACKUP|METRICS|ENABLE)_/
const TYPING_MISTAKES_MAX = 2
const LENGTH_COMPARED_MIN = 8

/** Edits that turn one name into another. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      next.push(Math.min((row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}

function nearest(name: string): string | undefined {
  if (name.length < LENGTH_COMPARED_MIN) return undefined
  return SETTING_NAMES.find((known) => known.length >= LENGTH_COMPARED_MIN && distance(name, known) <= TYPING_MISTAKES_MAX)
}

/** One sentence for each variable that looks like a setting and is not one: nothing is silently ignored. */
export function unknownSettings(environment: Environment): { readonly name: string; readonly sentence: Text }[] {
  const known = new Set<string>(SETTING_NAMES)
  return Object.keys(environment).filter((name) => environment[name]?.trim() && !known.has(name) && !READ_ELSEWHERE.has(name)).sort().flatMap((name) => {
    const instead = REPLACED[name] ?? nearest(name)
    if (instead === undefined && !OURS.test(name)) return []
    return [{ name, sentence: instead === undefined
      ? { fr: `${name} n'est pas un réglage de cette version et n'est pas lu. Retirez-le, ou consultez docs/reference/settings.md.`, en: `${name} is not a setting of this version and is not read. Remove it, or see docs/reference/settings.md.` }
      : { fr: `${name} n'est pas lu : indiquez ${instead}.`, en: `${name} is not read: set ${instead} instead.` } }]
  })
}
