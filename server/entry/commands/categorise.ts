import { basename, dirname } from 'node:path'
import { featuresOf, type Sample } from '../../../core/category/features.ts'
import { predict } from '../../../core/category/model.ts'
import { train } from '../../../core/category/train.ts'
import { type BankRow, readBank, readLabels } from '../../../formats/business/readers.ts'
import type { CommandIo } from '../command.ts'
import { csvCell, labelledOptions, readDataFile, tellProblems, writeOut } from './data-folder.ts'

/** The latest labelled lines that are learnt from: older ones tell little more and would cost memory. */
const EXAMPLES_MAX = 60_000

/**
 * `quittance categorise --data <folder> --labels <csv> --out <csv>`: reads bank.csv, learns from the lines that the labels name
 * (line_id,category), writes line_id,category,confidence for every other line. Labels of lines that bank.csv does not have are left aside.
 */
export async function categoriseCommand(args: string[], io: CommandIo): Promise<number> {
  const options = labelledOptions(args, { command: 'categorise', io })
  if (!options) return 2
  const bankFile = readDataFile(options.data, 'bank.csv')
  const labelFile = readDataFile(dirname(options.labels), basename(options.labels))
  if (tellProblems([...bankFile.problems, ...labelFile.problems], io)) return 1
  const bank = readBank(bankFile.text)
  const labels = readLabels(labelFile.text, basename(options.labels))
  const refused = tellProblems([...bank.problems, ...labels.problems], io)
  const categories = new Map(labels.value.map(({ lineId, category }) => [lineId, category]))
  const labelled = bank.value.filter(({ id }) => categories.has(id)).toSorted((a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0)).slice(-EXAMPLES_MAX)
  if (labelled.length === 0) {
    io.err('Aucune ligne de bank.csv n\'a de catégorie dans le fichier donné par --labels. / No line of bank.csv has a category in the file given by --labels.\n')
    return 1
  }
  const { model, measure } = train(labelled.map((row) => ({ features: featuresOf(sampleOf(row)), name: { id: categories.get(row.id)!, lexicon: [] } })))
  const rows = bank.value.filter(({ id }) => !categories.has(id)).map((row) => {
    const best = predict(model, featuresOf(sampleOf(row)), { limit: 1 })[0]!
    return `${csvCell(row.id)},${csvCell(best.id)},${best.confidence.toFixed(4)}`
  })
  if (!writeOut(options.out, ['line_id,category,confidence', ...rows], io)) return 1
  io.err(`${labelled.length} lignes apprises, ${rows.length} classées${measure ? ` ; ${Math.round(measure.accuracy * 1000) / 10} % de justes sur les ${measure.heldOut} dernières mises de côté` : ''}.\n`)
  return refused ? 1 : 0
}

function sampleOf(row: BankRow): Sample {
  return { label: row.label, counterparty: null, minor: row.minor, bookedOn: row.bookedOn, account: row.account }
}
