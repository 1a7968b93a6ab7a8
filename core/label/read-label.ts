import { fold } from '../matching/normalise.ts'
import { cleanName, cutReason, displayName } from './merchant-name.ts'
import { readCreditorId, readDay, readMandate, readOriginal, readSiren } from './parts.ts'
import { ENGLISH_SHAPES } from './shapes-en.ts'
import { FRENCH_SHAPES } from './shapes-fr.ts'
import { endingTown, startingTown } from './towns.ts'
import type { Found, LabelReading, PaymentMethod, RawLine, Shape } from './types.ts'

/** The version of all the rules together: lines read by an earlier one are read again. */
export const LABEL_RULES = 1
/** What follows is not read: no bank writes more, and the time stays bounded. */
const LABEL_LENGTH_MAX = 600
const SHAPES: readonly Shape[] = [...FRENCH_SHAPES, ...ENGLISH_SHAPES]
const NOTHING = new Set(['', 'NOTPROVIDED', 'NOT PROVIDED', 'NOTPROVIDED-'])
/** Wages and expenses are paid to people: they are counterparties, never merchants. */
const TO_PEOPLE = /\b(?:SALAIRES?|PAIES?|REMUNERATION|NOTES? DE FRAIS|PAYROLL|WAGES|SALARY)\b/
/** A label that is a name and nothing else has few words, and letters in each. */
const PLAIN_WORDS_MAX = 5
/** Some exports write the day before the label. */
const LEADING_DAY = /^\d{2}[ /.]\d{2}[ /.]\d{4} (?=[A-Z])/
const CREDITOR_LIKE = /^[A-Z]{2}\d{2}[A-Z]{3}[A-Z0-9]{4,28}$/

/** A label as the shapes read it: capitals, no accents, single spaces. */
export function foldLabel(label: string): string {
  return fold(label.slice(0, LABEL_LENGTH_MAX)).replace(/\s+/g, ' ').trim()
}

type Named = { readonly who: string; readonly place: string | null; readonly reason: string }

/** A name and the town beside it. */
function withTown(text: string, shape: Shape): Named {
  const words = text.split(' ').filter((word) => word !== '')
  const found = endingTown(words) ?? (shape.townFirst ? startingTown(words) : undefined)
  return found ? { who: found.name.join(' '), place: found.town, reason: '' } : { who: words.join(' '), place: null, reason: '' }
}

function namedBy(shape: Shape, who: string): Named {
  if (shape.nobody) {
    const town = endingTown(['-', ...who.split(' ').filter((word) => /^[A-Z]+$/.test(word))])
    return { who: '', place: town?.town ?? null, reason: '' }
  }
  if (shape.method === 'card') return withTown(who, shape)
  if (!shape.runsOn) return { who, place: null, reason: '' }
  const { name, reason } = cutReason(who)
  return { who: name, place: null, reason }
}

/** "NAME - REASON", as neobanks write, or a name alone: a guess, and said to be one. */
function readPlain(text: string): { readonly named: Named; readonly rule: string; readonly confidence: number } | null {
  const [name, ...rest] = text.split(' - ')
  if (rest.length > 0 && name !== undefined && /[A-Z]{2}/.test(name)) return { named: { who: cutReason(name).name, place: null, reason: rest.join(' - ').trim() }, rule: 'name-dash@1', confidence: 0.7 }
  const cut = cutReason(text)
  if (!/[A-Z]{3}/.test(cut.name) || cut.name.split(' ').length > PLAIN_WORDS_MAX) return null
  return { named: { who: cut.name, place: null, reason: cut.reason }, rule: 'name-alone@1', confidence: 0.5 }
}

const found = <T>(value: T | undefined | null, rule: string, confidence: number): Found<T> | null => (value === undefined || value === null || value === '' ? null : { value, rule, confidence })

/** Money that comes in by an automatic "payment" of an American bank is a transfer to us, not a debit of ours. */
function methodOf(shape: Shape, isOut: boolean): PaymentMethod {
  return shape.method === 'direct_debit' && shape.rule.startsWith('en-ach') && !isOut ? 'transfer' : shape.method
}

/** Who is paid: nobody for wages, for takings, and for money that comes in otherwise than as the refund of a card. */
function isMerchant(method: PaymentMethod | null, isOut: boolean, about: string): boolean {
  if (TO_PEOPLE.test(about)) return false
  return method === 'card' || (isOut && (method === 'direct_debit' || method === 'transfer' || method === null))
}

/**
 * What the label of a bank line says: how money moved, who is behind it, where and when a card was used, in which currency.
 * The first shape that fits decides; what it does not give is looked for in the whole label. A name that the bank gives in a
 * field of its own is believed before the label. Nothing is looked up outside.
 */
export function readLabel(line: RawLine): LabelReading {
  const isOut = line.amount < 0n
  const folded = foldLabel(line.label)
  const { original, rest } = readOriginal(folded.replace(LEADING_DAY, ''), { currency: line.currency, isOut })
  let match: RegExpExecArray | null = null
  const shape = SHAPES.find(({ pattern }) => (match = pattern.exec(rest)) !== null)
  const groups: Readonly<Record<string, string | undefined>> = (match as RegExpExecArray | null)?.groups ?? {}
  const plain = shape ? null : readPlain(rest)
  const named = shape ? namedBy(shape, groups['who'] ?? '') : plain?.named ?? { who: '', place: null, reason: '' }
  const rule = shape?.rule ?? plain?.rule ?? 'none'
  const confidence = shape?.confidence ?? plain?.confidence ?? 0
  const method = shape ? methodOf(shape, isOut) : null
  const given = line.counterpartyName === null ? '' : foldLabel(line.counterpartyName)
  const name = cleanName(NOTHING.has(given) ? named.who : given)
  const who: Found<string> | null = name === '' || !/[A-Z]{2}/.test(name) ? null
    : NOTHING.has(given) ? { value: displayName(name), rule, confidence } : { value: displayName(name), rule: null, confidence: 1 }
  const [first = '', ...others] = named.reason.split(' ')
  const creditor = groups['creditor'] ?? (CREDITOR_LIKE.test(first) ? first : undefined)
  const reason = [groups['reason'] ?? (creditor === first ? others.join(' ') : named.reason), groups['reference'] ?? '', groups['number'] ?? ''].map((text) => text.trim()).find((text) => !NOTHING.has(text))
  const day = groups['day'] === undefined ? undefined : readDay(groups['day'], line.bookedOn, shape?.dayOrder)
  return {
    merchant: who !== null && isMerchant(method, isOut, rest) ? who : null,
    counterparty: who,
    method: found(method, rule, confidence),
    place: found(named.place === null ? null : displayName(named.place), 'town@1', 0.9),
    cardDate: found(day, rule, confidence),
    original,
    mandate: method === 'direct_debit' ? readMandate(rest, groups['mandate']) : null,
    creditorId: method === 'direct_debit' ? readCreditorId(rest, creditor) : null,
    reference: found(reason ?? (line.reference === null || NOTHING.has(foldLabel(line.reference)) ? undefined : line.reference), reason === undefined ? 'bank-reference@1' : rule, reason === undefined ? 1 : confidence),
    siren: readSiren(folded),
  }
}
