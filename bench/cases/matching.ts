import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decide } from '../../core/bank/dedup.ts'
import type { Currency } from '../../core/kernel/currency.ts'
import { type LineMatch, matchAll, type MatchAllInput } from '../../core/matching/match-all.ts'
import { type BankRow, readBank, readInvoices, readParties, readPayouts, readRedelivery, readSlips, toPayment } from '../../formats/business/readers.ts'
import { bankOf } from '../data/bank.ts'
import { decidingFiles } from '../data/files.ts'
import { expectThat, measure, type Result } from '../measure.ts'
import type { RunCase, Setting } from './context.ts'

type Data = {
  readonly input: MatchAllInput; readonly bank: readonly BankRow[]; readonly again: readonly BankRow[]
  /** The invoices of each line, and for each row of the second delivery whether it is new; null when the data come from elsewhere and are scored there. */
  readonly truth: { readonly invoicesOf: ReadonlyMap<string, readonly string[]>; readonly isNew: readonly boolean[] } | null
}

/** Files of the corpus's generator where there is one, else of our own. */
function dataOf(entries: number, { seed, folder }: Setting): Data {
  const corpus = process.env['QUITTANCE_CORPUS']
  const into = join(folder, `match-${entries}`)
  mkdirSync(into, { recursive: true })
  const own = corpus ? null : bankOf(Math.round(entries * 0.57), seed)
  if (own) for (const [name, text] of Object.entries(decidingFiles(own))) writeFileSync(join(into, name), text)
  else {
    const run = spawnSync(process.execPath, [join(corpus!, 'bench', 'generate.mjs'), '--size', String(entries), '--seed', seed, '--out', into, '--formats', 'csv'], { encoding: 'utf8' })
    expectThat(run.status === 0, `the generator failed: ${run.stderr}`)
  }
  const text = (name: string) => readFileSync(join(into, name), 'utf8')
  const bank = readBank(text('bank.csv')).value
  return {
    bank, again: readRedelivery(text('redelivery.csv')).value,
    input: {
      lines: bank.map(toPayment), invoices: readInvoices(text('invoices.csv')).value, parties: readParties(text('parties.csv')).value,
      remittances: [...readSlips(text('cheque-slips.csv')).value, ...readPayouts(text('psp-payouts.csv')).value],
    },
    truth: own && { invoicesOf: new Map(own.lines.map((line) => [line.id, line.invoiceIds])), isNew: own.redelivery.map((line) => line.repeats === null) },
  }
}

/** Pairs given by an exact amount and the number written whole: what a few lines of code do. */
function naive({ lines, invoices }: MatchAllInput): Map<string, string> {
  const byAmount = new Map<bigint, typeof invoices[number][]>()
  for (const invoice of invoices) byAmount.set(invoice.open, [...(byAmount.get(invoice.open) ?? []), invoice])
  const pairs = new Map<string, string>()
  for (const line of lines) {
    const found = byAmount.get(line.minor)?.find((invoice) => line.label.includes(invoice.number))
    if (found) pairs.set(line.id, found.id)
  }
  return pairs
}

type Pairs = readonly (readonly [line: string, invoice: string])[]

function pairsOf(matches: readonly LineMatch[]): Pairs {
  return matches.flatMap((match) => match.pairs.map((pair) => [match.lineId, pair.invoiceId] as const))
}

/** Precision and recall of the pairs must be those a user can live with; data of the corpus are scored by its own tests. */
function checkPairs({ input, truth }: Data, least: { readonly precision: number; readonly recall: number }) {
  return (pairs: Pairs) => {
    if (!truth) { expectThat(pairs.length > input.lines.length * 0.2, 'number of pairs'); return }
    const right = pairs.filter(([line, invoice]) => truth.invoicesOf.get(line)?.includes(invoice)).length
    const all = [...truth.invoicesOf.values()].reduce((count, ids) => count + ids.length, 0)
    expectThat(right >= pairs.length * least.precision && right >= all * least.recall, `${right} right of ${pairs.length} pairs, ${all} expected`)
  }
}

async function matching(setting: Setting): Promise<Result[]> {
  const [small, large] = [dataOf(Math.max(100, setting.entries / 10), setting), dataOf(setting.entries, setting)]
  const careful = { precision: 0.97, recall: 0.95 }
  return measure<Pairs>({
    title: `(f) matching, ${large.input.lines.length} lines`, unit: 'lines', work: large.input.lines.length, rounds: setting.rounds,
    reference: { name: 'amount and whole number only', run: () => [...naive(large.input)], check: checkPairs(large, { precision: 0.97, recall: large.truth ? 0.5 : 0 }) },
    contenders: [
      { name: 'matchAll', run: () => pairsOf(matchAll(large.input)), check: checkPairs(large, careful) },
      { name: `matchAll, ${small.input.lines.length} lines`, work: small.input.lines.length, run: () => pairsOf(matchAll(small.input)), check: checkPairs(small, careful) },
    ],
  })
}

type Line = Parameters<typeof decide>[0][number]

function dedupLine(row: BankRow): Line {
  return { account: row.account, bookedOn: row.bookedOn, valueOn: row.valueOn, minor: row.minor, currency: row.currency as Currency, label: row.label, reference: null, bankId: row.bankId }
}

/** Known when the same day, amount and label came before: the set-based rule. */
function bySet(known: readonly Line[], delivered: readonly Line[]): boolean[] {
  const key = (line: Line) => `${line.account}|${line.bookedOn}|${line.minor}|${line.label}`
  const seen = new Set(known.map(key))
  return delivered.map((line) => !seen.has(key(line)))
}

async function dedup(setting: Setting): Promise<Result[]> {
  const data = dataOf(setting.entries, setting)
  const known = data.bank.map(dedupLine)
  const delivered = data.again.map(dedupLine)
  const work = known.length + delivered.length
  return measure<readonly boolean[]>({
    title: `(f) dedup, ${delivered.length} lines delivered on ${known.length}`, unit: 'lines', work, rounds: setting.rounds,
    reference: { name: 'set of day, amount, label', run: () => bySet(known, delivered), check: (answer) => { expectThat(answer.length === delivered.length, 'number of decisions') } },
    contenders: [{
      name: 'decide', run: () => decide(known, delivered).map((decision) => decision.action !== 'known'),
      check: (answer) => { expectThat(answer.length === delivered.length && (!data.truth || answer.every((isNew, at) => isNew === data.truth!.isNew[at])), 'decisions on the second delivery') },
    }],
  })
}

/** Lines matched with invoices per second, what ten times the data costs, and lines recognised per second. */
export const matchingCase: RunCase = async (setting) => [...await matching(setting), ...await dedup(setting)]
