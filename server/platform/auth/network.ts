import { isIPv6 } from 'node:net'

/** The eight groups of an IPv6 address, `::` filled in. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  return tail === undefined ? before : [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after]
}

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

function prefixOf(address: string, groups: number): string {
  return groupsOf(address).slice(0, groups).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}

/**
 * Who one wrong try is counted for: an IPv4 address, or the /64 of an IPv6 one, since a line at home holds all the
 * addresses of a /64.
 */
export function counted(address: string): string {
  const plain = MAPPED.exec(address)?.[1] ?? address
  return isIPv6(plain) ? `${prefixOf(plain, 4)}::/64` : plain
}

/** The neighbourhood of an address: its /24 in IPv4, its /48 in IPv6. */
export function networkOf(address: string): string {
  const plain = MAPPED.exec(address)?.[1] ?? address
  return isIPv6(plain) ? `${prefixOf(plain, 3)}::/48` : plain.split('.').slice(0, 3).join('.')
}
