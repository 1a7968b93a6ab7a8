import type { Entry, NewEntry } from '../../../contract/ledger.ts'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { isZero, minorOf, readAmount } from '../../lib/amounts.ts'

export type Side = 'debit' | 'credit'
/** A line as it is being typed. `party` is a code then a name: "F001 Bureau moderne". */
export type EntryDraftLine = { readonly key: number; readonly account: { readonly number: string; readonly label: string } | null; readonly party: string; readonly label: string; readonly debit: string; readonly credit: string }
export type EntryDraftForm = { readonly journal: string; readonly date: string; readonly pieceRef: string; readonly label: string; readonly lines: readonly EntryDraftLine[] }

export function blankLine(lines: readonly EntryDraftLine[]): EntryDraftLine {
  return { key: Math.max(0, ...lines.map(({ key }) => key)) + 1, account: null, party: '', label: '', debit: '', credit: '' }
}

export function emptyEntry(today: string, journal = 'OD'): EntryDraftForm {
  const first = blankLine([])
  return { journal, date: today, pieceRef: '', label: '', lines: [first, blankLine([first])] }
}

/** A stored draft, to be changed; amounts with the decimal sign of the person. */
export function formOf(entry: Entry, decimal: ',' | '.'): EntryDraftForm {
  const amount = (text: string) => (isZero(text) ? '' : text.replace('.', decimal))
  return {
    journal: entry.journal, date: entry.date, pieceRef: entry.pieceRef, label: entry.label,
    lines: entry.lines.map((line) => ({
      key: line.n, account: { number: line.account, label: line.accountLabel }, party: line.auxiliary ? `${line.auxiliary.code} ${line.auxiliary.name}` : '', label: line.label, debit: amount(line.debit), credit: amount(line.credit),
    })),
  }
}

export function isBlankLine(line: EntryDraftLine): boolean {
  return line.account === null && [line.party, line.label, line.debit, line.credit].every((text) => text.trim() === '')
}

/** Accounts of customers, suppliers, staff and partners are kept third party by third party. */
export function takesParty(account: string | undefined): boolean {
  return account !== undefined && /^4(0[1-8]|1[1-8]|21|55)/.test(account)
}

/** "F001 Bureau moderne" as a code and a name; a word alone is both. */
export function readParty(text: string): { code: string; name: string } | null {
  const [code, ...rest] = text.trim().split(/\s+/)
  return code ? { code, name: rest.join(' ') || code } : null
}

export type EntrySums = { readonly debit: string; readonly credit: string; /** What is missing, always positive; '0.00' when balanced. */ readonly gap: string; readonly missingOn: Side | null }

/** Sums of what can be read, exact, and the side that lacks something. */
export function sumsOfEntry(lines: readonly EntryDraftLine[], currency: string): EntrySums {
  const total = (side: Side) => lines.reduce((sum, line) => {
    const read = line[side].trim() === '' ? undefined : readAmount(line[side], currency)
    return read === undefined ? sum : sum + minorOf(read, currency)
  }, 0n)
  const debit = total('debit')
  const credit = total('credit')
  const gap = debit - credit
  const text = (minor: bigint) => formatAmount(minor, currencyOf(currency))
  return { debit: text(debit), credit: text(credit), gap: text(gap < 0n ? -gap : gap), missingOn: gap === 0n ? null : gap > 0n ? 'credit' : 'debit' }
}

export type LineFault = 'ACCOUNT_MISSING' | 'AMOUNT_MISSING' | 'AMOUNT_UNREADABLE' | 'AMOUNT_NEGATIVE' | 'BOTH_SIDES'
/** What keeps a line from being sent, by field. */
export function faultsOfLine(line: EntryDraftLine, currency: string): { account?: LineFault; debit?: LineFault; credit?: LineFault } {
  const amountFault = (side: Side): LineFault | undefined => {
    if (line[side].trim() === '') return undefined
    const read = readAmount(line[side], currency)
    return read === undefined ? 'AMOUNT_UNREADABLE' : read.startsWith('-') ? 'AMOUNT_NEGATIVE' : undefined
  }
  const both = line.debit.trim() !== '' && line.credit.trim() !== ''
  const none = line.debit.trim() === '' && line.credit.trim() === ''
  const found = { account: line.account ? undefined : 'ACCOUNT_MISSING' as const, debit: amountFault('debit') ?? (none ? 'AMOUNT_MISSING' as const : undefined), credit: amountFault('credit') ?? (both ? 'BOTH_SIDES' as const : undefined) }
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault))
}

/** The draft as the API takes it; undefined while something of it cannot be sent. A draft may be unbalanced. */
export function entryRequest(form: EntryDraftForm, currency: string): NewEntry | undefined {
  const lines = form.lines.filter((line) => !isBlankLine(line))
  if (!form.journal || !form.date || !form.pieceRef.trim() || !form.label.trim() || lines.length === 0) return undefined
  if (lines.some((line) => Object.keys(faultsOfLine(line, currency)).length > 0)) return undefined
  const amount = (text: string) => (text.trim() === '' ? undefined : readAmount(text, currency))
  return {
    journal: form.journal, date: form.date, pieceRef: form.pieceRef.trim(), label: form.label.trim(),
    lines: lines.map((line) => {
      const debit = amount(line.debit)
      const credit = amount(line.credit)
      return {
        account: line.account!.number, auxiliary: takesParty(line.account!.number) ? readParty(line.party) : null, ...(line.label.trim() ? { label: line.label.trim() } : {}),
        ...(debit === undefined ? {} : { debit }), ...(credit === undefined ? {} : { credit }),
      }
    }),
  }
}
