import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { currency } from '../../core/kernel/currency.ts'
import { localDate } from '../../core/kernel/local-date.ts'
import { writeCamt053 } from '../../server/modules/demo/generator/camt-writer.ts'
import { ibanOf, writeCfonb120 } from '../../server/modules/demo/generator/cfonb120-writer.ts'

/** The files a company brings: its bank in two formats, its invoices, all of 2025. */
export type CompanyFiles = { readonly folder: string; readonly cfonb120: string; readonly camt053: string; readonly invoices: string }

/** A company of a thousand entries, from the generator of the corpus. */
function generated(corpus: string, folder: string): CompanyFiles {
  const script = join(corpus, 'bench', 'generate.mjs')
  const made = spawnSync(process.execPath, [script, '--size', '1k', '--seed', 'road', '--start', '2025-01-01', '--years', '1', '--out', folder], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`the generator failed: ${made.stderr}`)
  return { folder, cfonb120: join(folder, 'bank-1.cfonb120.txt'), camt053: join(folder, 'bank-1.camt053.xml'), invoices: join(folder, 'invoices.csv') }
}

const CUSTOMERS = ['Verrerie du Canal', 'Imprimerie Sorel', 'Maison Tessier', 'Ateliers Gauvin', 'Librairie Pastel', 'Menuiserie Roche'] as const
const RIB = { bank: '30009', branch: '00471', account: '0000471204A' }

/** Six invoices, each paid a month later with its number in the label, and one charge: small enough to be checked by eye. */
function written(folder: string): CompanyFiles {
  const sales = CUSTOMERS.map((name, index) => ({ name, number: `V-2025-${String(index + 1).padStart(3, '0')}`, month: String(index + 1).padStart(2, '0'), paid: String(index + 2).padStart(2, '0'), net: 10_000n * BigInt(index + 3) }))
  const euros = (cents: bigint) => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
  const rows = sales.map(({ name, number, month, net }, index) => `s${index + 1},sale,${number},c${index + 1},${name},2025-${month}-05,2025-${month}-28,EUR,${euros(net)},${euros(net / 5n)},${euros(net + net / 5n)}`)
  const lines = [
    ...sales.map(({ name, number, paid, net }) => ({ on: localDate(`2025-${paid}-03`), amount: net + net / 5n, words: `VIR SEPA ${number}`, details: { name, remittance: `FACTURE ${number}` } })),
    { on: localDate('2025-12-30'), amount: -1_250n, words: 'FRAIS DE TENUE DE COMPTE', details: {} },
  ]
  const opening = { on: localDate('2025-01-01'), amount: 250_000n }
  const closing = { on: localDate('2025-12-31'), amount: lines.reduce((total, line) => total + line.amount, opening.amount) }
  const files = { folder, cfonb120: join(folder, 'releve.cfo'), camt053: join(folder, 'releve.xml'), invoices: join(folder, 'invoices.csv') }
  const moves = lines.map(({ on, amount, words, details }, index) => ({
    on, amount, words, code: amount > 0n ? '18' : '64', reference: `25${String(index + 1).padStart(5, '0')}`,
    details: 'name' in details ? [{ qualifier: 'NPY', text: details.name! }, { qualifier: 'LCC', text: details.remittance! }] : [],
  }))
  writeFileSync(files.cfonb120, writeCfonb120({ rib: RIB, opening, closing, moves }))
  const camt = new TextDecoder().decode(writeCamt053({ account: 'X', currency: currency('EUR'), id: 'RELEVE2025', opening, closing, lines: lines as never }))
  writeFileSync(files.camt053, camt.replace('<Othr><Id>X</Id></Othr>', `<IBAN>${ibanOf(RIB)}</IBAN>`))
  writeFileSync(files.invoices, `${['invoice_id,kind,number,party_id,party_name,date,due_date,currency,net,vat,gross', ...rows].join('\n')}\n`)
  return files
}

/** Generated when a corpus is named, else a small set written here. The folder is the caller's to remove. */
export function companyFiles(): CompanyFiles {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-road-'))
  const corpus = process.env['QUITTANCE_CORPUS']
  return corpus ? generated(corpus, folder) : written(folder)
}

/** The name of a file without its folder, and what is in it, to be dropped on a page. */
export function droppable(path: string): { readonly name: string; readonly base64: string } {
  return { name: path.split('/').at(-1)!, base64: readFileSync(path).toString('base64') }
}
