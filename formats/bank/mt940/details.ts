import { parseIban } from '../../../core/bank/account-name.ts'
import { isFiller, squeeze } from '../squeeze.ts'

/** What a `:86:` field adds to a movement. */
export type Details = { readonly label: string; readonly name: string | null; readonly iban: string | null; readonly reference: string | null }

/** A text that fills its line goes on in the next one, in the middle of a word if need be. Lines are 65 characters, tag included in some files. */
const FULL_LINE = 60
/** Columns of a sub-field of the German structure. */
const FULL_PART = 27

const meaningful = (text: string | null | undefined): string | null => (text === null || text === undefined || text === '' || isFiller(text) ? null : text)

/** Puts wrapped lines together again. */
function unwrap(lines: readonly string[]): string {
  let text = ''
  let isFull = true
  for (const line of lines) {
    text += isFull ? line : ` ${line}`
    isFull = line.length >= FULL_LINE
  }
  return text
}

/** Sub-fields put one after the other, without a space where the one before is full. */
function joinParts(parts: readonly string[]): string {
  let text = ''
  let isFull = true
  for (const part of parts) {
    text += isFull ? part : ` ${part.trimStart()}`
    isFull = part.length >= FULL_PART
  }
  return text
}

// German business code, then sub-fields announced by a separator and two digits: "166?00GUTSCHRIFT?20EREF+...".
const STRUCTURED = /^\s?\d{3}([?<>~^@$|])(?=\d\d)/
/** Words that announce a part of a SEPA remittance inside sub-fields 20 to 29. */
const SEPA_TAG = /(?:^|\s|(?<=[^A-Z]))(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|MTLG)[+:]/

type Part = { readonly tag: string; readonly text: string }

/** The parts of a purpose: what stands before the first tag has none. */
function sepaParts(purpose: string): Part[] {
  if (!purpose.includes('+') && !purpose.includes(':')) return purpose.trim() === '' ? [] : [{ tag: '', text: squeeze(purpose) }]
  // Nearly every purpose is one remittance and nothing else.
  if (purpose.startsWith('SVWZ+') && purpose.indexOf('+', 5) < 0 && !purpose.includes(':')) return [{ tag: 'SVWZ', text: squeeze(purpose.slice(5)) }]
  const pieces = purpose.split(SEPA_TAG)
  const parts: Part[] = []
  for (let at = 0; at < pieces.length; at += 2) {
    const text = squeeze(pieces[at] ?? '')
    if (text !== '') parts.push({ tag: at === 0 ? '' : pieces[at - 1]!, text })
  }
  return parts
}

/** Sub-fields in the order of their codes, which is nearly always the one they are written in. */
function subFields(content: string, separator: string): { code: number; text: string }[] {
  const found: { code: number; text: string }[] = []
  const digit = (at: number): number => content.charCodeAt(at) - 48
  let at = content.indexOf(separator)
  let isSorted = true
  while (at >= 0) {
    const [tens, units] = [digit(at + 1), digit(at + 2)]
    let next = content.indexOf(separator, at + 1)
    // A separator that announces no code is a character of the text.
    while (next >= 0 && !(digit(next + 1) >= 0 && digit(next + 1) <= 9 && digit(next + 2) >= 0 && digit(next + 2) <= 9)) next = content.indexOf(separator, next + 1)
    const code = tens * 10 + units
    if (found.length > 0 && found.at(-1)!.code > code) isSorted = false
    found.push({ code, text: content.slice(at + 3, next < 0 ? undefined : next) })
    at = next
  }
  return isSorted ? found : found.sort((a, b) => a.code - b.code)
}

/** The account under sub-field 31, or 38 in Poland. */
function accountIn(text: string | null): string | null {
  return text === null || text.length < 15 ? null : (parseIban(text) ?? null)
}

function structured(content: string, separator: string): Details {
  let [kind, account, ownIban]: [string, string | null, string | null] = ['', null, null]
  const purposes: string[] = []
  const names: string[] = []
  for (const { code, text } of subFields(content, separator)) {
    if (code === 0) kind += text
    else if ((code >= 20 && code <= 29) || (code >= 60 && code <= 63)) purposes.push(text)
    else if (code === 31) account = text
    else if (code === 32 || code === 33) names.push(text)
    else if (code === 38) ownIban = text
  }
  const words = [squeeze(kind)]
  const others: string[] = []
  let [endToEnd, own]: [string | null, string | null] = [null, null]
  for (const { tag, text } of sepaParts(joinParts(purposes))) {
    if (tag === '' || tag === 'SVWZ') words.push(text)
    else if (tag === 'EREF') endToEnd ??= text
    else others.push(`${tag}+${text}`)
    if (tag === 'KREF') own ??= text
  }
  return {
    label: [...words, ...others].filter((text) => text !== '').join(' '), name: meaningful(squeeze(joinParts(names))),
    iban: accountIn(account) ?? accountIn(ownIban), reference: meaningful(endToEnd) ?? meaningful(own),
  }
}

/** Words between slashes that announce a value: "/EREF/…/NAME/…/REMI/…". */
const SLASH_TAG = /\/(TRTP|IBAN|BBAN|BIC|NAME|REMI|EREF|PREF|KREF|IREF|ORDP|BENM|ISDT|CSID|MARF|RTRN|CNTP|ULTC|ULTD|ULTB|PURP|ADDR|CPRP|ACCW|EXCH|CHGS1?|ID)\//

function slashed(content: string): Details {
  const pieces = content.split(SLASH_TAG)
  const values = new Map<string, string>()
  const words: string[] = [squeeze(pieces[0]!.replace(/^\/$/, ''))]
  for (let at = 1; at < pieces.length; at += 2) {
    const tag = pieces[at]!
    const text = squeeze(pieces[at + 1] ?? '').replace(/\/+$/, '')
    if (text === '') continue
    if (!values.has(tag)) values.set(tag, text)
    if (tag === 'REMI') words.push(text.replace(/^\/*(USTD|STRD)\/+/, ''))
    else if (!['NAME', 'IBAN', 'BIC', 'EREF', 'CNTP'].includes(tag)) words.push(text)
  }
  // "/CNTP/account/bank/name/city/": the Dutch structure in one value.
  const party = (values.get('CNTP') ?? '').split('/')
  return {
    label: words.filter((text) => text !== '').join(' '),
    name: meaningful(values.get('NAME') ?? party[2]),
    iban: parseIban(values.get('IBAN') ?? '') ?? parseIban(party[0] ?? '') ?? parseIban((values.get('ACCW') ?? '').split(',')[0]!) ?? null,
    reference: meaningful(values.get('EREF')),
  }
}

/** Free text. Some banks begin it with the other party's account and name. */
function free(lines: readonly string[]): Details {
  const [account = '', ...name] = (lines[0] ?? '').trim().split(' ')
  const iban = parseIban(account) ?? null
  const label = squeeze(unwrap(lines)).replace(/^999(?=[A-Za-z])/, '')
  return { label, name: iban === null ? null : meaningful(squeeze(name.join(' '))), iban, reference: null }
}

/** Reads the lines of a `:86:` field in whichever structure they are written. */
export function readDetails(lines: readonly string[]): Details {
  // In the German structure a wrap never adds anything: the sub-fields themselves say where a text ends.
  const glued = lines.length === 1 ? lines[0]! : lines.join('')
  const separator = STRUCTURED.exec(glued)?.[1]
  if (separator !== undefined) return structured(glued, separator)
  const text = unwrap(lines)
  return /^\s*\/[A-Z0-9]{2,5}\//.test(text) && SLASH_TAG.test(text) ? slashed(text) : free(lines)
}

/** `:NS:` of some German banks: two digits, then text. 01 to 14 purpose, 15 and 16 name, 17 kind of movement. */
export function readNotes(lines: readonly string[]): Details {
  const of = (from: number, to: number): string => squeeze(lines.filter((line) => Number(line.slice(0, 2)) >= from && Number(line.slice(0, 2)) <= to).map((line) => line.slice(2)).join(' '))
  return { label: [of(17, 17), of(1, 14)].filter((text) => text !== '').join(' '), name: meaningful(of(15, 16)), iban: null, reference: null }
}
