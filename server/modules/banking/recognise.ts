import { decide, type DedupDecision, type DedupLine } from '../../../core/bank/dedup.ts'
import { addDays, earlier, later } from '../../../core/kernel/local-date.ts'
import type { TenantTx } from '../../platform/db/types.ts'
import { linesBetween } from './line-store.ts'
import type { FileGroup, FileLine } from './read-file.ts'
import type { Account, Line } from './types.ts'

/** A line of a file and what recognising decided. */
export type Recognised = { readonly line: FileLine; readonly decision: DedupDecision }

/** Stored lines this many days around a file are compared with its own: banks move a date by a few days, never by weeks. */
const MARGIN_DAYS = 15

/** Decides line by line what of a file is new to an account; a file of an unknown account is compared with nothing. */
export async function recognise(tx: TenantTx, group: FileGroup, account: Account | null): Promise<Recognised[]> {
  const known = account === null ? [] : await knownLines(tx, group, account)
  const decisions = decide(known, group.lines.map(deliveredLine))
  return group.lines.map((line, index) => ({ line, decision: decisions[index]! }))
}

async function knownLines(tx: TenantTx, group: FileGroup, account: Account): Promise<DedupLine[]> {
  const first = group.lines[0]
  if (!first) return []
  const from = group.lines.reduce((day, line) => earlier(day, line.bookedOn), first.bookedOn)
  const to = group.lines.reduce((day, line) => later(day, line.bookedOn), first.bookedOn)
  return (await linesBetween(tx, account.id, { from: addDays(from, -MARGIN_DAYS), to: addDays(to, MARGIN_DAYS) })).map(storedLine)
}

// Both sides are of one account: any text that is the same will do.
const ACCOUNT = 'account'

function storedLine(line: Line): DedupLine {
  return { account: ACCOUNT, bookedOn: line.bookedOn, valueOn: line.valueOn, minor: line.amount, currency: line.currency, label: line.label, reference: line.reference, bankId: line.bankReference }
}

function deliveredLine(line: FileLine): DedupLine {
  return { account: ACCOUNT, bookedOn: line.bookedOn, valueOn: line.valueOn, minor: line.minor, currency: line.currency, label: line.label, reference: line.reference, bankId: line.bankId }
}

/** How many lines are of each kind. */
export function countsOf(recognised: readonly Recognised[]): { new: number; known: number; suspicious: number } {
  const counts = { new: 0, known: 0, suspicious: 0 }
  for (const { decision } of recognised) counts[decision.action] += 1
  return counts
}
