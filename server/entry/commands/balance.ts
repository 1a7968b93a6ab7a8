import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { balanceJson, balanceText, type BalanceInput } from '../../../core/ledger/balance-report.ts'
import { balanceColumns, readBalanceTable } from '../../../core/ledger/balance-table.ts'
import { plainAmount } from '../../../core/ledger/amount-text.ts'
import { isOpeningJournal } from '../../../core/ledger/journals.ts'
import { createTrialBalance, trialBalance } from '../../../core/ledger/trial-balance.ts'
import { hasErrors, problem, type Problem } from '../../../core/kernel/problem.ts'
import { createFecCheck } from '../../../formats/ledger/fec/check.ts'
import { readHeader } from '../../../formats/ledger/fec/columns.ts'
import { createLineSplitter } from '../../../formats/ledger/fec/text.ts'
import type { CommandIo } from '../command.ts'

const USAGE = 'Usage : quittance balance <fec|csv|xlsx> [--json]\n'

/** A trial balance in a table has a few thousand accounts: a larger file is something else. */
const TABLE_BYTES_MAX = 20 << 20

/** Breaches of a FEC that change the figures or leave lines out; the others are the business of `fec check`. */
const FIGURE_RULES = new Set([
  'FEC_NOT_A_FEC', 'FEC_EMPTY', 'FEC_ENCODING', 'FEC_COLUMN_MISSING', 'FEC_FIELD_COUNT', 'FEC_AMOUNT_POINT', 'FEC_AMOUNT_THOUSANDS', 'FEC_AMOUNT_FORMAT',
  'FEC_AMOUNT_PRECISION', 'FEC_SENS', 'FEC_ACCOUNT_DIGITS', 'FEC_TOTAL', 'FEC_CLOSING_ENTRY',
])

type Kind = 'fec' | 'xlsx' | 'table'

async function kindOf(path: string): Promise<Kind> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(1 << 16), 0, 1 << 16, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head[0] === 0x50 && head[1] === 0x4b) return 'xlsx'
    const splitter = createLineSplitter()
    const first = splitter.push(head)[0] ?? splitter.end()[0]
    return first && readHeader(first.text) ? 'fec' : 'table'
  } finally {
    await file.close()
  }
}

async function readFec(path: string): Promise<BalanceInput> {
  const accounts = createTrialBalance()
  const check = createFecCheck({
    fileName: path,
    onLine: (line) => accounts.add({ account: line.compteNum, label: line.compteLib, debit: line.debit, credit: line.credit, opening: isOpeningJournal(line.journalCode, line.journalLib) }),
  })
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) check.push(chunk as Uint8Array)
  const report = check.end()
  return { from: report.from, to: report.to, balance: accounts.end(), problems: report.problems.filter((p) => FIGURE_RULES.has(p.code)) }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The rows of a CSV under the delimiter that shows the columns of a trial balance. */
async function csvRows(path: string): Promise<string[][]> {
  const { default: papa } = await import('papaparse')
  const text = decode(await readFile(path))
  const readings = [';', '\t', '|', ','].map((delimiter) => papa.parse<string[]>(text, { delimiter }).data)
  return readings.find((rows) => balanceColumns(rows)) ?? readings[0]!
}

/** A cell as text. A spreadsheet keeps fifteen digits of a number: what is beyond them is noise of the binary form. */
function cellText(cell: unknown): string {
  if (typeof cell === 'number') return Number(cell.toPrecision(15)).toString()
  return cell === null || cell === undefined ? '' : String(cell)
}

/** The rows of the first sheet that holds a trial balance. */
async function xlsxRows(path: string): Promise<string[][]> {
  const { readXlsx } = await import('hucre/xlsx')
  const workbook = await readXlsx(await readFile(path))
  const sheets = workbook.sheets.map((sheet) => sheet.rows.map((row) => row.map(cellText)))
  return sheets.find((rows) => balanceColumns(rows)) ?? sheets[0] ?? []
}

async function readTable(path: string, kind: Kind): Promise<BalanceInput> {
  if ((await stat(path)).size > TABLE_BYTES_MAX) {
    return { from: null, to: null, balance: trialBalance([]), problems: [problem('BALANCE_TOO_LARGE', {
      fr: 'Le fichier dépasse 20 Mo : ce n\'est pas une balance. Choisissez un autre fichier.', en: 'The file is over 20 MB: it is not a trial balance. Choose another file.',
    })] }
  }
  const { movements, problems } = readBalanceTable(kind === 'xlsx' ? await xlsxRows(path) : await csvRows(path))
  return { from: null, to: null, balance: trialBalance(movements), problems }
}

function unbalanced(input: BalanceInput): Problem[] {
  const { debit, credit } = input.balance.totals
  if (debit === credit || input.problems.some((p) => p.code === 'FEC_TOTAL')) return []
  return [problem('BALANCE_UNBALANCED', {
    fr: `La balance n'est pas équilibrée : débit ${plainAmount(debit)}, crédit ${plainAmount(credit)}. Le bilan ne l'est donc pas non plus.`,
    en: `The trial balance does not balance: debit ${plainAmount(debit)}, credit ${plainAmount(credit)}. Neither does the balance sheet.`,
  })]
}

function refused(path: string): BalanceInput {
  return { from: null, to: null, balance: trialBalance([]), problems: [problem('FILE_UNREADABLE', {
    fr: `Le fichier « ${path} » n'a pas pu être lu. Vérifiez son nom, son format et vos droits.`,
    en: `The file "${path}" could not be read. Check its name, its format and your rights.`,
  })] }
}

async function load(path: string): Promise<BalanceInput> {
  try {
    const kind = await kindOf(path)
    const input = kind === 'fec' ? await readFec(path) : await readTable(path, kind)
    return { ...input, problems: [...input.problems, ...unbalanced(input)] }
  } catch {
    return refused(path)
  }
}

/** `quittance balance <fec|csv|xlsx> [--json]`: 0 when every figure was read, 1 when something was left out or does not balance. */
export async function balanceCommand(args: string[], io: CommandIo): Promise<number> {
  const paths = args.filter((arg) => !arg.startsWith('--'))
  const path = paths[0]
  if (paths.length !== 1 || !path || args.some((arg) => arg.startsWith('--') && arg !== '--json')) {
    io.err(USAGE)
    return 2
  }
  const input = await load(path)
  if (args.includes('--json')) io.out(`${JSON.stringify(balanceJson(input, 'fr'))}\n`)
  else {
    io.out(balanceText(input))
    for (const { message } of input.problems) io.err(`${message.fr}\n`)
  }
  return hasErrors(input.problems) ? 1 : 0
}
