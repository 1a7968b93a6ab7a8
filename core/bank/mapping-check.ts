import { parseCurrency } from '../kernel/currency.ts'
import { problem } from '../kernel/problem.ts'
import { fail, ok, type Result } from '../kernel/result.ts'
import { AMOUNT_READINGS, COLUMN_ROLES, type CsvProfile, DATE_ORDERS, DECIMAL_MARKS, DELIMITERS } from './mapping.ts'

type Check = (value: unknown) => boolean

/** A profile is a page of text at most; anything longer is not one. */
const TEXT_MAX = 200
const SOURCE_MAX = 500
const LIST_MAX = 60
const RANK_MAX = 500
const SKIP_ROWS_MAX = 1000

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText: Check = (value) => typeof value === 'string' && value !== '' && value.length <= TEXT_MAX
const isOneOf = (choices: readonly string[]): Check => (value) => typeof value === 'string' && choices.includes(value)
const isListOf = (isItem: Check): Check => (value) => Array.isArray(value) && value.length <= LIST_MAX && value.every(isItem)
const isCount = (min: number, max: number): Check => (value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
const isColumn: Check = (value) => isText(value) || isCount(1, RANK_MAX)(value) || (Array.isArray(value) && value.length > 0 && isListOf(isText)(value))

/** An object with no other field than these, those of `required` being there. */
function isShape(fields: Readonly<Record<string, Check>>, required: readonly string[] = Object.keys(fields)): Check {
  return (value) => isObject(value) && Object.entries(value).every(([name, found]) => Object.hasOwn(fields, name) && fields[name]!(found)) && required.every((name) => Object.hasOwn(value, name))
}

const COLUMNS = Object.fromEntries(COLUMN_ROLES.map((role): [string, Check] => [role, role === 'label' ? isListOf(isColumn) : (value) => value === null || isColumn(value)]))

/** Each field of a profile and what it may be, with what to write instead. */
const FIELDS: Readonly<Record<keyof CsvProfile, readonly [Check, { readonly fr: string; readonly en: string }]>> = {
  name: [(value) => isText(value) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value as string), { fr: 'des mots en minuscules sans accents, reliés par des tirets', en: 'lower-case words without accents, joined by hyphens' }],
  title: [isShape({ fr: isText, en: isText }), { fr: 'un titre en français (fr) et en anglais (en)', en: 'a title in French (fr) and in English (en)' }],
  source: [(value) => typeof value === 'string' && value.length <= SOURCE_MAX, { fr: 'un texte', en: 'a text' }],
  headers: [isListOf(isText), { fr: 'une liste de titres de colonnes', en: 'a list of column titles' }],
  skipRows: [isCount(0, SKIP_ROWS_MAX), { fr: `un nombre de lignes, de 0 à ${SKIP_ROWS_MAX}`, en: `a number of lines, 0 to ${SKIP_ROWS_MAX}` }],
  hasHeader: [(value) => typeof value === 'boolean', { fr: 'true ou false', en: 'true or false' }],
  encoding: [isText, { fr: 'un nom d\'encodage, comme utf-8 ou cp1252', en: 'the name of an encoding, such as utf-8 or cp1252' }],
  delimiter: [isOneOf(DELIMITERS), { fr: 'un point-virgule, une virgule, une tabulation ou une barre', en: 'a semicolon, a comma, a tab or a bar' }],
  columns: [isShape(COLUMNS, []), { fr: `des rôles parmi ${COLUMN_ROLES.join(', ')}, chacun avec un titre ou un rang de colonne`, en: `roles among ${COLUMN_ROLES.join(', ')}, each with the title or the rank of a column` }],
  dateOrder: [isOneOf(DATE_ORDERS), { fr: DATE_ORDERS.join(' ou '), en: DATE_ORDERS.join(' or ') }],
  decimalMark: [isOneOf(DECIMAL_MARKS), { fr: 'un point ou une virgule', en: 'a dot or a comma' }],
  reading: [isOneOf(AMOUNT_READINGS), { fr: `l'un de ${AMOUNT_READINGS.join(', ')}`, en: `one of ${AMOUNT_READINGS.join(', ')}` }],
  currency: [(value) => typeof value === 'string' && parseCurrency(value) !== undefined, { fr: 'trois lettres majuscules, comme EUR', en: 'three capital letters, such as EUR' }],
  flags: [isShape({ in: isListOf(isText), out: isListOf(isText) }), { fr: 'deux listes de mots, in et out', en: 'two lists of words, in and out' }],
  statuses: [isShape({ pending: isListOf(isText), cancelled: isListOf(isText) }, []), { fr: 'des listes de mots, pending et cancelled', en: 'lists of words, pending and cancelled' }],
  ignore: [isListOf(isShape({ column: isColumn, startsWith: isListOf(isText) })), { fr: 'une liste de colonnes (column) et de débuts de cellule (startsWith)', en: 'a list of columns (column) and cell beginnings (startsWith)' }],
  feeSign: [isOneOf(['positive', 'negative']), { fr: 'positive ou negative', en: 'positive or negative' }],
}

/**
 * Reads a profile that comes from outside (a file, a request). Refuses PROFILE_INVALID with the first field that is not
 * understood: a profile half read would give wrong amounts.
 */
export function checkProfile(value: unknown): Result<CsvProfile> {
  if (!isObject(value)) return refuse('', { fr: 'un objet JSON', en: 'a JSON object' })
  for (const [name, found] of Object.entries(value)) {
    if (!Object.hasOwn(FIELDS, name)) return refuse(name, { fr: `un champ parmi ${Object.keys(FIELDS).join(', ')}`, en: `a field among ${Object.keys(FIELDS).join(', ')}` })
    const [isGood, expected] = FIELDS[name as keyof CsvProfile]
    if (!isGood(found)) return refuse(name, expected)
  }
  for (const name of ['name', 'title'] as const) if (!Object.hasOwn(value, name)) return refuse(name, FIELDS[name][1])
  return ok(value as CsvProfile)
}

function refuse(field: string, expected: { readonly fr: string; readonly en: string }): Result<CsvProfile> {
  return fail(problem('PROFILE_INVALID', {
    fr: `Ce profil CSV n'est pas utilisable : ${field || 'le profil'} doit être ${expected.fr}.`, en: `This CSV profile cannot be used: ${field || 'the profile'} must be ${expected.en}.`,
  }, field === '' ? {} : { field }))
}
