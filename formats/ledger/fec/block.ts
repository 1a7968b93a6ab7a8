import { currency } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { type FecWriterOptions, fieldText, toLatin9 } from './writer.ts'

/** Ends each field of a block but the last. No label carries it: whoever makes the block takes it out. */
export const FIELD_END = '\u001f'
/** Ends each line of a block. */
export const LINE_END = '\u001e'
/** Goes before an amount in a foreign currency, in its minor units: "1d" of 12345, then USD in the next field. */
export const MINOR_UNITS = '\u001d'

/** What `fieldText` changes: separators, any blank that is not one plain space inside of a field, control characters. */
const TO_CLEAN = /[|\u0000-\u001d\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]| {2}|^ | $| \u001f|\u001f /
const NOT_ASCII = /[^\u0000-\u007f]/
const FOREIGN_AMOUNT = 16
const FOREIGN_CURRENCY = 17

function cleanField(text: string, encoding: FecWriterOptions['encoding']): string {
  return fieldText(encoding === 'iso-8859-15' ? toLatin9(text) : text)
}

function cleanLine(line: string, { separator, encoding }: Required<FecWriterOptions>): string {
  const fields = line.split(FIELD_END)
  const foreign = fields[FOREIGN_AMOUNT]!
  if (foreign.startsWith(MINOR_UNITS)) fields[FOREIGN_AMOUNT] = formatAmount(BigInt(foreign.slice(1)), currency(fields[FOREIGN_CURRENCY]!)).replace('.', ',')
  return fields.map((field) => cleanField(field, encoding)).join(separator)
}

/**
 * The lines of a FEC from a block: text whose days (AAAAMMJJ) and amounts (12,50) are already written by the database, with
 * FIELD_END and LINE_END in place of separators. Gives what `writeFec` gives of the same lines; most need nothing but their
 * separators. Every line has its eighteen fields.
 */
export function fecOfBlock(block: string, options: Required<FecWriterOptions>): string {
  const isPlain = !TO_CLEAN.test(block.replaceAll(LINE_END, FIELD_END)) && !(options.encoding === 'iso-8859-15' && NOT_ASCII.test(block))
  if (isPlain) return block.replaceAll(FIELD_END, options.separator).replaceAll(LINE_END, '\r\n')
  let text = ''
  for (const line of block.split(LINE_END)) {
    if (line === '') continue
    const plain = !TO_CLEAN.test(line) && !(options.encoding === 'iso-8859-15' && NOT_ASCII.test(line))
    text += `${plain ? line.replaceAll(FIELD_END, options.separator) : cleanLine(line, options)}\r\n`
  }
  return text
}
