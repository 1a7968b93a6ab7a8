import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string }
export type Behaviour = (response: ServerResponse, received: Received) => void

/** A receiver of webhooks that behaves as it is told, answer after answer; the last behaviour stays. */
export type Receiver = { readonly url: string; readonly received: Received[]; behave(...behaviours: Behaviour[]): void; close(): Promise<void> }

export const answers = (status: number, body = '', headers: Record<string, string> = {}): Behaviour => (response) => { response.writeHead(status, headers).end(body) }
export const hangsUp: Behaviour = (response) => { response.destroy() }
/** Never stops talking. */
export const floods: Behaviour = (response) => {
  const more = () => { while (!response.destroyed && response.write('x'.repeat(65_536))) { /* until the other side stops taking */ } }
  response.on('drain', more)
  more()
}

export async function startReceiver(): Promise<Receiver> {
  let behaviours: Behaviour[] = [answers(200, 'ok')]
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => { body += part }).on('end', () => {
      const one = { headers: request.headers, body, path: request.url ?? '' }
      received.push(one)
      const behaviour = behaviours.length > 1 ? behaviours.shift()! : behaviours[0]!
      behaviour(response, one)
    })
  })
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received,
    behave: (...next) => { behaviours = next },
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => { server.close(closed) })
    },
  }
}
