import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSocketServer, type AddressInfo, type Server as SocketServer, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { OutgoingError } from './outgoing-error.ts'
import { createOutgoing, type Resolve } from './outgoing.ts'

const LOCAL = { allow: ['127.0.0.0/29'], http: true }
const opened: (Server | SocketServer)[] = []
const sockets = new Set<Socket>()
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  for (const server of opened.splice(0)) await new Promise((closed) => { server.close(closed) })
})

async function listen(server: Server | SocketServer, host = '127.0.0.1', port = 0): Promise<number> {
  opened.push(server)
  server.on('connection', (socket: Socket) => { sockets.add(socket) })
  await new Promise<void>((ready) => { server.listen(port, host, ready) })
  return (server.address() as AddressInfo).port
}
const serve = async (answer: RequestListener, host?: string, port?: number) => await listen(createServer(answer), host, port)

async function failure(sending: Promise<unknown>): Promise<string> {
  const error: unknown = await sending.then(() => 'no failure', (thrown: unknown) => thrown)
  return error instanceof OutgoingError ? error.failure : String(error)
}
const get = (url: string, more: object = {}) => ({ url, method: 'GET' as const, ...more })
const fixed = (...addresses: string[]): Resolve => async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

describe('refuses before a connection is opened', () => {
  const strict = createOutgoing()
  test.each([
    ['plain http', 'http://example.org/', 'scheme'], ['another scheme', 'ftp://example.org/', 'scheme'], ['a file', 'file:///etc/passwd', 'form'], ['what is not an address', 'example', 'form'],
    ['a user name', 'https://user@example.org/', 'form'], ['a password', 'https://:pass@example.org/', 'form'], ['an endless address', `https://example.org/${'a'.repeat(2000)}`, 'form'],
    ['loopback', 'https://127.0.0.1/', 'private'], ['loopback in hexadecimal', 'https://0x7f000001/', 'private'], ['loopback in decimal', 'https://2130706433/', 'private'],
    ['loopback in octal', 'https://0177.0.0.1/', 'private'], ['a short form', 'https://127.1/', 'private'], ['zero', 'https://0/', 'private'], ['digits of another script', 'https://①②⑦.0.0.1/', 'private'],
    ['IPv6 loopback', 'https://[::1]/', 'private'], ['a mapped address', 'https://[::ffff:127.0.0.1]/', 'private'], ['metadata', 'https://169.254.169.254/latest/meta-data/', 'private'], ['a trailing dot', 'https://127.0.0.1./', 'private'],
  ])('%s', async (_what, url, why) => {
    expect(await failure(strict.send(get(url)))).toBe(why)
    expect(await failure(strict.check(url))).toBe(why)
  })

  test('a name that leads to a private address, alone or among public ones', async () => {
    for (const addresses of [['10.0.0.1'], ['93.184.216.34', '127.0.0.1'], ['2606:4700::1', 'fd00::1'], ['::ffff:10.0.0.1']]) {
      expect(await failure(createOutgoing({}, fixed(...addresses)).send(get('https://inside.example/')))).toBe('private')
      expect(await failure(createOutgoing({}, fixed(...addresses)).check('https://inside.example/'))).toBe('private')
    }
  })

  test('a name of this machine', async () => {
    expect(await failure(strict.check('https://localhost/'))).toBe('private')
  })

  test('a name that leads nowhere', async () => {
    expect(await failure(createOutgoing({}, fixed()).send(get('https://nowhere.example/')))).toBe('dns')
    expect(await failure(strict.send(get('https://does-not-exist.invalid/')))).toBe('dns')
  })
})

describe('a connection goes to the address that was checked', () => {
  test('a name that changes its address between two looks is looked up once', async () => {
    const port = await serve((_request, response) => { response.end('the checked one') }, '127.0.0.1')
    await serve((_request, response) => { response.end('the other one') }, '127.0.0.2', port)
    let looks = 0
    const rebinding: Resolve = async () => [{ address: looks++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    const answer = await createOutgoing({ allow: ['127.0.0.1/32'], http: true }, rebinding).send(get(`http://rebind.example:${port}/`))
    expect([answer.body.toString(), looks]).toEqual(['the checked one', 1])
    expect(await failure(createOutgoing({ allow: ['127.0.0.1/32'], http: true }, async () => [{ address: '127.0.0.2', family: 4 }]).send(get(`http://rebind.example:${port}/`)))).toBe('private')
  })

  test('the server is told the name, not the address', async () => {
    const port = await serve((request, response) => { response.end(request.headers.host) })
    expect((await createOutgoing(LOCAL, fixed('127.0.0.1')).send(get(`http://name.example:${port}/`))).body.toString()).toBe(`name.example:${port}`)
  })
})

describe('redirects', () => {
  test('are an answer like another unless they are asked for', async () => {
    const port = await serve((_request, response) => { response.writeHead(302, { location: 'http://169.254.169.254/' }).end() })
    expect((await createOutgoing(LOCAL).send(get(`http://127.0.0.1:${port}/`))).status).toBe(302)
  })

  test('are checked again when they are followed', async () => {
    const port = await serve((request, response) => { response.writeHead(302, { location: request.url === '/a' ? '/b' : 'http://169.254.169.254/' }).end() })
    expect(await failure(createOutgoing(LOCAL).send(get(`http://127.0.0.1:${port}/a`, { redirectsMax: 3 })))).toBe('private')
  })

  test('stop at the number allowed, and carry no credentials to another host', async () => {
    const seen: (string | undefined)[] = []
    const other = await serve((request, response) => { seen.push(request.headers.authorization); response.end('there') })
    const port = await serve((request, response) => { response.writeHead(307, { location: request.url === '/away' ? `http://127.0.0.1:${other}/` : '/loop' }).end() })
    const outgoing = createOutgoing(LOCAL)
    expect((await outgoing.send(get(`http://127.0.0.1:${port}/loop`, { redirectsMax: 2 }))).status).toBe(307)
    expect((await outgoing.send(get(`http://127.0.0.1:${port}/away`, { redirectsMax: 2, headers: { authorization: 'Bearer x' } }))).body.toString()).toBe('there')
    expect(seen).toEqual([undefined])
  })
})

describe('limits', () => {
  test('a body longer than allowed is cut and the server is hung up on', async () => {
    let written = 0
    const port = await serve((_request, response) => {
      const more = () => { while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536 }
      response.on('drain', more)
      more()
    })
    const answer = await createOutgoing(LOCAL).send(get(`http://127.0.0.1:${port}/`, { bytesMax: 1000 }))
    expect([answer.body.length, answer.isWhole]).toEqual([1000, false])
    expect(written).toBeLessThan(64_000_000)
  })

  test.each<readonly [string, RequestListener]>([
    ['never answers', () => undefined],
    ['sends its answer drop by drop', (_request, response) => { const timer = setInterval(() => { response.write('.') }, 20); response.on('close', () => { clearInterval(timer) }) }],
  ])('a server that %s is given up', async (_what, answer) => {
    const port = await serve(answer)
    expect(await failure(createOutgoing(LOCAL).send(get(`http://127.0.0.1:${port}/`, { timeoutMs: 200 })))).toBe('timeout')
  })

  test('headers without end are refused', async () => {
    const port = await listen(createSocketServer((socket) => { socket.on('error', () => undefined); socket.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(40_000)}`) }))
    expect(await failure(createOutgoing(LOCAL).send(get(`http://127.0.0.1:${port}/`)))).toBe('malformed')
  })
})

describe('what goes wrong is named', () => {
  test('a server that closes, one that is not HTTP, one that is not there', async () => {
    const outgoing = createOutgoing(LOCAL)
    const closing = await listen(createSocketServer((socket) => { socket.destroy() }))
    expect(await failure(outgoing.send(get(`http://127.0.0.1:${closing}/`)))).toBe('closed')
    const strange = await listen(createSocketServer((socket) => { socket.on('error', () => undefined); socket.end('220 smtp.example.org\r\n') }))
    expect(await failure(outgoing.send(get(`http://127.0.0.1:${strange}/`)))).toBe('malformed')
    expect(await failure(outgoing.send(get(`https://127.0.0.1:${strange}/`)))).toBe('tls')
    const port = await serve(() => undefined)
    await new Promise((closed) => { opened.pop()?.close(closed) })
    expect(await failure(outgoing.send(get(`http://127.0.0.1:${port}/`)))).toBe('unreachable')
  })

  test('a header that would start another one is refused', async () => {
    expect(await failure(createOutgoing(LOCAL).send(get('http://127.0.0.1:1/', { headers: { x: 'a\r\nhost: b' } })))).toBe('malformed')
  })

  test('a setting that is not a network stops the start', () => {
    expect(() => createOutgoing({ allow: ['10.0.0.0/40'] })).toThrow('10.0.0.0/40')
  })
})

test('a body and its headers arrive as they were given', async () => {
  const seen: unknown[] = []
  const port = await serve((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => { seen.push([request.method, request.url, request.headers['x-kind'], text]); response.writeHead(201, { 'x-answer': 'yes' }).end('été') })
  })
  const answer = await createOutgoing(LOCAL).send({ url: `http://127.0.0.1:${port}/a?b=c#d`, method: 'POST', headers: { 'x-kind': 'test' }, body: '{"é":1}' })
  expect([seen, answer.status, answer.headers['x-answer'], answer.body.toString(), answer.isWhole]).toEqual([[['POST', '/a?b=c', 'test', '{"é":1}']], 201, 'yes', 'été', true])
})
