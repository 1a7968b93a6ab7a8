import type { StatementLine } from '../../../core/bank/statement.ts'
import { type Currency, parseCurrency } from '../../../core/kernel/currency.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import type { LocalDate } from '../../../core/kernel/local-date.ts'
import { type Problem, problem, warning } from '../../../core/kernel/problem.ts'
import { labelOf } from './label.ts'
import { at, child, children, descendants, type Element, textAt, textOf } from './tree.ts'
import { accountOf, dayOf, directionOf, meaningful, partyName, signedAmount } from './values.ts'

function referenceOf(details: Element | undefined): string | null {
  const endToEnd = meaningful(textAt(details, 'Refs', 'EndToEndId'))
  if (endToEnd !== null) return endToEnd
  const information = child(details, 'RmtInf')
  if (!child(information, 'Strd')) return null
  for (const block of children(information, 'Strd')) {
    const structured = textAt(block, 'CdtrRefInf', 'Ref') ?? textAt(block, 'CdtrRefInf', 'CdtrRef')
    if (structured !== null) return meaningful(structured)
  }
  return null
}

const NOBODY: StatementLine['counterparty'] = { name: null, iban: null }

/** The other party of a movement. A reversal undoes a movement of the other direction: its parties are those of the original. */
function counterpartyOf(details: Element | undefined, minor: bigint, isReversal: boolean): StatementLine['counterparty'] {
  const parties = child(details, 'RltdPties')
  if (!parties) return NOBODY
  const side = (minor >= 0n) !== isReversal ? 'Dbtr' : 'Cdtr'
  const account = accountOf(child(parties, `${side}Acct`))
  return { name: partyName(child(parties, side)) ?? partyName(child(parties, `Ultmt${side}`)), iban: account.iban }
}

/** Words for a movement whose entry has none: its bank transaction code. */
function codeWords(entry: Element): string {
  const code = child(entry, 'BkTxCd')
  const domain = [textAt(code, 'Domn', 'Cd'), textAt(code, 'Domn', 'Fmly', 'Cd'), textAt(code, 'Domn', 'Fmly', 'SubFmlyCd')].filter((part) => part !== null)
  return textAt(code, 'Prtry', 'Cd') ?? domain.join(' ')
}

type Part = { readonly details: Element | undefined; readonly minor: bigint }

/** Amount of one transaction of a batch, in the currency of its entry; undefined when it does not say. */
function detailAmount(details: Element, currency: Currency, entryDirection: bigint): bigint | undefined {
  const amount = child(details, 'Amt') ?? at(details, 'AmtDtls', 'TxAmt', 'Amt')
  if (!amount || parseCurrency(amount.attributes['Ccy'] ?? '') !== currency) return undefined
  const parsed = parseAmount(amount.text.trim(), currency)
  return parsed.ok ? parsed.value * (directionOf(details) ?? entryDirection) : undefined
}

/** Every transaction of an entry: under `NtryDtls`, or directly below it as in version 1. */
function transactionsOf(entry: Element): Element[] {
  const found: Element[] = []
  for (const part of entry.children) {
    if (part.name === 'TxDtls') found.push(part)
    else if (part.name === 'NtryDtls') for (const inner of part.children) if (inner.name === 'TxDtls') found.push(inner)
  }
  return found
}

/** A batch becomes one line per transaction when their amounts make up the entry; otherwise the entry stays whole. */
function split(entry: Element, minor: bigint, currency: Currency): Part[] {
  const transactions = transactionsOf(entry)
  if (transactions.length <= 1) return [{ details: transactions[0], minor }]
  const direction = minor < 0n ? -1n : 1n
  const amounts = transactions.map((details) => detailAmount(details, currency, direction))
  const isWhole = amounts.every((amount) => amount !== undefined) && amounts.reduce((a, b) => a! + b!, 0n) === minor
  return isWhole ? transactions.map((details, index) => ({ details, minor: amounts[index]! })) : [{ details: mergeable(transactions), minor }]
}

/** Several transactions kept as one line: their texts are joined; their parties only if there is a single one. */
function mergeable(transactions: readonly Element[]): Element | undefined {
  const [first, ...others] = transactions
  if (!first || others.length === 0) return first
  const remittances = transactions.flatMap((details) => children(details, 'RmtInf').flatMap((information) => information.children))
  const additional = transactions.flatMap((details) => children(details, 'AddtlTxInf'))
  const same = (name: string): Element[] => {
    const one = child(first, name)
    const text = (element: Element | undefined): string => JSON.stringify(element, (key, value: unknown) => (key === 'line' ? undefined : value)) ?? ''
    return one && others.every((other) => text(child(other, name)) === text(one)) ? [one] : []
  }
  return { ...first, children: [...same('Refs'), ...same('RltdPties'), { name: 'RmtInf', text: '', attributes: {}, line: first.line, children: remittances }, ...additional] }
}

/** The bank's own identifiers: that of the entry for a single movement, that of each transaction (when they differ) for a batch. */
function bankIds(entry: Element, parts: readonly Part[]): (string | null)[] {
  const own = meaningful(textOf(child(entry, 'AcctSvcrRef')))
  if (parts.length === 1) return [own ?? meaningful(textAt(parts[0]!.details, 'Refs', 'AcctSvcrRef'))]
  const each = parts.map(({ details }) => meaningful(textAt(details, 'Refs', 'AcctSvcrRef')))
  if (each.every((id) => id !== null) && new Set(each).size === parts.length) return each
  return parts.map((_, index) => (own === null ? null : `${own}/${index + 1}`))
}

/** Status of an entry: the word itself, or under `Cd` since version 8. INFO entries move no money. */
function statusOf(entry: Element): string {
  const status = child(entry, 'Sts')
  return textOf(child(status, 'Cd')) ?? textOf(status) ?? 'BOOK'
}

/** What an entry may lack and its statement knows. */
export type EntryContext = { readonly currency: Currency | null; readonly madeOn: LocalDate | undefined }

const RELATED_DAYS = ['IntrBkSttlmDt', 'AccptncDtTm', 'TxDtTm'] as const

/** The booking day; an entry without one (a notification may leave it out) takes its value day, its transaction's, then its message's. */
function bookingDay(entry: Element, context: EntryContext): { day: LocalDate; isStated: boolean } | undefined {
  const booked = child(entry, 'BookgDt')
  const stated = dayOf(booked)
  // A booking date that is not a day is not replaced by another one: the bank meant something that cannot be read.
  if (booked && !stated) return undefined
  const day = stated ?? dayOf(child(entry, 'ValDt'))
  if (day) return { day, isStated: true }
  const related = descendants(entry, 'RltdDts').flatMap((dates) => RELATED_DAYS.map((name) => dayOf(child(dates, name)))).find((found) => found !== undefined)
  const assumed = related ?? context.madeOn
  return assumed ? { day: assumed, isStated: false } : undefined
}

function withoutDate(entry: Element, assumed: LocalDate | undefined): Problem {
  const where = { line: entry.line, field: 'BookgDt' }
  return assumed
    ? warning('DATE_ASSUMED', {
      fr: `Cette écriture n'a ni date de comptabilisation ni date de valeur : la date du message (${assumed}) est retenue. Vérifiez-la.`,
      en: `This entry has no booking or value date: the date of the message (${assumed}) is used. Check it.`,
    }, where)
    : problem('DATE_UNREADABLE', {
      fr: 'Cette écriture n\'a ni date de comptabilisation ni date de valeur lisible : elle n\'est pas reprise. Demandez le fichier à la banque.',
      en: 'This entry has no readable booking or value date: it is left out. Ask the bank for the file.',
    }, where)
}

/** Lines of one `Ntry`, and what is wrong with it. Without lines, the problem says what kept the entry out. */
export function readEntry(entry: Element, context: EntryContext): { lines: StatementLine[]; problem?: Problem } {
  const status = statusOf(entry)
  if (status === 'INFO') return { lines: [] }
  const amount = signedAmount(entry, context.currency)
  if ('problem' in amount) return { lines: [], problem: amount.problem }
  const booked = bookingDay(entry, context)
  if (!booked) return { lines: [], problem: withoutDate(entry, undefined) }
  const parts = split(entry, amount.minor, amount.currency)
  const ids = bankIds(entry, parts)
  const reversal = textOf(child(entry, 'RvslInd'))
  const isReversal = reversal === 'true' || reversal === '1'
  const valueOn = dayOf(child(entry, 'ValDt')) ?? null
  const lines = parts.map(({ details, minor }, index): StatementLine => {
    const counterparty = counterpartyOf(details, minor, isReversal)
    const reference = referenceOf(details)
    return {
      bookedOn: booked.day, valueOn, minor, currency: amount.currency,
      label: labelOf(entry, details, amount.currency) || counterparty.name || reference || codeWords(entry),
      reference, counterparty, bankId: ids[index] ?? null, status: status === 'PDNG' || status === 'FUTR' ? 'pending' : 'booked', line: entry.line,
    }
  })
  return booked.isStated ? { lines } : { lines, problem: withoutDate(entry, booked.day) }
}
