import { describe, expect, test } from 'vitest'
import { mayReach, readNetwork } from './address.ts'

// Blocks and their first and last addresses: IANA IPv4 and IPv6 Special-Purpose Address Registries, RFC 1918, 3927, 4193, 5737, 6598, 6890, 9637.
const CLOSED: readonly (readonly [string, readonly string[]])[] = [
  ['this network, RFC 791', ['0.0.0.0', '0.255.255.255']],
  ['private use, RFC 1918', ['10.0.0.0', '10.255.255.255', '172.16.0.0', '172.31.255.255', '192.168.0.0', '192.168.255.255']],
  ['shared address space, RFC 6598, and the metadata of Alibaba', ['100.64.0.0', '100.127.255.255', '100.100.100.200']],
  ['loopback, RFC 1122', ['127.0.0.0', '127.0.0.1', '127.255.255.255']],
  ['link-local, RFC 3927, and the metadata of most clouds', ['169.254.0.0', '169.254.169.254', '169.254.255.255']],
  ['the host of an Azure machine', ['168.63.129.16']],
  ['protocol assignments, RFC 6890, and the metadata of Oracle', ['192.0.0.0', '192.0.0.192', '192.0.0.255']],
  ['documentation, RFC 5737', ['192.0.2.1', '198.51.100.1', '203.0.113.255']],
  ['6to4 relays, RFC 7526', ['192.88.99.1']],
  ['benchmarks, RFC 2544', ['198.18.0.0', '198.19.255.255']],
  ['multicast, RFC 5771', ['224.0.0.1', '239.255.255.255']],
  ['reserved and broadcast, RFC 1112 and 919', ['240.0.0.1', '255.255.255.255']],
  ['unspecified and loopback, RFC 4291', ['::', '::1']],
  ['mapped, RFC 4291', ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::FFFF:192.168.1.1']],
  ['compatible, RFC 4291, deprecated', ['::127.0.0.1', '::8.8.8.8']],
  ['translated, RFC 6052, of a private address', ['64:ff9b::10.0.0.1', '64:ff9b::7f00:1']],
  ['local-use translation, RFC 8215', ['64:ff9b:1::1']],
  ['discard, RFC 6666', ['100::1']],
  ['Teredo, ORCHID and benchmarks, RFC 4380, 7343 and 5180', ['2001::1', '2001:2::1', '2001:20::1']],
  ['documentation, RFC 3849 and 9637', ['2001:db8::1', '3fff::1', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff']],
  ['6to4, RFC 3056', ['2002:7f00:1::1', '2002:c0a8:101::']],
  ['segment routing, RFC 9602', ['5f00::1']],
  ['unique local, RFC 4193, and the metadata of AWS', ['fc00::1', 'fdff::1', 'fd00:ec2::254']],
  ['link-local, RFC 4291, with and without a zone', ['fe80::1', 'fe80::1%eth0', 'febf::1']],
  ['site-local, RFC 3879, deprecated', ['fec0::1']],
  ['multicast, RFC 4291', ['ff02::1', 'ff0e::1']],
  ['what is not an address', ['', 'localhost', '1.2.3', '256.1.1.1', '1.2.3.4.5', 'g::1', '0x7f.1']],
]

const OPEN = [
  '1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.0', '168.63.129.15', '169.253.255.255', '169.255.0.0',
  '172.15.255.255', '172.32.0.0', '192.0.1.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255',
  '2000::1', '2001:200::1', '2606:4700:4700::1111', '2a00:1450:4007:80e::200e', '3ffe::1', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8',
]

describe('closed to outgoing requests', () => {
  test.each(CLOSED)('%s', (_block, addresses) => {
    expect(addresses.filter((address) => mayReach(address))).toEqual([])
  })
})

test.each(OPEN)('%s is on the public network', (address) => {
  expect(mayReach(address)).toBe(true)
})

test('the settings open a network, and nothing beside it', () => {
  const allowed = ['127.0.0.1/32', '10.1.0.0/16', 'fd00:1::/32'].map((text) => readNetwork(text)!)
  expect(['127.0.0.1', '::ffff:127.0.0.1', '10.1.0.0', '10.1.255.255', 'fd00:1::5'].filter((address) => !mayReach(address, allowed))).toEqual([])
  expect(['127.0.0.2', '::1', '10.0.255.255', '10.2.0.0', 'fd00:2::5', '169.254.169.254'].filter((address) => mayReach(address, allowed))).toEqual([])
})

test.each(['10.0.0.0/33', '10.0.0/8', 'fd00::/129', '10.0.0.0/-1', '10.0.0.0/8/8', 'localhost', ''])('%s is not a network', (text) => {
  expect(readNetwork(text)).toBeUndefined()
})
