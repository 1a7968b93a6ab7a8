import { addDays, earlier, endOfMonth, type LocalDate, startOfMonth } from '../../../../core/kernel/local-date.ts'
import { type Rib, writeCfonb120 } from './cfonb120-writer.ts'
import type { DemoBankLine } from './plan.ts'

const CODES: readonly (readonly [RegExp, string])[] = [[/^CARTE/, '11'], [/^REMISE CHEQUE/, '02'], [/^PRLV/, '08'], [/^(ECHEANCE|FRAIS)/, '64'], [/^VIR SEPA/, '18'], [/^VIR/, '21']]

function codeOf(words: string): string {
  return CODES.find(([pattern]) => pattern.test(words))?.[1] ?? '99'
}

function detailsOf({ amount, details }: DemoBankLine): { qualifier: string; text: string }[] {
  return [
    ...(details.name === undefined ? [] : [{ qualifier: amount > 0n ? 'NPY' : 'NBE', text: details.name }]),
    ...(details.iban === undefined ? [] : [{ qualifier: amount > 0n ? 'IPY' : 'IBE', text: details.iban }]),
    ...(details.remittance === undefined ? [] : [{ qualifier: 'LCC', text: details.remittance }]),
    ...(details.reference === undefined ? [] : [{ qualifier: 'RCN', text: details.reference }]),
  ]
}

export type StatementFacts = { readonly rib: Rib; readonly month: LocalDate; readonly lastDay: LocalDate; readonly opening: bigint; readonly lines: readonly DemoBankLine[] }

/** The bank's statement of one month, and the balance it ends with. */
function monthStatement({ rib, month, lastDay, opening, lines }: StatementFacts): { bytes: Uint8Array; closing: bigint } {
  const closing = lines.reduce((total, line) => total + line.amount, opening)
  const bytes = writeCfonb120({
    rib, opening: { on: addDays(startOfMonth(month), -1), amount: opening }, closing: { on: earlier(endOfMonth(month), lastDay), amount: closing },
    moves: lines.map((line, index) => ({
      on: line.on, amount: line.amount, code: codeOf(line.words), words: line.words, details: detailsOf(line), reference: `${line.on.slice(2, 4)}${line.on.slice(5, 7)}${String(index + 1).padStart(5, '0')}`,
    })),
  })
  return { bytes, closing }
}

/** The statements of several months as the bank sends them: one after the other in one file. Null when nothing moved. */
export function statementFile(months: readonly LocalDate[], facts: Omit<StatementFacts, 'month'>): { bytes: Uint8Array; closing: bigint } | null {
  let balance = facts.opening
  const parts = months.flatMap((month) => {
    const lines = facts.lines.filter((line) => startOfMonth(line.on) === month)
    if (lines.length === 0) return []
    const { bytes, closing } = monthStatement({ ...facts, month, opening: balance, lines })
    balance = closing
    return [bytes]
  })
  return parts.length === 0 ? null : { bytes: Buffer.concat(parts), closing: balance }
}
