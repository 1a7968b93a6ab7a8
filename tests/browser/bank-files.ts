import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { currency } from '../../core/kernel/currency.ts'
import { localDate } from '../../core/kernel/local-date.ts'
import { writeCamt053 } from '../../server/modules/demo/generator/camt-writer.ts'
import { ibanOf, writeCfonb120 } from '../../server/modules/demo/generator/cfonb120-writer.ts'

const RIB = { bank: '30009', branch: '00471', account: '0000471205B' }
export const CURRENT_IBAN = ibanOf(RIB)

type Move = { readonly on: string; readonly cents: number; readonly words: string }
/** What comes back every month, and what came once. Invented names. */
const MONTHLY = [['05', -145_000, 'PRLV SCI DES TILLEULS LOYER'], ['12', -3_990, 'PRLV FIBRE DU NORD'], ['15', -8_900, 'PRLV LOGICIELS ATELIER'], ['20', -1_250, 'FRAIS DE TENUE DE COMPTE']] as const
const ONCE: readonly Move[] = [
  { on: '2025-01-08', cents: -4_890, words: 'CARTE PAPETERIE DU PORT' }, { on: '2025-01-17', cents: -12_800, words: 'CARTE CHEMINS DE FER' }, { on: '2025-01-28', cents: -20_000, words: 'VIR VERS LIVRET EPARGNE' },
  { on: '2025-02-09', cents: -6_120, words: 'CARTE PAPETERIE DU PORT' }, { on: '2025-02-18', cents: -32_000, words: 'CHEQUE 4471' }, { on: '2025-02-26', cents: 240_000, words: 'VIR VERRERIE DU CANAL' },
  { on: '2025-03-11', cents: -5_510, words: 'CARTE PAPETERIE DU PORT' }, { on: '2025-03-24', cents: 96_000, words: 'VIR MAISON TESSIER' },
]
const MOVES: readonly Move[] = [...['01', '02', '03'].flatMap((month) => MONTHLY.map(([day, cents, words]) => ({ on: `2025-${month}-${day}`, cents, words }))), ...ONCE].sort((a, b) => a.on.localeCompare(b.on))
const OPENING = 800_000

export type BankFiles = { readonly folder: string; readonly cfonb120: string; readonly camt053: string; readonly csv: string; /** Lines of the current account; those that both of its files hold; lines of the savings account. */ readonly counts: { readonly current: number; readonly both: number; readonly savings: number } }

/** Three files of a first quarter: January and February in CFONB 120, the end of February and March in CAMT.053, the savings account as a CSV in ISO-8859-15. */
export function bankFiles(): BankFiles {
  const folder = mkdtempSync(join(tmpdir(), 'quittance-bank-'))
  const files = { folder, cfonb120: join(folder, 'janvier-fevrier.cfo'), camt053: join(folder, 'mars.xml'), csv: join(folder, 'livret.csv') }
  const balanceAt = (day: string) => BigInt(MOVES.filter(({ on }) => on <= day).reduce((sum, { cents }) => sum + cents, OPENING))
  const lines = (moves: readonly Move[]) => moves.map(({ on, cents, words }) => ({ on: localDate(on), amount: BigInt(cents), words, details: {} }))
  const winter = MOVES.filter(({ on }) => on < '2025-03-01')
  const march = MOVES.filter(({ on }) => on > '2025-02-17')
  writeFileSync(files.cfonb120, writeCfonb120({
    rib: RIB, opening: { on: localDate('2024-12-31'), amount: BigInt(OPENING) }, closing: { on: localDate('2025-02-28'), amount: balanceAt('2025-02-28') },
    moves: lines(winter).map((line, index) => ({ ...line, code: line.amount > 0n ? '18' : '64', reference: `25${String(index + 1).padStart(5, '0')}`, details: [] })),
  }))
  const camt = new TextDecoder().decode(writeCamt053({ account: 'X', currency: currency('EUR'), id: 'MARS2025', opening: { on: localDate('2025-02-17'), amount: balanceAt('2025-02-17') }, closing: { on: localDate('2025-03-31'), amount: balanceAt('2025-03-31') }, lines: lines(march) as never }))
  writeFileSync(files.camt053, camt.replace('<Othr><Id>X</Id></Othr>', `<IBAN>${CURRENT_IBAN}</IBAN>`))
  const savings = ['Date;Libellé;Débit;Crédit', '28/01/2025;VIREMENT REÇU DU COMPTE COURANT;;200,00', '31/03/2025;INTÉRÊTS DU TRIMESTRE;;4,15']
  writeFileSync(files.csv, Buffer.from(`${savings.join('\r\n')}\r\n`, 'latin1'))
  return { ...files, counts: { current: MOVES.length, both: winter.filter(({ on }) => on > '2025-02-17').length, savings: savings.length - 1 } }
}
