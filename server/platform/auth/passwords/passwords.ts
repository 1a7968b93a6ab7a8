import { hash, verify } from '@node-rs/argon2'
import { Refusal } from '../../access/refusal.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'

/** Argon2id with the parameters of the OWASP cheat sheet (19 MiB, 2 passes, 1 lane). The library's default algorithm is Argon2id. */
export const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
export const PASSWORD_LENGTH = { min: 10, max: 200 }
/** Shorter parts of a name are in too many good passwords. */
const PERSONAL_PART_MIN = 4
/** A password needs this many characters besides the name and the address of its owner. */
const OWN_CHARACTERS_MIN = 6
const DIFFERENT_CHARACTERS_MIN = 4

export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2)
}

let ofNobody: Promise<string> | undefined

/** Whether the password is the one of this hash. Without a hash the same work is done, so that the time of the answer tells nothing. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const right = await verify(stored ?? await (ofNobody ??= hashPassword('the password of nobody')), password)
  return stored !== undefined && right
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

function isCommon(password: string): boolean {
  const text = password.toLowerCase().replace(/\s/g, '')
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return COMMON_PASSWORDS.has(text) || COMMON_PASSWORDS.has(core) || new Set(text).size < DIFFERENT_CHARACTERS_MIN || isSequence(text)
}

/** abcdefghij, 9876543210: each character is the neighbour of the one before. */
function isSequence(text: string): boolean {
  const steps = [...text].slice(1).map((letter, index) => (letter.codePointAt(0) ?? 0) - (text.codePointAt(index) ?? 0))
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}

/** The parts of a name and an address that a password must not be made of. */
function personalParts(person: { readonly name: string; readonly email: string }): string[] {
  const [mailbox = '', domain = ''] = person.email.split('@')
  const parts = [person.name, ...person.name.split(/[\s'-]+/), person.email, mailbox, ...mailbox.split(/[._+-]+/), domain, ...domain.split('.').slice(0, -1)]
  return [...new Set(parts.map(plain).map((part) => part.replace(/\s/g, '')))].filter((part) => part.length >= PERSONAL_PART_MIN).sort((a, b) => b.length - a.length)
}

/**
 * Refuses a password that a guesser tries first: a common one, or one made of the person's own name or address. No
 * mixture of capitals and signs is asked for (NIST SP 800-63B, 3.1.1.2): length is what protects.
 */
export function refuseWeakPassword(password: string, person: { readonly name: string; readonly email: string }): void {
  if (isCommon(password)) throw new Refusal('PASSWORD_COMMON')
  let own = plain(password).replace(/\s/g, '')
  const before = own.length
  for (const part of personalParts(person)) own = own.replaceAll(part, '')
  if (own.length < before && own.length < OWN_CHARACTERS_MIN) throw new Refusal('PASSWORD_PERSONAL')
}
