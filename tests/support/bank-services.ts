import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { App } from '../../server/platform/app.ts'

/** A notification as a service sends it: the headers that prove it and its bytes. */
export type Sent = { readonly headers: Record<string, string>; readonly body: string }

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')
const seconds = (at: Date) => Math.floor(at.getTime() / 1000)

/** Bridge: the body alone is signed, in capitals; two signatures while the secret is being changed. */
export function bridgeSends(secrets: readonly string[], fields: object | string): Sent {
  const body = typeof fields === 'string' ? fields : JSON.stringify(fields)
  return { headers: { 'content-type': 'application/json', 'bridgeapi-signature': secrets.map((secret) => `v1=${hmac(secret, body).toUpperCase()}`).join(',') }, body }
}

/** Qonto and the generic sender: the time and the body are signed. */
export function timedSends(header: 'x-qonto-signature' | 'quittance-signature', { secret, at, fields }: { readonly secret: string; readonly at: Date; readonly fields: object | string }): Sent {
  const body = typeof fields === 'string' ? fields : JSON.stringify(fields)
  return { headers: { 'content-type': 'application/json', [header]: `t=${seconds(at)},v1=${hmac(secret, `${seconds(at)}.${body}`)}` }, body }
}

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Plaid: a token signed with a key that its API gives to whoever asks with the right access. */
type Answers = (headers: Readonly<Record<string, string>>, body: string) => { readonly status: number; readonly body: object }
export type PlaidService = {
  send(fields: object, options: { readonly at: Date; readonly alg?: string; readonly kid?: string; readonly hashOf?: string }): Sent
  /** What `/webhook_verification_key/get` answers. */
  readonly answer: Answers
  readonly asked: string[]
}

export function plaidService(access: { readonly clientId: string; readonly secret: string }, expiredAt: number | null = null): PlaidService {
  const pairs = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: KeyObject }>([['key-1', generateKeyPairSync('ec', { namedCurve: 'P-256' })]])
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const asked: string[] = []
  return {
    asked,
    send: (fields, { at, alg = 'ES256', kid = 'key-1', hashOf }) => {
      const body = JSON.stringify(fields)
      const signed = `${base64url({ alg, kid, typ: 'JWT' })}.${base64url({ iat: seconds(at), request_body_sha256: createHash('sha256').update(hashOf ?? body).digest('hex') })}`
      const signature = sign('sha256', Buffer.from(signed), { key: pairs.get(kid)?.privateKey ?? other, dsaEncoding: 'ieee-p1363' }).toString('base64url')
      return { headers: { 'content-type': 'application/json', 'plaid-verification': `${signed}.${signature}` }, body }
    },
    answer: (headers, body) => {
      const { key_id: kid } = JSON.parse(body) as { key_id: string }
      asked.push(kid)
      if (headers['plaid-client-id'] !== access.clientId || headers['plaid-secret'] !== access.secret) return { status: 400, body: { error_type: 'INVALID_INPUT', error_code: 'INVALID_API_KEYS' } }
      const pair = pairs.get(kid)
      if (!pair) return { status: 400, body: { error_type: 'INVALID_INPUT', error_code: 'INVALID_WEBHOOK_VERIFICATION_KEY_ID' } }
      return { status: 200, body: { key: { alg: 'ES256', kid, use: 'sig', created_at: 1, expired_at: expiredAt, ...pair.publicKey.export({ format: 'jwk' }) }, request_id: 'r' } }
    },
  }
}

/** A server on this machine that stands for sandbox.plaid.com: the name leads to it; what is sent, and how, stays. Answers the way to stop. */
export async function redirectPlaid(app: App, answers: Answers): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => { body += part.toString() }).on('end', () => {
      const answer = answers(Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])), body)
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  const { send } = app.outgoing
  const local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  Object.assign(app.outgoing, { send: (request: Parameters<typeof send>[0]) => send({ ...request, url: request.url.replace('https://sandbox.plaid.com', local) }) })
  return async () => {
    Object.assign(app.outgoing, { send })
    await new Promise((closed) => { server.close(closed) })
  }
}
