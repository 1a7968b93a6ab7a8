import type { LocalDate } from '../../../../core/kernel/local-date.ts'
import { overpunch } from '../../../../formats/bank/cfonb120/fields.ts'
import { fold } from '../../../../core/matching/normalise.ts'

/** The account a statement is about, in the parts of a French RIB. */
export type Rib = { readonly bank: string; readonly branch: string; readonly account: string }

export type StatementMove = {
  readonly on: LocalDate
  readonly amount: bigint
  /** Interbank operation code: 05 direct debit out, 18 transfer in, 21 transfer out, 02 cheques in, 11 card. */
  readonly code: string
  readonly words: string
  readonly details: readonly { readonly qualifier: string; readonly text: string }[]
  readonly reference: string
}

export type StatementText = { readonly rib: Rib; readonly opening: { readonly on: LocalDate; readonly amount: bigint }; readonly closing: { readonly on: LocalDate; readonly amount: bigint }; readonly moves: readonly StatementMove[] }

const LABEL_LENGTH = 31
const DETAIL_LENGTH = 70

function day(date: LocalDate): string {
  return date.slice(8, 10) + date.slice(5, 7) + date.slice(2, 4)
}

function text(value: string, length: number): string {
  return fold(value).replace(/[^\x20-\x7e]/g, ' ').slice(0, length).padEnd(length)
}

function head(kind: string, { bank, branch, account }: Rib, code: string): string {
  return `${kind}${bank}${code.padEnd(4)}${branch}EUR2 ${account}`
}

function balance(kind: '01' | '07', rib: Rib, at: StatementText['opening']): string {
  return `${head(kind, rib, '')}  ${day(at.on)}${' '.repeat(50)}${overpunch(at.amount)}`.padEnd(120)
}

function move(rib: Rib, it: StatementMove): string[] {
  const place = `${it.code.padEnd(2)}${day(it.on)}`
  const main = `${head('04', rib, `${it.code}01`)}${place}  ${day(it.on)}${text(it.words, LABEL_LENGTH)}${' '.repeat(2)}${'0'.repeat(7)}  ${overpunch(it.amount)}${text(it.reference, 16)}`
  return [main, ...it.details.map((detail) => `${head('05', rib, `${it.code}01`)}${place}     ${detail.qualifier}${text(detail.text, DETAIL_LENGTH)}`.padEnd(120))]
}

/** One statement as a bank writes it in CFONB 120: an opening balance, movements with their details, a closing balance. Amounts are cents of euro. */
export function writeCfonb120({ rib, opening, closing, moves }: StatementText): Uint8Array {
  const records = [balance('01', rib, opening), ...moves.flatMap((it) => move(rib, it)), balance('07', rib, closing)]
  return new TextEncoder().encode(`${records.join('\r\n')}\r\n`)
}

/** What remains of a number, however long, divided by 97. */
function modulo97(digits: string): number {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97
  return rest
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** The French IBAN of an account, with both of its keys (the key of the RIB, then that of ISO 13616). Letters of the number count as in the RIB's table. */
export function ibanOf({ bank, branch, account }: Rib): string {
  // A RIB counts A to I as 1 to 9, J to R as 1 to 9 and S to Z as 2 to 9.
  const plain = account.replace(/[A-Z]/g, (letter) => { const at = LETTERS.indexOf(letter); return String(at < 18 ? at % 9 + 1 : at - 16) })
  const key = String(97 - modulo97(`${bank}${branch}${plain}00`)).padStart(2, '0')
  const bban = `${bank}${branch}${account}${key}`
  const digits = `${bban}FR00`.replace(/[A-Z]/g, (letter) => String(LETTERS.indexOf(letter) + 10))
  return `FR${String(98 - modulo97(digits)).padStart(2, '0')}${bban}`
}
