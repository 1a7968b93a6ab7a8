import { decide } from '../../../core/bank/dedup.ts'
import { type BankRow, readBank, readRedelivery } from '../../../formats/business/readers.ts'
import type { CommandIo } from '../command.ts'
import { csvCell, dataOptions, readDataFile, tellProblems, writeOut } from './data-folder.ts'

/**
 * `quittance dedup --data <folder> --out <csv>`: reads bank.csv then redelivery.csv, writes row_id,action (import or skip).
 * A suspicious line is imported: losing a movement is worse than seeing it twice.
 */
export async function dedupCommand(args: string[], io: CommandIo): Promise<number> {
  const options = dataOptions(args, { command: 'dedup', io })
  if (!options) return 2
  const bank = readDataFile(options.data, 'bank.csv')
  const redelivery = readDataFile(options.data, 'redelivery.csv')
  if (tellProblems([...bank.problems, ...redelivery.problems], io)) return 1
  const known = readBank(bank.text)
  const delivered = readRedelivery(redelivery.text)
  const refused = tellProblems([...known.problems, ...delivered.problems], io)
  const decisions = decide(known.value.map(toDedupLine), delivered.value.map(toDedupLine))
  const rows = delivered.value.map((row, at) => `${csvCell(row.id)},${decisions[at]!.action === 'known' ? 'skip' : 'import'}`)
  if (!writeOut(options.out, ['row_id,action', ...rows], io)) return 1
  const count = (action: string) => decisions.filter((decision) => decision.action === action).length
  io.err(`${rows.length} lignes : ${count('known')} déjà connues, ${count('new')} nouvelles, ${count('suspicious')} à vérifier (importées).\n`)
  return refused ? 1 : 0
}

function toDedupLine(row: BankRow) {
  return { account: row.account, bookedOn: row.bookedOn, valueOn: row.valueOn, minor: row.minor, currency: row.currency, label: row.label, reference: null, bankId: row.bankId }
}
