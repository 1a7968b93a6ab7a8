import { Refusal } from '../../access/refusal.ts'
import type { Db, SystemTx } from '../../db/types.ts'
import type { Secrets } from '../../secrets/secrets.ts'
import type { Attempts } from '../attempts.ts'
import {
  countWrongCode, deleteChallenge, deleteFactor, insertChallenge, lockChallenge, lockSeed, readFactor, replaceRecoveryCodes, saveSeed, saveStep, useRecoveryCode, type FactorState, type Seed,
} from './factor-store.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { newToken, sha256 } from '../tokens/tokens.ts'
import { newSeed, otpauthUri, stepOf } from './totp.ts'
import type { Person } from '../types.ts'

const ISSUER = 'Quittance'
export const CHALLENGE_SECONDS = 300
/** Wrong codes one challenge bears; then the password is asked for again. */
export const CHALLENGE_TRIES_MAX = 5

/** What a person gives for a second factor: one of the two. */
export type CodeGiven = { readonly code?: string | undefined; readonly recoveryCode?: string | undefined }
export type CodeKind = 'two-factor' | 'recovery-code'

export type SecondFactor = {
  state(person: Person): Promise<FactorState>
  /** Begins: a new seed, which counts for nothing until a code of it was given. */
  enrol(person: Person): Promise<{ readonly secret: string; readonly uri: string }>
  /** Puts it in force. Answers the recovery codes, this one time. */
  confirm(person: Person, code: string): Promise<readonly string[]>
  regenerate(person: Person): Promise<readonly string[]>
  disable(person: Person): Promise<void>
  /** Checks a code of a person, each good once. Wrong ones are counted, and soon have to wait. */
  check(person: Person, given: CodeGiven): Promise<CodeKind>
  /** Opens a challenge after a right password. Answers its token. */
  challenge(person: Person): Promise<string>
  /** The person of a challenge whose code is right; the challenge is then over. */
  answer(token: string, given: CodeGiven, personOf: (userId: string) => Promise<Person>): Promise<{ readonly person: Person; readonly kind: CodeKind }>
}

type Parts = { readonly db: Db; readonly secrets: Secrets; readonly attempts: Attempts; readonly now: () => Date }

const digitsOf = (code: string) => code.replace(/\s/g, '')
const purposeOf = (person: Pick<Person, 'id'>) => ({ tenantId: null, purpose: `totp.seed:${person.id}` })

/** Takes a code of the seed, and none of that time or before afterwards. */
async function takeCode(parts: Parts, tx: SystemTx, taken: { readonly person: Person; readonly seed: Seed; readonly code: string }): Promise<boolean> {
  const seed = await parts.secrets.open(purposeOf(taken.person), taken.seed.sealed)
  const step = stepOf(seed, digitsOf(taken.code), { now: parts.now(), lastStep: taken.seed.lastStep })
  if (step === undefined) return false
  await saveStep(tx, taken.person.id, step)
  return true
}

/** Which of the two was right; null when neither is. */
async function kindOf(parts: Parts, person: Person, given: CodeGiven): Promise<CodeKind | null> {
  const { code, recoveryCode } = given
  const hash = recoveryCode === undefined ? undefined : await hashRecoveryCode(person.id, recoveryCode)
  return await parts.db.system(async (tx) => {
    const seed = await lockSeed(tx, person.id)
    if (!seed?.confirmed) return null
    if (code !== undefined) return await takeCode(parts, tx, { person, seed, code }) ? 'two-factor' : null
    return hash !== undefined && await useRecoveryCode(tx, person.id, hash) ? 'recovery-code' : null
  })
}

async function writeRecoveryCodes(tx: SystemTx, person: Person): Promise<readonly string[]> {
  const codes = newRecoveryCodes()
  const hashes: string[] = []
  for (const code of codes) hashes.push(await hashRecoveryCode(person.id, code))
  await replaceRecoveryCodes(tx, person.id, hashes)
  return codes
}

async function checkCode(parts: Parts, person: Person, given: CodeGiven): Promise<CodeKind> {
  if ((given.code === undefined) === (given.recoveryCode === undefined)) throw new Refusal('CODE_REQUIRED')
  const counts = [{ kind: 'code' as const, of: person.id }]
  await parts.attempts.count(counts)
  const kind = await kindOf(parts, person, given)
  if (kind === null) throw new Refusal('CODE_WRONG')
  await parts.attempts.release(counts, ['code'])
  return kind
}

async function answerChallenge(parts: Parts, { token, given, personOf }: { readonly token: string; readonly given: CodeGiven; readonly personOf: (userId: string) => Promise<Person> }) {
  const tokenHash = sha256(token)
  // The try is noted before the code is looked at, so that codes sent together count one by one.
  const userId = await parts.db.system(async (tx) => {
    const found = await lockChallenge(tx, tokenHash)
    if (!found) return undefined
    if (found.wrongCodes < CHALLENGE_TRIES_MAX) { await countWrongCode(tx, tokenHash); return found.userId }
    await deleteChallenge(tx, tokenHash)
    return undefined
  })
  if (userId === undefined) throw new Refusal('CHALLENGE_ENDED')
  const person = await personOf(userId)
  const kind = await checkCode(parts, person, given)
  await parts.db.system((tx) => deleteChallenge(tx, tokenHash))
  return { person, kind }
}

/** The second factor of a person: codes of an authenticator application, and recovery codes for the day it is lost. */
export function createSecondFactor(parts: Parts): SecondFactor {
  const { db, secrets } = parts
  return {
    state: (person) => db.system((tx) => readFactor(tx, person.id)),
    enrol: async (person) => {
      const secret = newSeed()
      const sealed = await secrets.seal(purposeOf(person), secret)
      if (!await db.system((tx) => saveSeed(tx, person.id, sealed))) throw new Refusal('TWO_FACTOR_ALREADY_ON')
      return { secret, uri: otpauthUri(secret, person.email, ISSUER) }
    },
    confirm: async (person, code) => {
      const counts = [{ kind: 'code' as const, of: person.id }]
      await parts.attempts.count(counts)
      const codes = await db.system(async (tx) => {
        const seed = await lockSeed(tx, person.id)
        if (!seed) throw new Refusal('TWO_FACTOR_NOT_BEGUN')
        if (seed.confirmed) throw new Refusal('TWO_FACTOR_ALREADY_ON')
        return await takeCode(parts, tx, { person, seed, code }) ? await writeRecoveryCodes(tx, person) : null
      })
      if (codes === null) throw new Refusal('CODE_WRONG')
      await parts.attempts.release(counts, ['code'])
      return codes
    },
    regenerate: (person) => db.system(async (tx) => {
      if (!(await lockSeed(tx, person.id))?.confirmed) throw new Refusal('TWO_FACTOR_OFF')
      return await writeRecoveryCodes(tx, person)
    }),
    disable: async (person) => {
      if (!await db.system((tx) => deleteFactor(tx, person.id))) throw new Refusal('TWO_FACTOR_OFF')
    },
    check: (person, given) => checkCode(parts, person, given),
    challenge: async (person) => {
      const token = newToken()
      await db.system((tx) => insertChallenge(tx, { tokenHash: sha256(token), userId: person.id, seconds: CHALLENGE_SECONDS }))
      return token
    },
    answer: (token, given, personOf) => answerChallenge(parts, { token, given, personOf }),
  }
}
