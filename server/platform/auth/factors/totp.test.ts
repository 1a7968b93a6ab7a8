import { Secret, TOTP as Reference, URI } from 'otpauth'
import { expect, test } from 'vitest'
import { base32, bytesOfBase32, codeAt, newSeed, otpauthUri, stepOf } from './totp.ts'

const SEED = Buffer.from('12345678901234567890')

test.each([
  [59, '94287082'], [1_111_111_109, '07081804'], [1_111_111_111, '14050471'], [1_234_567_890, '89005924'], [2_000_000_000, '69279037'], [20_000_000_000, '65353130'],
])('RFC 6238, appendix B, SHA-1: at %i seconds the code is %s', (seconds, code) => {
  expect(codeAt(SEED, BigInt(Math.floor(seconds / 30)), 8)).toBe(code)
})

test.each([['', ''], ['f', 'MY'], ['fo', 'MZXQ'], ['foo', 'MZXW6'], ['foob', 'MZXW6YQ'], ['fooba', 'MZXW6YTB'], ['foobar', 'MZXW6YTBOI']])('RFC 4648, section 10: base 32 of "%s" is %s', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
  expect(bytesOfBase32(encoded).toString()).toBe(text)
})

test('an authenticator application reads our address and makes the codes we take', () => {
  const seed = newSeed()
  const read = URI.parse(otpauthUri(seed, 'claire+quittance@example.org', 'Quittance')) as Reference
  expect({ issuer: read.issuer, label: read.label, algorithm: read.algorithm, digits: read.digits, period: read.period }).toEqual({ issuer: 'Quittance', label: 'claire+quittance@example.org', algorithm: 'SHA1', digits: 6, period: 30 })
  const now = new Date('2026-11-20T10:00:00Z')
  const code = new Reference({ secret: Secret.fromBase32(seed) }).generate({ timestamp: now.getTime() })
  expect(stepOf(seed, code, { now, lastStep: 0n })).toBe(BigInt(now.getTime() / 30_000))
})

test('a code is taken thirty seconds early or late, not sixty, and never again', () => {
  const seed = newSeed()
  const totp = new Reference({ secret: Secret.fromBase32(seed) })
  const at = Date.parse('2026-11-20T10:00:00Z')
  const taken = (seconds: number, lastStep = 0n) => stepOf(seed, totp.generate({ timestamp: at + seconds * 1000 }), { now: new Date(at), lastStep }) !== undefined
  expect([-60, -30, 0, 30, 60].map((seconds) => taken(seconds))).toEqual([false, true, true, true, false])
  expect(taken(0, BigInt(at / 30_000))).toBe(false)
  expect(taken(-30, BigInt(at / 30_000))).toBe(false)
})
