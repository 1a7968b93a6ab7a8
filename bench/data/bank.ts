import { addDays, type LocalDate } from '../../core/kernel/local-date.ts'
import { dayOf } from './journal.ts'
import { type Random, randomOf } from './random.ts'

export type BankLine = { readonly id: string; readonly on: LocalDate; readonly minor: bigint; readonly label: string; readonly bankRef: string; readonly invoiceIds: readonly string[] }
export type Invoice = { readonly id: string; readonly number: string; readonly party: number; readonly on: LocalDate; readonly dueOn: LocalDate; readonly minor: bigint; readonly isPurchase: boolean }
export type BankData = {
  readonly parties: readonly string[]
  readonly invoices: readonly Invoice[]
  readonly lines: readonly BankLine[]
  /** A second delivery: lines given again, and new ones. `repeats` is the line it repeats, null when it is new. */
  readonly redelivery: readonly (Omit<BankLine, 'invoiceIds'> & { readonly repeats: string | null })[]
}

const TRADES = ['MENUISERIE', 'BOULANGERIE', 'GARAGE', 'IMPRIMERIE', 'TRANSPORTS', 'CABINET', 'ATELIER', 'PEPINIERES', 'LABORATOIRE', 'ELECTRICITE', 'MACONNERIE', 'OPTIQUE', 'LIBRAIRIE', 'CHARPENTE', 'FROMAGERIE']
const NAMES = ['DUVAL', 'MERCIER', 'LANGLOIS', 'ROUSSEL', 'PERRIN', 'CHEVALIER', 'BARBIER', 'MOULIN', 'GARNIER', 'VASSEUR', 'BERTIN', 'LACROIX', 'FONTAINE', 'GUILLOT', 'MAILLARD', 'RENARD', 'TESSIER', 'VOISIN', 'COLLET', 'HUMBERT']
const TOWNS = ['NANTES', 'DIJON', 'TOURS', 'ANGERS', 'METZ', 'BREST', 'NIMES', 'AMIENS', 'LIMOGES', 'POITIERS', 'VANNES', 'ROUEN']
const SHOPS = ['CARTE TOTAL ENERGIES', 'CARTE SNCF CONNECT', 'PRLV ASSURANCE PRO', 'PRLV OPERATEUR FIBRE', 'FRAIS DE TENUE DE COMPTE', 'CARTE PAPETERIE CENTRALE']

function partiesOf(count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    const trade = TRADES[at % TRADES.length]!
    const name = NAMES[Math.floor(at / TRADES.length) % NAMES.length]!
    const town = TOWNS[Math.floor(at / (TRADES.length * NAMES.length)) % TOWNS.length]!
    const turn = Math.floor(at / (TRADES.length * NAMES.length * TOWNS.length))
    return `${trade} ${name} ${town}${turn > 0 ? ` ${'BIS TER QUATER'.split(' ')[turn - 1] ?? turn}` : ''}`
  })
}

/** A number as a hurried payer writes it: two neighbouring digits swapped. */
function slip(number: string): string {
  return `${number.slice(0, -2)}${number.at(-1)!}${number.at(-2)!}`
}

function payments(random: Random, invoices: readonly Invoice[], parties: readonly string[]): Omit<BankLine, 'id' | 'bankRef'>[] {
  const made: Omit<BankLine, 'id' | 'bankRef'>[] = []
  for (const invoice of invoices) {
    const kind = random.below(100)
    if (kind < 4) continue
    const name = parties[invoice.party]!
    const on = addDays(invoice.dueOn, random.below(9) - 2)
    const minor = invoice.isPurchase ? -invoice.minor : invoice.minor
    const words = invoice.isPurchase ? 'VIR SEPA EMIS' : 'VIR SEPA RECU'
    if (kind < 60) made.push({ on, minor, label: `${words} ${name} FACTURE ${invoice.number}`, invoiceIds: [invoice.id] })
    else if (kind < 80) made.push({ on, minor, label: `${words} ${name}`, invoiceIds: [invoice.id] })
    else if (kind < 90) made.push({ on, minor, label: `${words} ${name} ${Number(invoice.number.slice(-5))}`, invoiceIds: [invoice.id] })
    else if (kind < 95) made.push({ on, minor, label: `${words} ${name.slice(0, 9)} REF ${invoice.number.replaceAll('-', '')}`, invoiceIds: [invoice.id] })
    else made.push({ on, minor, label: `${words} ${name} FACTURE ${slip(invoice.number)}`, invoiceIds: [invoice.id] })
  }
  return made
}

/** A bank account over a year: payments of invoices written in five ways, card and direct-debit lines that no invoice explains, and a second delivery. */
export function bankOf(count: number, seed: string): BankData {
  const random = randomOf(`bank ${seed}`)
  const invoiceCount = Math.round(count * 0.75)
  const parties = partiesOf(Math.max(12, Math.round(invoiceCount / 12)))
  const invoices = Array.from({ length: invoiceCount }, (_, at): Invoice => {
    const on = dayOf(Math.floor(at * 280 / invoiceCount))
    const isPurchase = random.chance(35)
    const party = random.below(Math.floor(parties.length / 2)) * 2 + (isPurchase ? 1 : 0)
    return { id: `I${at + 1}`, number: `${isPurchase ? 'F' : 'FA'}-2026-${String(at + 1).padStart(5, '0')}`, party: party % parties.length, on, dueOn: addDays(on, 30), minor: BigInt(2_000 + random.below(800_000)), isPurchase }
  })
  const paid = payments(random, invoices, parties)
  const others = Array.from({ length: Math.max(1, count - paid.length) }, (_, at) => ({ on: dayOf(random.below(336)), minor: -BigInt(100 + random.below(30_000)), label: `${random.pick(SHOPS)} ${100 + at}`, invoiceIds: [] }))
  const all = [...paid, ...others].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const lines = all.map((line, at): BankLine => ({ ...line, id: `L${at + 1}`, bankRef: `B${String(at + 1).padStart(8, '0')}` }))
  return { parties, invoices, lines, redelivery: redeliver(random, lines) }
}

/** A tenth of the lines again, as they were or without their identifier, and some that nobody has seen. */
function redeliver(random: Random, lines: readonly BankLine[]): BankData['redelivery'] {
  const again = lines.filter(() => random.chance(10)).map(({ id, on, minor, label, bankRef }) => ({ id: `R${id}`, on, minor, label, bankRef, repeats: id }))
  const last = lines.at(-1)!.on
  const fresh = Array.from({ length: Math.max(2, Math.round(lines.length / 100)) }, (_, at) => ({
    id: `N${at + 1}`, on: addDays(last, 1 + at % 6), minor: -BigInt(5_000_000 + at), label: `CARTE BRICOLAGE ${at}`, bankRef: `N${String(at + 1).padStart(8, '0')}`, repeats: null,
  }))
  return [...again, ...fresh]
}
