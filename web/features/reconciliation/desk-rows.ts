import type { Proposal, Suggestion } from '../../../contract/reconciliation.ts'

function isSame(a: Proposal, b: Proposal): boolean {
  const ids = (proposal: Proposal) => proposal.allocations.map(({ invoiceId, amount }) => `${invoiceId} ${amount.amount}`).sort().join()
  return ids(a) === ids(b)
}

/** The server no longer proposes what was just undone, which may have been undone by mistake: it stays on offer, last. */
function withUndone(listed: Suggestion, undone: Suggestion): Suggestion {
  return { ...listed, proposals: [...listed.proposals, ...undone.proposals.filter((old) => !listed.proposals.some((one) => isSame(one, old)))] }
}

export type DeskLines = {
  readonly listed: readonly Suggestion[]
  /** The line of the address, when the list does not hold it. */
  readonly wanted: readonly Suggestion[]
  /** Lines accepted here, which the list may still hold for a moment. */
  readonly accepted: ReadonlySet<string>
  /** Lines taken back here, as they were before they were accepted. */
  readonly undone: ReadonlyMap<string, Suggestion>
}

/** The lines of the desk, latest first as the server lists them. */
export function deskRows({ listed, wanted, accepted, undone }: DeskLines): Suggestion[] {
  const byId = new Map([...undone.values(), ...wanted, ...listed].map((one) => [one.line.id, one]))
  return [...byId.values()]
    .filter(({ line }) => !accepted.has(line.id))
    .map((one) => { const old = undone.get(one.line.id); return old && old !== one ? withUndone(one, old) : one })
    .sort((a, b) => compare(b.line.bookedOn, a.line.bookedOn) || compare(b.line.id, a.line.id))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Where to go once a line is done: the next one, else the one before. */
export function neighbourOf(rows: readonly Suggestion[], lineId: string): string | undefined {
  const place = rows.findIndex(({ line }) => line.id === lineId)
  return (rows[place + 1] ?? rows[place - 1])?.line.id
}
