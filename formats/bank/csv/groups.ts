import { accountKey } from '../../../core/bank/account-name.ts'
import type { AccountName, StatedBalance, StatementLine, StatementRecord } from '../../../core/bank/statement.ts'
import type { Currency } from '../../../core/kernel/currency.ts'

/** Lines of the accounts that wait for the first one to end, up to this many; then every statement is closed and a new set begins. */
const WAITING_LINES_MAX = 200_000

export type BalanceOrder = 'ascending' | 'descending' | null

type Group = {
  readonly account: AccountName
  readonly currency: Currency
  readonly waiting: StatementLine[] | null
  count: number
  sum: bigint
  first: { day: StatementLine['bookedOn']; balance: bigint | null; minor: bigint } | null
  last: { day: StatementLine['bookedOn']; balance: bigint | null; minor: bigint } | null
}

/** Balances a file states outside its rows. They frame the lines only when no running balance does. */
export type StatedFrame = { opening: StatedBalance | null; closing: StatedBalance | null }

/** Spreads lines over one statement per account and currency; the first account's lines go out at once. */
export type Groups = {
  add(line: StatementLine, of: { account: AccountName; balance: bigint | null }, records: StatementRecord[]): void
  end(frame: StatedFrame, records: StatementRecord[]): void
}

/** Opening and closing from the running balance of the first and last booked rows. One row alone proves nothing: only its closing is told. */
function frameOf(group: Group, order: BalanceOrder): StatedFrame {
  const { first, last } = group
  if (order === null || !first || !last) return { opening: null, closing: null }
  const [oldest, newest] = order === 'ascending' ? [first, last] : [last, first]
  const closing = newest.balance === null ? null : { date: newest.day, minor: newest.balance }
  const opening = oldest.balance === null || group.count < 2 ? null : { date: oldest.day, minor: oldest.balance - oldest.minor }
  return { opening, closing }
}

export function createGroups(order: BalanceOrder): Groups {
  let groups = new Map<string, Group>()
  let waitingCount = 0
  let hasStatement = false
  const close = (group: Group, frame: StatedFrame | null, records: StatementRecord[]): void => {
    const own = frameOf(group, order)
    const { opening, closing } = own.closing || own.opening || !frame ? own : frame
    if (group.waiting) {
      records.push({ kind: 'open', account: group.account, currency: group.currency, opening })
      for (const line of group.waiting) records.push({ kind: 'line', line })
    }
    records.push({ kind: 'close', opening, closing, currency: group.currency })
  }
  const closeAll = (frame: StatedFrame | null, records: StatementRecord[]): void => {
    const only = groups.size === 1 ? frame : null
    for (const group of groups.values()) close(group, only, records)
    groups = new Map()
    waitingCount = 0
  }
  const groupOf = (account: AccountName, currency: Currency, records: StatementRecord[]): Group => {
    const key = `${accountKey(account) ?? ''} ${currency}`
    const known = groups.get(key)
    if (known) return known
    const made: Group = { account, currency, waiting: groups.size === 0 ? null : [], count: 0, sum: 0n, first: null, last: null }
    groups.set(key, made)
    if (made.waiting === null) records.push({ kind: 'open', account, currency, opening: null })
    hasStatement = true
    return made
  }
  return {
    add(line, { account, balance }, records) {
      if (waitingCount >= WAITING_LINES_MAX) closeAll(null, records)
      const group = groupOf(account, line.currency, records)
      if (line.status === 'booked') {
        const seen = { day: line.bookedOn, balance, minor: line.minor }
        group.first ??= seen
        group.last = seen
        group.count += 1
      }
      if (group.waiting) {
        group.waiting.push(line)
        waitingCount += 1
      } else records.push({ kind: 'line', line })
    },
    end(frame, records) {
      closeAll(frame, records)
      if (hasStatement) return
      records.push({ kind: 'open', account: { iban: null, id: null }, currency: null, opening: null })
      records.push({ kind: 'close', opening: null, closing: null, currency: null })
    },
  }
}
