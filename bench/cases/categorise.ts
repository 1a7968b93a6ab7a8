import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cleanLabel, labelKey } from '../../core/category/clean-label.ts'
import { type Features, featuresOf } from '../../core/category/features.ts'
import { predict, teach } from '../../core/category/model.ts'
import { type Example, train } from '../../core/category/train.ts'
import { EUR } from '../../core/kernel/currency.ts'
import { parseCompactDate } from '../../core/kernel/local-date.ts'
import { parseAmount } from '../../core/kernel/money.ts'
import { bankOf } from '../data/bank.ts'
import { expectThat, measure, type Result } from '../measure.ts'
import type { RunCase } from './context.ts'

/** Bank lines of real ledgers with the account the bookkeeper chose, in `fixtures/fec-derived` of the corpus. */
const LEDGERS = [
  'ekylibre__ekylibre/istea/123456789FEC20201231', 'ekylibre__ekylibre/odicom/123456789FEC20200331', 'neolegal-fr__fec-reader/111111111FEC20221231',
].map((name) => `${name}.bank_lines.csv`)
/** The first seven lines in ten, in time, teach; the others are asked. */
const TAUGHT = 0.7

type Line = Example & { readonly key: string }

/** A cell may be quoted; these files have neither quotes nor line ends inside one. */
function cellsOf(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

function ledgerLines(path: string): Line[] {
  const rows = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1).map(cellsOf)
  const lines = rows.flatMap(([, date, journal, label, amount, , , account]) => {
    const on = parseCompactDate(date ?? '')
    const minor = parseAmount(amount ?? '', EUR)
    return on && minor.ok && label !== undefined && account ? [{ on, minor: minor.value, label, journal: journal ?? '', account }] : []
  })
  return lines.map((line, at) => ({ ...line, at })).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.at - b.at)).map(({ on, minor, label, journal, account }) => ({
    features: featuresOf({ label, counterparty: null, minor, bookedOn: on, account: journal }), name: { id: account, lexicon: [] }, key: `${minor < 0n ? '-' : '+'}${labelKey(cleanLabel(label))}`,
  }))
}

/** What a memory of labels gets: the last answer for the same words, else for the same first word, else what is most frequent in that direction. */
function rememberer(taught: readonly Line[]): { ask(line: Line): string | undefined; tell(line: Line): void } {
  const known = new Map<string, string>()
  const counts = new Map<string, Map<string, number>>()
  const first = (key: string) => `^${key.split(' ')[0]!}`
  const tell = ({ key, name }: Line) => {
    known.set(key, name.id)
    known.set(first(key), name.id)
    const sign = counts.get(key[0]!) ?? new Map<string, number>()
    counts.set(key[0]!, sign.set(name.id, (sign.get(name.id) ?? 0) + 1))
  }
  for (const line of taught) tell(line)
  return { tell, ask: ({ key }) => known.get(key) ?? known.get(first(key)) ?? [...counts.get(key[0]!) ?? []].sort((a, b) => b[1] - a[1])[0]?.[0] }
}

type Score = { readonly asked: number; model: number; memory: number; modelOnline: number; memoryOnline: number }

/** Both on the last lines: taught once, then corrected after each line as a person would. */
function score(lines: readonly Line[]): Score {
  const cut = Math.floor(lines.length * TAUGHT)
  const [taught, asked] = [lines.slice(0, cut), lines.slice(cut)]
  const found: Score = { asked: asked.length, model: 0, memory: 0, modelOnline: 0, memoryOnline: 0 }
  const best = (model: ReturnType<typeof train>['model'], features: Features) => predict(model, features, { limit: 1 })[0]?.id
  const [still, online] = [train(taught).model, train(taught).model]
  const [memory, memoryOnline] = [rememberer(taught), rememberer(taught)]
  for (const line of asked) {
    if (best(still, line.features) === line.name.id) found.model += 1
    if (memory.ask(line) === line.name.id) found.memory += 1
    if (best(online, line.features) === line.name.id) found.modelOnline += 1
    if (memoryOnline.ask(line) === line.name.id) found.memoryOnline += 1
    teach(online, line.features, line.name)
    memoryOnline.tell(line)
  }
  return found
}

const percent = (part: number, whole: number): string => `${(100 * part / whole).toFixed(1)} %`

function realLedgers(folder: string): Result[] {
  const found = LEDGERS.map((name) => join(folder, 'fixtures', 'fec-derived', name)).filter((path) => existsSync(path))
  const scores = found.map((path) => score(ledgerLines(path)))
  const all = scores.reduce((sum, one) => ({ asked: sum.asked + one.asked, model: sum.model + one.model, memory: sum.memory + one.memory, modelOnline: sum.modelOnline + one.modelOnline, memoryOnline: sum.memoryOnline + one.memoryOnline }), { asked: 0, model: 0, memory: 0, modelOnline: 0, memoryOnline: 0 })
  scores.forEach((one, at) => { console.log(`  ledger ${at + 1}: ${one.asked} lines asked; model ${percent(one.model, one.asked)}, memory ${percent(one.memory, one.asked)}; corrected at each line: model ${percent(one.modelOnline, one.asked)}, memory ${percent(one.memoryOnline, one.asked)}`) })
  if (all.asked === 0) return []
  console.log(`  real ledgers together, ${all.asked} lines: model ${percent(all.model, all.asked)}, memory of labels ${percent(all.memory, all.asked)}; corrected at each line: ${percent(all.modelOnline, all.asked)} and ${percent(all.memoryOnline, all.asked)}`)
  expectThat(all.model > all.memory && all.modelOnline > all.memoryOnline, 'what is learnt no longer beats a memory of labels on the real ledgers')
  return []
}

/** Lines of our own generator: wires of customers and suppliers, and what shops, insurers and the bank take. */
function madeLines(count: number, seed: string): Line[] {
  return bankOf(count, seed).lines.map(({ on, minor, label, invoiceIds }) => ({
    features: featuresOf({ label, counterparty: null, minor, bookedOn: on, account: 'a' }), name: { id: invoiceIds.length > 0 ? (minor < 0n ? 'supplier' : 'customer') : labelKey(cleanLabel(label)), lexicon: [] },
    key: `${minor < 0n ? '-' : '+'}${labelKey(cleanLabel(label))}`,
  }))
}

/** Learning and deciding on made lines, in lines per second, beside a memory of labels. On real ledgers, how much of each is right. */
export const categoriseCase: RunCase = async (setting) => {
  const lines = madeLines(Math.min(20_000, Math.round(setting.entries * 0.57)), setting.seed)
  const cut = Math.floor(lines.length * TAUGHT)
  const [taught, asked] = [lines.slice(0, cut), lines.slice(cut)]
  const check = (least: number) => (answers: readonly (string | undefined)[]) => {
    const right = answers.filter((answer, at) => answer === asked[at]!.name.id).length
    expectThat(right >= asked.length * least, `${right} right of ${asked.length}`)
  }
  const results = await measure<readonly (string | undefined)[]>({
    title: `(i) categories, ${taught.length} lines learnt and ${asked.length} asked`, unit: 'lines', work: lines.length, rounds: setting.rounds,
    reference: { name: 'memory of labels', run: () => { const memory = rememberer(taught); return asked.map((line) => memory.ask(line)) }, check: check(0.8) },
    contenders: [{ name: 'train and predict', run: () => { const { model } = train(taught); return asked.map(({ features }) => predict(model, features, { limit: 1 })[0]?.id) }, check: check(0.97) }],
  })
  const corpus = process.env['QUITTANCE_CORPUS']
  return corpus ? [...results, ...realLedgers(corpus)] : results
}
