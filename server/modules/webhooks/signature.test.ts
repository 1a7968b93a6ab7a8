import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { hintOf, newSecret, sign, signatureHeaders } from './signature.ts'

// The example of the Standard Webhooks specification and of its libraries.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' }

test('signs as the example of Standard Webhooks does', () => {
  expect(sign(SECRET, MESSAGE)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('each secret signs, the newest first', () => {
  const { 'webhook-signature': signatures, ...rest } = signatureHeaders([SECRET, 'whsec_AAAA'], MESSAGE)
  const second = createHmac('sha256', Buffer.from([0, 0, 0])).update(`${MESSAGE.id}.${MESSAGE.timestamp}.${MESSAGE.body}`).digest('base64')
  expect(signatures).toBe(`v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,${second}`)
  expect(rest).toEqual({ 'webhook-id': MESSAGE.id, 'webhook-timestamp': '1614265330' })
})

test('a changed id, instant or body changes the signature', () => {
  const signatures = [MESSAGE, { ...MESSAGE, id: 'msg_other' }, { ...MESSAGE, timestamp: MESSAGE.timestamp + 1 }, { ...MESSAGE, body: `${MESSAGE.body} ` }].map((message) => sign(SECRET, message))
  expect(new Set(signatures).size).toBe(4)
})

test('a new secret holds 32 bytes, is different each time, and is known by its end', () => {
  const [first, second] = [newSecret(), newSecret()]
  expect(Buffer.from(first.slice('whsec_'.length), 'base64')).toHaveLength(32)
  expect([first === second, first.endsWith(hintOf(first)), hintOf(first).length]).toEqual([false, true, 4])
})
