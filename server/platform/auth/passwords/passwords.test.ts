import { expect, test } from 'vitest'
import { hashPassword, refuseWeakPassword, verifyPassword } from './passwords.ts'
import { deviceWords } from '../sessions/user-agent.ts'
import { hashRecoveryCode, newRecoveryCodes, readRecoveryCode } from '../factors/recovery-codes.ts'

const claire = { name: 'Claire Aubanel', email: 'claire.aubanel@exemple-lumen.fr' }
const refusal = (password: string) => { try { refuseWeakPassword(password, claire); return null } catch (error) { return (error as { code: string }).code } }

test.each(['1234567890', 'azertyuiop', 'Motdepasse123', 'Password1234', 'aaaaaaaaaaaa', 'ababababab', 'abcdefghijkl', '9876543210', 'P@ssw0rd2026', 'passwordpassword', '  qwertyuiop  '])('%s is refused as a common password', (password) => {
  expect(refusal(password)).toBe('PASSWORD_COMMON')
})

test.each(['claireaubanel', 'Aubanel2026', 'clairê.aubanel', 'claire.aubanel@exemple-lumen.fr', 'exemple-lumen1'])('%s is refused as made of the person', (password) => {
  expect(refusal(password)).toBe('PASSWORD_PERSONAL')
})

test.each(['correct horse battery', 'tartine bleue vélo', 'Aubanel aime les tartes', 'x9$kL2mQ7!', 'déjeuner sur l’herbe'])('%s is taken', (password) => {
  expect(refusal(password)).toBeNull()
})

test('a password is kept as Argon2id with the parameters of the OWASP cheat sheet, and nobody has no password', async () => {
  const stored = await hashPassword('correct horse battery')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect([await verifyPassword(stored, 'correct horse battery'), await verifyPassword(stored, 'correct horse batterY'), await verifyPassword(undefined, 'the password of nobody')]).toEqual([true, false, false])
})

test('ten recovery codes differ, and one is read as a person writes it', async () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
  expect(readRecoveryCode(' 7k2m qx4p-9tbo ')).toBe('7K2MQX4P9TB0')
  expect(await hashRecoveryCode('one', '7K2M-QX4P-9TB0')).toBe(await hashRecoveryCode('one', '7k2mqx4p9tbo'))
  expect(await hashRecoveryCode('one', '7K2M-QX4P-9TB0')).not.toBe(await hashRecoveryCode('two', '7K2M-QX4P-9TB0'))
})

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox, Linux'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 Edg/129.0.0.0', 'Edge, Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1', 'Safari, iPhone'],
  ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36', 'Chrome, Android'],
  ['curl/8.5.0', 'curl'], ['my-shop/1.2', 'my-shop'], [undefined, '?'], ['<script>', '?'],
])('%s is said %s', (agent, words) => {
  expect(deviceWords(agent)).toBe(words)
})
