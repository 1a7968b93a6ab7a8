import { EUR } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { type LineMatch, matchAll } from '../../../core/matching/match-all.ts'
import { readBank, readInvoices, readParties, readPayouts, readSlips, toPayment } from '../../../formats/business/readers.ts'
import type { CommandIo } from '../command.ts'
import { csvCell, dataOptions, readDataFile, tellProblems, writeOut } from './data-folder.ts'

/**
 * `quittance match --data <folder> --out <csv>`: reads bank.csv, invoices.csv, parties.csv, cheque-slips.csv and psp-payouts.csv,
 * writes line_id,invoice_id,amount_eur,confidence and, for pairs at or above the automatic threshold, a fifth cell `auto`.
 */
export async function matchCommand(args: string[], io: CommandIo): Promise<number> {
  const options = dataOptions(args, { command: 'match', io })
  if (!options) return 2
  const files = ['bank.csv', 'invoices.csv', 'parties.csv', 'cheque-slips.csv', 'psp-payouts.csv'].map((file) => readDataFile(options.data, file))
  if (tellProblems(files.flatMap((file) => file.problems), io)) return 1
  const [bankFile, invoicesFile, partiesFile, slipsFile, payoutsFile] = files
  const bank = readBank(bankFile!.text)
  const invoices = readInvoices(invoicesFile!.text)
  const parties = readParties(partiesFile!.text)
  const slips = readSlips(slipsFile!.text)
  const payouts = readPayouts(payoutsFile!.text)
  const refused = tellProblems([bank, invoices, parties, slips, payouts].flatMap((reading) => reading.problems), io)
  const matches = matchAll({ lines: bank.value.map(toPayment), invoices: invoices.value, parties: parties.value, remittances: [...slips.value, ...payouts.value] })
  if (!writeOut(options.out, ['line_id,invoice_id,amount_eur,confidence', ...matches.flatMap(rowsOf)], io)) return 1
  const pairs = matches.flatMap((match) => match.pairs)
  io.err(`${pairs.length} rapprochements, dont ${pairs.filter((pair) => pair.automatic).length} automatiques, sur ${bank.value.length} lignes.\n`)
  return refused ? 1 : 0
}

function rowsOf(match: LineMatch): string[] {
  return match.pairs.map(({ invoiceId, minor, confidence, automatic }) => `${csvCell(match.lineId)},${csvCell(invoiceId)},${formatAmount(minor, EUR)},${confidence.toFixed(4)}${automatic ? ',auto' : ''}`)
}
