import { type LocalDate, yearOf } from '../kernel/local-date.ts'
import { ACCOUNT, classOf } from './accounts.ts'
import { type Auxiliary, creditLine, debitLine, type EntryDraft, type LineDraft } from './entry.ts'

/** The closing balance of an account, or of one third party within it, in cents (debit minus credit). */
export type ClosingBalance = { readonly account: string; readonly auxiliary: Auxiliary | null; readonly balance: bigint }

/** `provisional` is true while the closed year may still change: the entry is then reversed and replaced later. */
export type OpeningOptions = { readonly date: LocalDate; readonly provisional: boolean }

function merge(balances: readonly ClosingBalance[]): ClosingBalance[] {
  const merged = new Map<string, ClosingBalance>()
  for (const item of balances) {
    const key = `${item.account}\t${item.auxiliary?.code ?? ''}`
    const held = merged.get(key)
    merged.set(key, held ? { ...held, balance: held.balance + item.balance } : item)
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item)
}

/**
 * The opening entry of a year: the balances of classes 1 to 5 of the year before, third party by third party, plus the result
 * of classes 6 and 7 on 120000 (profit) or 129000 (loss). Lines follow account numbers; accounts at zero are left out; classes
 * 8 and 9 are never carried. The entry balances whenever the balances do. It has no line when nothing is to be carried: there
 * is then no entry to post. Source: PCG art. 1031-4 and accounts 120/129; LPF art. A.47 A-1 (first numbers of the file).
 */
export function openingEntry(balances: readonly ClosingBalance[], options: OpeningOptions): EntryDraft {
  const year = yearOf(options.date)
  const label = options.provisional ? `À nouveaux provisoires ${year}` : `À nouveaux ${year}`
  const result = balances.reduce((total, item) => (/^[67]/.test(item.account) ? total + item.balance : total), 0n)
  const carried = merge([
    ...balances.filter((item) => '12345'.includes(classOf(item.account))),
    { account: result > 0n ? ACCOUNT.lossOfYear : ACCOUNT.profitOfYear, auxiliary: null, balance: result },
  ])
  const lines: LineDraft[] = carried.filter((item) => item.balance !== 0n).map((item) => {
    const rest = { auxiliary: item.auxiliary, label }
    return item.balance > 0n ? debitLine(item.account, item.balance, rest) : creditLine(item.account, -item.balance, rest)
  })
  return { journal: 'AN', date: options.date, pieceRef: `AN${year}`, pieceDate: options.date, label, lines }
}
