import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { request as httpRequest, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { mayReach, readNetwork, type Network } from './address.ts'
import { failureOf, OutgoingError } from './outgoing-error.ts'

export type OutgoingSettings = {
  /** Networks that may be reached though they are not public, such as 127.0.0.1/32 or 10.0.0.0/8. */
  readonly allow?: readonly string[]
  /** Addresses in plain http are taken too. */
  readonly http?: boolean
}

export type OutgoingRequest = {
  readonly url: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** The whole exchange; 10 seconds when it is not given. */
  readonly timeoutMs?: number
  /** The rest of a longer answer is not read; 1 MB when it is not given. */
  readonly bytesMax?: number
  /** Redirects followed, each address being checked again; none when it is not given. */
  readonly redirectsMax?: number
}

export type OutgoingAnswer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer; readonly isWhole: boolean; readonly url: string }

export type Outgoing = {
  /** Refuses with OutgoingError an address that `send` would refuse, by its form or by what its name resolves to now. */
  check(url: string): Promise<void>
  /** One exchange with an outside address. Every way it can fail is an OutgoingError. */
  send(request: OutgoingRequest): Promise<OutgoingAnswer>
}

/** How names are resolved; the system's way unless a test brings a name server of its own. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

const TIMEOUT_MS = 10_000
const CHECK_MS_MAX = 2_000
const BYTES_MAX = 1_000_000
const URL_MAX = 2_000
const HEADER_BYTES_MAX = 16_384
const REDIRECTS = new Set([301, 302, 303, 307, 308])

const resolveBySystem: Resolve = (hostname) => new Promise((resolve, reject) => {
  systemLookup(hostname, { all: true, verbatim: true }, (error, found) => { if (error) reject(error); else resolve(found) })
})

/** The name of the host without the brackets of an IPv6 address. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

type Guard = { readonly allowed: readonly Network[]; readonly http: boolean; readonly resolve: Resolve }

function readUrl(text: string, guard: Guard): URL {
  const url = text.length <= URL_MAX ? URL.parse(text) : null
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '') throw new OutgoingError('form')
  if (url.protocol !== 'https:' && !(guard.http && url.protocol === 'http:')) throw new OutgoingError('scheme')
  if (isIP(hostOf(url)) !== 0 && !mayReach(hostOf(url), guard.allowed)) throw new OutgoingError('private', hostOf(url))
  return url
}

/** Every address of a name must be reachable: one that is not makes the name suspect. */
async function addressesOf(hostname: string, guard: Guard): Promise<readonly LookupAddress[]> {
  const found = await guard.resolve(hostname)
  if (found.length === 0) throw new OutgoingError('dns', hostname)
  for (const { address } of found) if (!mayReach(address, guard.allowed)) throw new OutgoingError('private', hostname)
  return found
}

/** The connection is made to the addresses that were checked: the name is resolved once, so it cannot change in between. */
function checkedLookup(guard: Guard): LookupFunction {
  return (hostname, options, answer) => {
    addressesOf(hostname, guard).then((found) => {
      const wanted = options.family === 4 || options.family === 6 ? found.filter(({ family }) => family === options.family) : found
      const first = wanted[0]
      if (!first) answer(new OutgoingError('dns', hostname) as NodeJS.ErrnoException, '', 4)
      else if (options.all) answer(null, [...wanted])
      else answer(null, first.address, first.family)
    }, (error: NodeJS.ErrnoException) => { answer(error, '', 4) })
  }
}

function open(url: URL, request: OutgoingRequest, guard: Guard): ClientRequest {
  const options: RequestOptions = {
    method: request.method, agent: false, lookup: checkedLookup(guard), maxHeaderSize: HEADER_BYTES_MAX,
    headers: { 'user-agent': 'Quittance', 'accept-encoding': 'identity', connection: 'close', ...request.headers, ...(request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) }) },
  }
  return url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options)
}

/** Reads an answer up to a number of bytes; whoever sends more is hung up on. */
async function readBody(message: IncomingMessage, bytesMax: number): Promise<{ body: Buffer; isWhole: boolean }> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of message as AsyncIterable<Buffer>) {
    parts.push(part)
    length += part.length
    if (length > bytesMax) return { body: Buffer.concat(parts).subarray(0, bytesMax), isWhole: false }
  }
  return { body: Buffer.concat(parts), isWhole: true }
}

async function exchange(url: URL, request: OutgoingRequest, guard: Guard & { readonly signal: AbortSignal }): Promise<OutgoingAnswer> {
  const sent = open(url, request, guard)
  const stop = () => { sent.destroy(new OutgoingError('timeout')) }
  guard.signal.addEventListener('abort', stop, { once: true })
  try {
    const message = await new Promise<IncomingMessage>((answered, failed) => {
      sent.once('response', answered)
      sent.on('error', failed)
      sent.end(request.body)
    })
    // Set for what the answer does not announce: a socket that is given up must not end the process.
    message.on('error', () => undefined)
    return { status: message.statusCode ?? 0, headers: message.headers, url: url.href, ...await readBody(message, request.bytesMax ?? BYTES_MAX) }
  } finally {
    guard.signal.removeEventListener('abort', stop)
    sent.destroy()
  }
}

/** What a redirect asks for: a POST that is told "see other" becomes a GET, and what proves who we are stays with the first host. */
function redirected(request: OutgoingRequest, answer: OutgoingAnswer, to: URL): OutgoingRequest {
  const asGet = answer.status === 303 || (answer.status <= 302 && request.method === 'POST')
  const sameOrigin = new URL(answer.url).origin === to.origin
  const { body, headers = {}, ...rest } = request
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => sameOrigin || !/^(authorization|cookie|webhook-)/i.test(name)))
  return { ...rest, headers: kept, url: to.href, ...(asGet ? { method: 'GET' as const } : body === undefined ? {} : { body }) }
}

async function follow(request: OutgoingRequest, guard: Guard & { readonly signal: AbortSignal }): Promise<OutgoingAnswer> {
  let current = request
  for (let left = request.redirectsMax ?? 0; ; left -= 1) {
    const url = readUrl(current.url, guard)
    const answer = await exchange(url, current, guard)
    const location = answer.headers.location
    if (left <= 0 || !REDIRECTS.has(answer.status) || location === undefined) return answer
    const to = URL.parse(location, url.href)
    if (!to) throw new OutgoingError('form')
    current = redirected(current, answer, to)
  }
}

/** A name server that does not answer must not hold a request up: the name is checked again when it is used. */
async function tooSlow(hostname: string): Promise<never> {
  await wait(CHECK_MS_MAX, undefined, { ref: false })
  throw new OutgoingError('dns', hostname)
}

/** The only way out of the server for HTTP: it refuses what is not on the public network, and waits and reads within limits. */
export function createOutgoing(settings: OutgoingSettings = {}, resolve: Resolve = resolveBySystem): Outgoing {
  const allowed = (settings.allow ?? []).map((text) => {
    const network = readNetwork(text)
    if (!network) throw new Error(`${text} is not a network`)
    return network
  })
  const guard: Guard = { allowed, http: settings.http ?? false, resolve }
  return {
    check: async (text) => {
      try {
        const url = readUrl(text, guard)
        if (isIP(hostOf(url)) === 0) await Promise.race([addressesOf(hostOf(url), guard), tooSlow(hostOf(url))])
      } catch (error) {
        throw failureOf(error)
      }
    },
    send: async (request) => {
      const clock = new AbortController()
      const timer = setTimeout(() => { clock.abort() }, request.timeoutMs ?? TIMEOUT_MS)
      try {
        return await follow(request, { ...guard, signal: clock.signal })
      } catch (error) {
        throw clock.signal.aborted ? new OutgoingError('timeout') : failureOf(error)
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
