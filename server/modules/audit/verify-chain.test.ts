import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { faultSentence, verifyChain, type ChainLink, type ChainVerdict } from './verify-chain.ts'

type Link = ChainLink & { readonly text: string }

const START = Buffer.alloc(32)
const hashOf = ({ text }: Pick<Link, 'text'>, previous: Uint8Array, seq: bigint) => createHash('sha256').update(previous).update(`${seq} ${text}`).digest()

function chainOf(count: number): Link[] {
  const links: Link[] = []
  for (let n = 1; n <= count; n += 1) {
    const previous = links.at(-1)?.hash ?? START
    links.push({ seq: BigInt(n), text: `line ${n}`, previous, hash: hashOf({ text: `line ${n}` }, previous, BigInt(n)) })
  }
  return links
}

const endOf = (links: readonly Link[]) => ({ seq: links.at(-1)?.seq ?? 0n, hash: links.at(-1)?.hash ?? START })

/** Read two at a time, so that a break may stand on either side of a page. */
async function verify(links: readonly Link[], end: { seq: bigint; hash: Uint8Array } | undefined): Promise<ChainVerdict<Link>> {
  return await verifyChain<Link>({ start: START, end, hashOf, page: async (after) => links.filter((link) => link.seq > after).slice(0, 2) })
}

/** What a verification says, without the link itself. */
async function told(links: readonly Link[], end: { seq: bigint; hash: Uint8Array } | undefined): Promise<unknown> {
  const verdict = await verify(links, end)
  return verdict.intact ? 'intact' : [Number(verdict.seq), verdict.fault]
}

const renumbered = (links: readonly Link[]) => links.map((link, index) => ({ ...link, seq: BigInt(index + 1) }))
const at = <T>(items: readonly T[], index: number): T => items[index] as T

describe('a chain of hashes', () => {
  test.each([0, 1, 2, 3, 7])('of %i links is intact when nobody touched it', async (count) => {
    const links = chainOf(count)
    expect(await verify(links, endOf(links))).toEqual({ intact: true, links: count })
  })

  test.each([1, 2, 3, 4, 5, 6, 7])('shows that link %i of 7 was changed', async (n) => {
    const links = chainOf(7)
    const changed = links.map((link) => (link.seq === BigInt(n) ? { ...link, text: 'other' } : link))
    expect(await told(changed, endOf(links))).toEqual([n, 'row-changed'])
  })

  test.each([1, 2, 3, 4, 5, 6])('shows that link %i of 7 was changed and given a hash that fits', async (n) => {
    const links = chainOf(7)
    const changed = links.map((link) => (link.seq === BigInt(n) ? { ...link, text: 'other', hash: hashOf({ text: 'other' }, link.previous, link.seq) } : link))
    expect(await told(changed, endOf(links))).toEqual([n, 'row-changed'])
  })

  test.each([1, 2, 3, 4, 5, 6, 7])('shows that link %i of 7 is missing, also when the ranks after it were closed up', async (n) => {
    const links = chainOf(7)
    const without = links.filter((link) => link.seq !== BigInt(n))
    expect(await told(without, endOf(links))).toEqual([n, 'row-missing'])
    const closed = renumbered(without)
    expect(await told(closed, { ...endOf(links), seq: 6n })).toEqual(n === 7 ? [6, 'end-moved'] : [n, 'row-missing'])
  })

  test.each([1, 2, 3, 4, 5, 6, 7])('shows that a link was put in at rank %i, whatever hash it was given', async (n) => {
    const links = chainOf(7)
    const previous = n === 1 ? START : at(links, n - 2).hash
    const forged = { seq: BigInt(n), text: 'forged', previous }
    for (const hash of [hashOf(forged, previous, forged.seq), Buffer.alloc(32, 7)]) {
      const longer = renumbered([...links.slice(0, n - 1), { ...forged, hash }, ...links.slice(n - 1)])
      expect(await told(longer, { ...endOf(links), seq: 8n })).toEqual([n, 'row-inserted'])
    }
  })

  test('shows a link added after the end', async () => {
    const links = chainOf(3)
    const forged = { seq: 4n, text: 'forged', previous: START, hash: Buffer.alloc(32, 7) }
    expect(await told([...links, forged], endOf(links))).toEqual([4, 'row-inserted'])
  })

  test('shows that the recorded end was moved back, changed or removed, and that links are missing when it was moved on', async () => {
    const links = chainOf(5)
    expect(await told(links, endOf(links.slice(0, 3)))).toEqual([4, 'end-moved'])
    expect(await told(links, { seq: 5n, hash: Buffer.alloc(32, 1) })).toEqual([5, 'end-moved'])
    expect(await told(links, undefined)).toEqual([1, 'end-moved'])
    expect(await told(links, { ...endOf(links), seq: 9n })).toEqual([6, 'row-missing'])
    expect(await told([], { seq: 0n, hash: Buffer.alloc(32, 1) })).toEqual([0, 'end-moved'])
  })

  test('counts the links that stand before the break', async () => {
    const links = chainOf(5)
    expect(await verify(links.map((link) => (link.seq === 4n ? { ...link, text: 'other' } : link)), endOf(links))).toMatchObject({ links: 3, link: { seq: 4n } })
  })

  test('tells its fault in both languages', () => {
    const what = { fr: 'la ligne 3', en: 'row 3' }
    for (const fault of ['row-changed', 'row-missing', 'row-inserted', 'end-moved'] as const) {
      expect(faultSentence(fault, what).fr).toContain('la ligne 3')
      expect(faultSentence(fault, what).en).toContain('row 3')
    }
  })
})
