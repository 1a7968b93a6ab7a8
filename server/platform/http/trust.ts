import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Networks that have a name. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** Whether an address is one of a list of addresses, networks and names of networks. */
export function trustOf(list: readonly string[]): (address: string) => boolean {
  const networks = new BlockList()
  for (const network of list.flatMap((one) => NAMED[one] ?? [one])) {
    const [address = '', size] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    networks.addSubnet(address, size === undefined ? (family === 'ipv6' ? 128 : 32) : Number(size), family)
  }
  return (address) => {
    const family = isIP(address)
    return family !== 0 && networks.check(address, family === 6 ? 'ipv6' : 'ipv4')
  }
}

/**
 * Whether a request certainly crossed the network in clear: a trusted proxy says so, or it came straight from elsewhere.
 * A trusted proxy that does not say how it was called is not second-guessed: a redirection would turn in circles.
 */
export function cameInClear(request: FastifyRequest, trusted: (address: string) => boolean): boolean {
  if (request.protocol === 'https') return false
  return request.headers['x-forwarded-proto'] !== undefined || !trusted(request.raw.socket.remoteAddress ?? '')
}
