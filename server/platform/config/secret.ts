import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { problem, type Problem } from '../../../core/kernel/problem.ts'
import { fail, ok, type Result } from '../../../core/kernel/result.ts'

const FILE = 'secret'
const LENGTH_MIN = 32

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
}

function unusable(folder: string, code: string): Problem {
  return problem('DATA_FOLDER_UNUSABLE', {
    fr: `QUITTANCE_DATA : le dossier ${folder} ne peut pas être utilisé (${code}). Donnez à Quittance le droit d'y écrire ou indiquez un autre dossier.`,
    en: `QUITTANCE_DATA: the folder ${folder} cannot be used (${code}). Let Quittance write to it or name another folder.`,
  }, { field: 'QUITTANCE_DATA' })
}

/**
 * The secret kept in the data folder, made at the first call and readable by its owner only.
 * Two processes that start together agree: the one that comes second reads what the first one wrote.
 */
export function storedSecret(folder: string): Result<string> {
  const path = join(folder, FILE)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(path, `${randomBytes(48).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') return fail(unusable(folder, codeOf(error)))
  }
  try {
    const secret = readFileSync(path, 'utf8').trim()
    if (secret.length >= LENGTH_MIN) return ok(secret)
  } catch (error) {
    return fail(unusable(folder, codeOf(error)))
  }
  return fail(problem('SECRET_FILE_DAMAGED', {
    fr: `La clé secrète de ${path} est incomplète. Restaurez ce fichier, ou supprimez-le : chacun devra se reconnecter.`,
    en: `The secret key in ${path} is incomplete. Restore that file, or delete it: everyone will have to sign in again.`,
  }, { field: 'QUITTANCE_DATA', file: path }))
}
