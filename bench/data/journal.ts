import type { LocalDate } from '../../core/kernel/local-date.ts'
import type { PostingDraft } from '../../server/modules/ledger/index.ts'
import { randomOf } from './random.ts'

/** The year all generated entries are in, and the day on which the generated company works. */
export const YEAR = 2026
export const TODAY = `${YEAR}-12-31` as LocalDate

/** A day of the year from its rank, every month with 28 days so that each day exists. */
export function dayOf(rank: number): LocalDate {
  const month = Math.floor(rank / 28) % 12 + 1
  return `${YEAR}-${String(month).padStart(2, '0')}-${String(rank % 28 + 1).padStart(2, '0')}` as LocalDate
}

const EXPENSES = ['601000', '606100', '606400', '613200', '615600', '622600', '623000', '625100', '626000', '627000'] as const
const SALES = ['701000', '706000', '707000', '708500'] as const

/** Balanced entries in the order of their days: sales and purchases with VAT (three lines), receipts and payments (two lines). */
export function journalOf(count: number, seed: string): PostingDraft[] {
  const random = randomOf(`journal ${seed}`)
  return Array.from({ length: count }, (_, at): PostingDraft => {
    const date = dayOf(Math.floor(at * 336 / count))
    const net = BigInt(1_000 + random.below(900_000))
    const vat = net / 5n
    const party = random.below(Math.max(20, count / 20))
    const customer = { code: `C${party}`, name: `Client ${party}` }
    const supplier = { code: `F${party}`, name: `Fournisseur ${party}` }
    const kind = random.below(4)
    const label = `${['Facture', 'Achat', 'Encaissement', 'Paiement'][kind]!} ${at + 1}`
    const line = (account: string, debit: bigint, { credit = 0n, auxiliary = null }: { credit?: bigint; auxiliary?: typeof customer | null } = {}) => ({ account, auxiliary, label, debit, credit, foreign: null })
    const lines = [
      () => [line('411000', net + vat, { auxiliary: customer }), line(random.pick(SALES), 0n, { credit: net }), line('445710', 0n, { credit: vat })],
      () => [line(random.pick(EXPENSES), net), line('445660', vat), line('401000', 0n, { credit: net + vat, auxiliary: supplier })],
      () => [line('512000', net), line('411000', 0n, { credit: net, auxiliary: customer })],
      () => [line('401000', net, { auxiliary: supplier }), line('512000', 0n, { credit: net })],
    ][kind]!()
    return { journal: ['VT', 'AC', 'BQ', 'BQ'][kind]!, date, pieceRef: `P${at + 1}`, pieceDate: date, label, source: 'manual', sourceId: null, lines }
  })
}

/** Debit and credit of each account, added up apart from the product: what a right answer is. */
export function totalsOf(drafts: readonly PostingDraft[]): Map<string, { debit: bigint; credit: bigint }> {
  const totals = new Map<string, { debit: bigint; credit: bigint }>()
  for (const { lines } of drafts) {
    for (const { account, debit, credit } of lines) {
      const total = totals.get(account) ?? { debit: 0n, credit: 0n }
      total.debit += debit
      total.credit += credit
      totals.set(account, total)
    }
  }
  return totals
}
