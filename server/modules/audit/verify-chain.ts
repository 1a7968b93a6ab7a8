import type { CHAIN_FAULTS } from '../../../contract/audit.ts'
import type { Text } from '../../../core/kernel/problem.ts'

export type ChainFault = (typeof CHAIN_FAULTS)[number]

/** A link as it is stored: its rank, the hash it says it follows, and its own. */
export type ChainLink = { readonly seq: bigint; readonly previous: Uint8Array; readonly hash: Uint8Array }

/** A chain to verify: where it starts, what it says its end is, its links page by page, and how a link is hashed. */
export type Chain<Link extends ChainLink> = {
  readonly start: Uint8Array
  readonly end: { readonly seq: bigint; readonly hash: Uint8Array } | undefined
  /** Links from the oldest to the newest, after a rank; an empty page is the end. Ranks beyond the recorded end are given too. */
  readonly page: (after: bigint) => Promise<readonly Link[]>
  /** The hash the link should have after `previous`, were its rank `seq`. */
  readonly hashOf: (link: Link, previous: Uint8Array, seq: bigint) => Uint8Array
}

/** What a verification found. `seq` is the rank of the first link at fault, `link` that link when it is there. */
export type ChainVerdict<Link> =
  | { readonly intact: true; readonly links: number }
  | { readonly intact: false; readonly links: number; readonly seq: bigint; readonly fault: ChainFault; readonly link: Link | undefined }

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** Reads links one by one, with a look at the next one. */
function reader<Link extends ChainLink>(page: Chain<Link>['page']): { next: () => Promise<Link | undefined>; peek: () => Promise<Link | undefined> } {
  let waiting: readonly Link[] = []
  let at = 0
  let after = 0n
  const peek = async () => {
    if (at === waiting.length) {
      waiting = await page(after)
      at = 0
      after = waiting.at(-1)?.seq ?? after
    }
    return waiting[at]
  }
  return { peek, next: async () => { const found = await peek(); at += 1; return found } }
}

/**
 * Reads a whole chain again and says where it first breaks and how. A link whose own hash is wrong was changed, unless
 * it is right for the rank beside it: then a link was taken out or put in before it and the ranks were made to fit. A
 * link that is right by itself but follows another hash than the one before it shows that the one before was rewritten.
 */
export async function verifyChain<Link extends ChainLink>(chain: Chain<Link>): Promise<ChainVerdict<Link>> {
  const { next, peek } = reader(chain.page)
  const fits = (link: Link, shift: bigint) => same(chain.hashOf(link, link.previous, link.seq + shift), link.hash)
  let last: Link | undefined
  let links = 0
  const broken = (seq: bigint, fault: ChainFault, link: Link | undefined): ChainVerdict<Link> => ({ intact: false, links, seq, fault, link })
  const endSeq = chain.end?.seq ?? 0n
  for (let link = await next(); link; link = await next()) {
    const seq = (last?.seq ?? 0n) + 1n
    const previous: Uint8Array = last?.hash ?? chain.start
    const follows = same(link.previous, previous)
    if (link.seq !== seq) return broken(seq, 'row-missing', undefined)
    if (link.seq > endSeq) return broken(seq, fits(link, 0n) && follows ? 'end-moved' : 'row-inserted', link)
    if (!fits(link, 0n)) {
      if (fits(link, 1n)) return broken(seq, 'row-missing', undefined)
      if (fits(link, -1n)) return broken(seq - 1n, 'row-inserted', last)
      const after = await peek()
      return broken(seq, after && !fits(after, 0n) && fits(after, -1n) ? 'row-inserted' : 'row-changed', link)
    }
    // The link before was read as right by itself: it was rewritten with a hash made to fit.
    if (!follows) return last ? broken(last.seq, 'row-changed', last) : broken(seq, 'row-changed', link)
    links += 1
    last = link
  }
  const lastSeq = last?.seq ?? 0n
  if (endSeq > lastSeq) return broken(lastSeq + 1n, 'row-missing', undefined)
  if (chain.end && !same(chain.end.hash, last?.hash ?? chain.start)) return broken(lastSeq, 'end-moved', last)
  return { intact: true, links }
}

/** Where a chain breaks and why, as a sentence. `what` names the link, such as "la ligne 3" and "row 3". */
export function faultSentence(fault: ChainFault, what: Text): Text {
  switch (fault) {
    case 'row-changed': return {
      fr: `La chaîne se rompt à ${what.fr} : son contenu ou son empreinte a été modifié depuis son écriture.`,
      en: `The chain breaks at ${what.en}: its content or its hash was changed after it was written.`,
    }
    case 'row-missing': return {
      fr: `La chaîne se rompt à ${what.fr}, qui manque : une suppression a eu lieu hors de Quittance.`,
      en: `The chain breaks at ${what.en}, which is missing: something was deleted outside of Quittance.`,
    }
    case 'row-inserted': return {
      fr: `La chaîne se rompt à ${what.fr}, que Quittance n'a pas écrite : un ajout a eu lieu hors du logiciel.`,
      en: `The chain breaks at ${what.en}, which Quittance did not write: something was added outside of it.`,
    }
    case 'end-moved': return {
      fr: `La chaîne se rompt à ${what.fr} : le repère de fin enregistré ne correspond plus à la dernière écriture faite.`,
      en: `The chain breaks at ${what.en}: the end that was recorded no longer fits what was written last.`,
    }
  }
}
