import type { DedupLine } from '../../../../core/bank/dedup.ts'
import { FILE_IDS } from '../../../../core/bank/dedup-evidence.ts'
import { daysOf, type DeliveredRow, type KnownRows, lineFingerprint, type LineVerdict, recogniseDelivery } from '../../../../core/bank/delivery.ts'
import type { BankLineId } from '../../../../core/kernel/id.ts'
import { addDays, localDate } from '../../../../core/kernel/local-date.ts'
import type { Text } from '../../../../core/kernel/problem.ts'
import type { TenantTx } from '../../../platform/db/types.ts'
import { holdsLines, type KnownLine, knownLines, linesPerDay } from '../landing/known-store.ts'
import { seeingRemoved } from '../landing/landing-store.ts'
import { hasPile, pileOf } from '../landing/suspicious-store.ts'
import type { Account, Incoming } from '../types.ts'

/**
 * A delivered line and what recognising decided. `known`: the stored line it repeats, resembles or books; `removed`: it repeats one
 * that someone took away; `pileId`: it waits on the pile already.
 */
export type Recognised = {
  readonly line: Incoming
  readonly action: LineVerdict['action']
  readonly because: Text
  readonly known: KnownLine | null
  readonly books: boolean
  readonly removed: boolean
  readonly pileId: string | null
}

/** A delivery recognised; `withdrawn` are announced lines the bank no longer announces. */
export type Recognition = { readonly lines: readonly Recognised[]; readonly withdrawn: readonly BankLineId[] }

/** Lines delivered to one account. `source` is null for files, else the service that delivers. */
export type Delivery = { readonly lines: readonly Incoming[]; readonly source: string | null; readonly listsPending?: boolean }

/** Stored lines this many days around a delivery are compared with its own: banks move a date by a few days, never by weeks. */
const MARGIN_DAYS = 15

/** A delivery without lines is compared with announced ones only. */
const NEVER = localDate('1900-01-01')

const DECIDED: Text = { fr: 'quelqu\'un a déjà décidé que cette ligne en répète une autre', en: 'someone decided that this line repeats another one' }

/** Decides line by line what of a delivery is new to an account; a delivery to an unknown account is compared with nothing. */
export async function recognise(tx: TenantTx, delivery: Delivery, account: Pick<Account, 'id'> | null): Promise<Recognition> {
  const stored = account === null ? null : await seeingRemoved(tx, () => storedLines(tx, delivery, account))
  const rows = delivery.lines.map((line) => deliveredRow(line, delivery.source))
  const verdict = recogniseDelivery(stored?.known ?? NOTHING, rows, { source: delivery.source ?? FILE_IDS, ...(delivery.listsPending === undefined ? {} : { listsPending: delivery.listsPending }) })
  const lines = delivery.lines.map((line, at): Recognised => {
    const { action, because, of, index, books } = verdict.lines[at]!
    return { line, action, because, books, known: of === null || index === null ? null : stored![of][index]!, removed: action === 'known' && of === 'removed', pileId: null }
  })
  const withdrawn = verdict.withdrawn.map((at) => stored!.pending[at]!.id)
  return { lines: account === null || stored === null ? lines : await remembered(tx, { lines, rows, account }), withdrawn }
}

const NOTHING: KnownRows = { booked: [], pending: [], removed: [] }

type Stored = { readonly booked: readonly KnownLine[]; readonly pending: readonly KnownLine[]; readonly removed: readonly KnownLine[]; readonly known: KnownRows }

/** What the account holds that a delivery could repeat; null when it holds nothing at all. */
async function storedLines(tx: TenantTx, { lines }: Delivery, account: Pick<Account, 'id'>): Promise<Stored | null> {
  if (!(await holdsLines(tx, account.id))) return null
  const days = daysOf(lines) ?? { from: NEVER, to: NEVER }
  const range = { from: addDays(days.from, -MARGIN_DAYS), to: addDays(days.to, MARGIN_DAYS) }
  const rows = await knownLines(tx, account.id, {
    ...range, amounts: [...new Set(lines.map((line) => line.minor))], ids: [...new Set(lines.flatMap((line) => [line.bankId, line.replaces ?? null].filter((id) => id !== null)))],
  })
  const [booked, pending, removed] = (['booked', 'pending', 'removed'] as const).map((status) => rows.filter((row) => row.status === status)) as [KnownLine[], KnownLine[], KnownLine[]]
  const known = { booked: booked.map(storedRow), pending: pending.map(storedRow), removed: removed.map(storedRow), perDay: await linesPerDay(tx, account.id, range) }
  return { booked, pending, removed, known }
}

/** What a person decided of the same line before is not asked again. */
async function remembered(tx: TenantTx, { lines, rows, account }: { readonly lines: readonly Recognised[]; readonly rows: readonly DeliveredRow[]; readonly account: Pick<Account, 'id'> }): Promise<Recognised[]> {
  if (!(await hasPile(tx, account.id))) return [...lines]
  const prints = new Map<number, string>()
  lines.forEach(({ action, books }, at) => { if (action !== 'known' && !books && rows[at]!.status === 'booked') prints.set(at, lineFingerprint(rows[at]!)) })
  if (prints.size === 0) return [...lines]
  const pile = Map.groupBy(await pileOf(tx, account.id, [...new Set(prints.values())]), (row) => row.fingerprint)
  return lines.map((line, at) => {
    const found = pile.get(prints.get(at) ?? '')?.shift()
    if (!found) return line
    return found.state === 'waiting' ? { ...line, action: 'suspicious', pileId: found.id } : { ...line, action: 'known', because: DECIDED, known: null }
  })
}

// Both sides are of one account: any text that is the same will do.
const ACCOUNT = 'account'

function storedRow(line: KnownLine): DedupLine {
  return {
    account: ACCOUNT, bookedOn: line.bookedOn, valueOn: line.valueOn, minor: line.amount, currency: line.currency, label: line.label, reference: line.reference, bankId: line.bankReference,
    ...(line.source === null ? {} : { idKind: line.source }), ...(line.aliases.length === 0 ? {} : { aliases: line.aliases }),
  }
}

/** A line as recognising compares it. */
export function deliveredRow(line: Incoming, source: string | null): DeliveredRow {
  return {
    account: ACCOUNT, bookedOn: line.bookedOn, valueOn: line.valueOn, minor: line.minor, currency: line.currency, label: line.label, reference: line.reference, bankId: line.bankId, status: line.status,
    ...(line.replaces ? { replaces: line.replaces } : {}), ...(source === null ? {} : { idKind: source }),
  }
}

/** How many lines are of each kind. `new` are booked lines to store, `updated` announced ones that come true, `pending` newly announced. */
export function countsOf(recognised: readonly Recognised[]): { new: number; known: number; suspicious: number; pending: number; updated: number } {
  const counts = { new: 0, known: 0, suspicious: 0, pending: 0, updated: 0 }
  for (const { action, books, line } of recognised) counts[action === 'new' ? (books ? 'updated' : line.status === 'pending' ? 'pending' : 'new') : action] += 1
  return counts
}
