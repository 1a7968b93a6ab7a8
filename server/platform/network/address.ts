import { isIP } from 'node:net'

/** A number as long as its family: 32 or 128 bits. */
type Address = { readonly bits: 32 | 128; readonly value: bigint }
export type Network = Address & { readonly prefix: number }

function readV4(text: string): bigint {
  return text.split('.').reduce((value, part) => (value << 8n) | BigInt(Number(part)), 0n)
}

function readV6(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const last = dotted ? readV4(dotted[2]!) : 0n
  const plain = dotted ? `${dotted[1]}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}` : text
  const [head = '', tail] = plain.split('::')
  const groups = (side: string) => (side === '' ? [] : side.split(':'))
  const [before, after] = [groups(head), groups(tail ?? '')]
  const missing = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array.from({ length: missing }, () => '0'), ...after].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
}

/** An address as a number; undefined for what is not one. The zone of a link-local address is left out. */
function readAddress(text: string): Address | undefined {
  const bare = text.replace(/%.*$/, '')
  const kind = isIP(bare)
  if (kind === 0) return undefined
  return kind === 4 ? { bits: 32, value: readV4(bare) } : { bits: 128, value: readV6(bare) }
}

/** "10.0.0.0/8", "fd00::/8", or one address; undefined for what is neither. */
export function readNetwork(text: string): Network | undefined {
  const [name = '', size, more] = text.trim().split('/')
  const address = readAddress(name)
  if (!address || more !== undefined || (size !== undefined && !/^\d{1,3}$/.test(size))) return undefined
  const prefix = size === undefined ? address.bits : Number(size)
  return prefix > address.bits ? undefined : { ...address, prefix }
}

function holds(network: Network, address: Address): boolean {
  if (network.bits !== address.bits) return false
  const rest = BigInt(network.bits - network.prefix)
  return network.value >> rest === address.value >> rest
}

const networks = (...texts: string[]): Network[] => texts.map((text) => readNetwork(text)!)

// IANA's registries of special-purpose addresses (RFC 6890 and its updates): what is not globally reachable, and what clouds
// answer on for their own machines (168.63.129.16 is Azure's, outside of any private range).
const CLOSED_V4 = networks(
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4')
const [OPEN_V6] = networks('2000::/3') as [Network]
const CLOSED_V6 = networks('2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20')
/** These carry an IPv4 address in their last 32 bits, which is the one that is reached. */
const CARRIES_V4 = networks('::ffff:0:0/96', '64:ff9b::/96')

function isPublic(address: Address): boolean {
  if (address.bits === 32) return !CLOSED_V4.some((network) => holds(network, address))
  if (CARRIES_V4.some((network) => holds(network, address))) return isPublic({ bits: 32, value: address.value & 0xffff_ffffn })
  return holds(OPEN_V6, address) && !CLOSED_V6.some((network) => holds(network, address))
}

/** An IPv4 address written as IPv6 is the IPv4 address: an exception for one is an exception for the other. */
function plainOf(address: Address): Address {
  return holds(CARRIES_V4[0]!, address) ? { bits: 32, value: address.value & 0xffff_ffffn } : address
}

/** Whether the product may open a connection to an address: it is on the public network, or in a network the settings allow. */
export function mayReach(text: string, allowed: readonly Network[] = []): boolean {
  const address = readAddress(text)
  if (!address) return false
  return isPublic(address) || allowed.some((network) => holds(network, plainOf(address)))
}
