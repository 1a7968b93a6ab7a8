import { type Currency } from '../../../core/kernel/currency.ts'
import { dateOf, type LocalDate, toEpochDay, yearOf } from '../../../core/kernel/local-date.ts'
import { parseAmount } from '../../../core/kernel/money.ts'
import { type Problem, problem } from '../../../core/kernel/problem.ts'
import { rememberDays } from '../days.ts'

/** What a `:61:` field says. `isExpected`: a movement of an interim report that is not booked yet. */
export type Movement = {
  readonly bookedOn: LocalDate
  readonly valueOn: LocalDate
  readonly minor: bigint
  readonly isExpected: boolean
  /** Type of movement, such as NTRF. */
  readonly type: string | null
  readonly customerReference: string | null
  readonly bankReference: string | null
  /** Words behind the references and on the second line. */
  readonly supplement: string
}

/** Years are written with two digits; the format is younger than 1980 and statements are kept ten years. */
const CENTURY_PIVOT = 80

/** Reads AAMMJJ. Undefined when it is not a day of the calendar. */
export const readDay = rememberDays((text) => {
  if (!/^\d{6}$/.test(text)) return undefined
  const year = Number(text.slice(0, 2))
  return dateOf(year >= CENTURY_PIVOT ? 1900 + year : 2000 + year, Number(text.slice(2, 4)), Number(text.slice(4, 6)))
})

/** The entry day (MMJJ) has no year: it is the one nearest to the value day, so that 31 December and 2 January stay two days apart. */
export function entryDay(text: string, near: LocalDate): LocalDate | undefined {
  if (text.slice(0, 2) === near.slice(5, 7) && text.slice(2) === near.slice(8)) return near
  const [month, day] = [Number(text.slice(0, 2)), Number(text.slice(2, 4))]
  const distance = (found: LocalDate): number => Math.abs(toEpochDay(found) - toEpochDay(near))
  return [0, -1, 1]
    .map((shift) => dateOf(yearOf(near) + shift, month, day))
    .filter((found) => found !== undefined)
    .reduce<LocalDate | undefined>((best, found) => (best === undefined || distance(found) < distance(best) ? found : best), undefined)
}

/** An amount with its decimal comma ("12,", ",5" and "12,5" as well) as a plain decimal. Dots before a comma group thousands. */
export function plainAmount(text: string): string {
  const comma = text.indexOf(',')
  const plain = comma < 0 ? text : `${text.slice(0, comma).replace(/\.(?=\d{3}(?:\.|$))/g, '')}.${text.slice(comma + 1)}`
  return plain.startsWith('.') ? `0${plain}` : plain
}

// Value day, entry day (absent, blank, or with its year), mark (reversals RC and RD, expected EC and ED), funds code, amount, then the rest.
// An amount is followed by a type, by references or by nothing: anything else (the letter O for a zero) is no amount.
const SHAPE = /^(\d{6})(\d{6}(?=\s*[A-Z])|\d{4}|\s{4})?\s*(RC|RD|EC|ED|C|D)([A-Z])?\s*(\d[\d.,]*|[.,]\d+)((?:\s|[NSF][A-Z0-9]{3}|\/\/|$).*)$/s
/** Type of movement: a letter and three characters. NONREF begins like one and is not. */
const TYPE = /^(?!NONREF)([NSF][A-Z0-9]{3})/
/** Longest customer reference; what stands behind it after blanks is a name. */
const REFERENCE_MAX = 16

const meaningful = (text: string): string | null => (text === '' || /^(NONREF|NOT ?PROVIDED|[EK]REF\+?|[-N0]+)$/i.test(text) ? null : text)

/** Splits what follows the amount: type, customer reference, bank reference, and words. */
function referencesOf(rest: string): Pick<Movement, 'type' | 'customerReference' | 'bankReference' | 'supplement'> {
  const end = rest.indexOf('\n')
  const first = (end < 0 ? rest : rest.slice(0, end)).trimStart()
  const type = TYPE.exec(first)?.[1] ?? null
  const body = type === null ? first : first.slice(type.length)
  const slashes = body.indexOf('//')
  const customer = slashes < 0 ? body : body.slice(0, slashes)
  const bank = slashes < 0 ? '' : body.slice(slashes + 2).trim()
  // Old files write an account and a name in the place of the reference, one behind the other.
  const isPadded = customer.length > REFERENCE_MAX && /\s{2}/.test(customer)
  const reference = (isPadded ? customer.slice(0, REFERENCE_MAX) : customer).trim()
  // A reference without a digit is a word of the bank, such as "Interest".
  const said = meaningful(reference)
  const isNumbered = said !== null && /\d/.test(said)
  const words = end < 0 && !isPadded ? '' : [isPadded ? customer.slice(REFERENCE_MAX) : '', ...rest.slice(end < 0 ? rest.length : end + 1).split('\n')].map((text) => text.trim()).filter((text) => text !== '').join(' ')
  return { type, customerReference: isNumbered ? said : null, bankReference: meaningful(bank), supplement: isNumbered || said === null ? words : `${said} ${words}`.trimEnd() }
}

function unreadable(field: string, text: string, line: number): Problem {
  const shown = text.slice(0, 40)
  return problem(field === 'date' ? 'DATE_UNREADABLE' : 'LINE_UNREADABLE', field === 'date' ? {
    fr: `La date « ${shown} » de cette opération (:61:) n'est pas un jour du calendrier : l'opération n'est pas reprise. Vérifiez-la avec la banque.`,
    en: `The date "${shown}" of this movement (:61:) is not a day of the calendar: the movement is left out. Check it with the bank.`,
  } : {
    fr: `Cette opération (:61:) n'est pas lisible : « ${shown} ». Elle n'est pas reprise ; demandez le fichier d'origine à la banque.`,
    en: `This movement (:61:) cannot be read: "${shown}". It is left out; ask the bank for the original file.`,
  }, { line, field: `:61: ${field}` })
}

/** Reads the content of a `:61:` field (its lines joined by line feeds). Amounts are signed: a reversal turns its mark around. */
export function readMovement(content: string, currency: Currency, line: number): Movement | { problem: Problem } {
  // Some files are wrapped in the middle of the field: the amount is then on the next line.
  const match = SHAPE.exec(content) ?? SHAPE.exec(content.replace('\n', ''))
  if (!match) return { problem: unreadable('mouvement', content.split('\n', 1)[0]!, line) }
  const [, value = '', entry = '', mark = '', , amount = '', rest = ''] = match
  const valueOn = readDay(value)
  if (!valueOn) return { problem: unreadable('date', value, line) }
  const bookedOn = entry.trim() === '' ? valueOn : entry.length === 6 ? readDay(entry) : entryDay(entry, valueOn)
  if (!bookedOn) return { problem: unreadable('date', entry, line) }
  const parsed = parseAmount(plainAmount(amount), currency, { line, field: ':61: montant' })
  if (!parsed.ok) return { problem: parsed.problem }
  const isCredit = mark === 'C' || mark === 'RD' || mark === 'EC'
  return { bookedOn, valueOn, minor: isCredit ? parsed.value : -parsed.value, isExpected: mark.startsWith('E'), ...referencesOf(rest) }
}
