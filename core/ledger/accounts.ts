import { assert } from '../kernel/assert.ts'
import { type ChartAccount, PCG_2026, PCG_RETIRED } from './pcg-2026.ts'

/** Account numbers are padded on the right with zeros up to this many digits; longer numbers are kept as they are. */
export const ACCOUNT_DIGITS = 6

/** Accounts the product posts to by itself. Their numbers are final: existing entries carry them. */
export const ACCOUNT = {
  customers: '411000', customersDoubtful: '416000', customersToInvoice: '418100', customerDeposits: '419100',
  suppliers: '401000', suppliersOfAssets: '404000',
  vatToPay: '445510', vatOnAssets: '445620', vatDeductible: '445660', vatDeductiblePending: '445640', vatCreditCarried: '445670',
  vatCollected: '445710', vatCollectedPending: '445740',
  suspense: '471000', bank: '512000', cash: '530000', internalTransfers: '580000',
  services: '706000', goods: '707000', shipping: '708500',
  bankFees: '627000', badDebts: '654000', sundryCharges: '658000', discountsGranted: '665000',
  sundryIncome: '758000', discountsObtained: '765000',
  profitOfYear: '120000', lossOfYear: '129000', profitBroughtForward: '110000', lossBroughtForward: '119000',
} as const

/** The last digit of the TVA accounts, and the rate it stands for (core/invoice/accounts.ts posts to them). */
const VAT_RATES_BY_DIGIT = [['1', '20 %'], ['2', '10 %'], ['3', '5,5 %'], ['4', '2,1 %'], ['5', '8,5 %'], ['6', '13 %'], ['9', 'autre taux']] as const

/**
 * Our own sub-accounts, with the label printed on them. The two "en attente" accounts are a common usage for VAT that is due
 * on payment (services): the chart names neither 44564 nor 44574.
 */
const QUITTANCE_ACCOUNTS: readonly ChartAccount[] = (
  [
    ['401000', 'Fournisseurs'],
    ['404000', "Fournisseurs d'immobilisations"],
    ['411000', 'Clients'],
    ['418100', 'Clients - Factures à établir'],
    ['419100', 'Clients - Avances et acomptes reçus sur commandes'],
    ['445510', 'TVA à décaisser'],
    ['445620', 'TVA sur immobilisations'],
    ['445640', 'TVA sur achats en attente de paiement'],
    ['445660', 'TVA sur autres biens et services'],
    ['445710', 'TVA collectée'],
    ['445740', "TVA collectée en attente d'encaissement"],
    ['471000', "Compte d'attente"],
    ['512000', 'Banque'],
    ['530000', 'Caisse'],
    ['580000', 'Virements internes'],
    ['627000', 'Services bancaires et assimilés'],
    ['654000', 'Pertes sur créances irrécouvrables'],
    ['658000', 'Pénalités et autres charges'],
    ['665000', 'Escomptes accordés'],
    ['706000', 'Prestations de services'],
    ['707000', 'Ventes de marchandises'],
    ['708500', 'Ports et frais accessoires facturés'],
    ['758000', 'Indemnités et autres produits'],
  ] as const
).map(([number, label]) => ({ number, label, system: 'quittance' }))

const byNumber = new Map<string, ChartAccount>([...PCG_RETIRED, ...PCG_2026, ...QUITTANCE_ACCOUNTS].map((account) => [account.number, account]))

/** TVA by rate: exact numbers only, since 44571200 of another ledger says nothing of a rate. */
const vatByRate = new Map<string, ChartAccount>(VAT_RATES_BY_DIGIT.flatMap(([digit, rate]) => [
  [`44571${digit}`, `TVA collectée ${rate}`], [`44574${digit}`, `TVA collectée en attente d'encaissement ${rate}`],
  [`44566${digit}`, `TVA déductible sur autres biens et services ${rate}`], [`44562${digit}`, `TVA déductible sur immobilisations ${rate}`],
]).map(([number, label]) => [number!, { number: number!, label: label!, system: 'quittance' }]))

/** True when the text can number an account: three digits or more to begin with, then letters or digits (FEC, CompteNum). */
export function isAccountNumber(text: string): boolean {
  return /^[1-9]\d{2}[0-9A-Za-z]{0,17}$/.test(text)
}

/**
 * The padding rule: an account is written with at least six characters, zeros being added on the right ("411" is 411000).
 * Padding never shortens, so an imported 8-digit number keeps its eight digits.
 */
export function padAccount(number: string, digits: number = ACCOUNT_DIGITS): string {
  return number.padEnd(digits, '0')
}

/**
 * The account of the chart that a number belongs to: ours when it is one of the product's own, otherwise the longest account
 * of the chart that begins the number (512100 is found under 512, 44571200 under 44571). Undefined outside classes 1 to 8.
 */
export function findAccount(number: string): ChartAccount | undefined {
  const ofRate = vatByRate.get(number)
  if (ofRate) return ofRate
  for (let length = number.length; length > 0; length -= 1) {
    const found = byNumber.get(number.slice(0, length))
    if (found) return found
  }
  return undefined
}

/** The official label of the account a number belongs to; the number itself when the chart holds nothing for it. */
export function accountLabel(number: string): string {
  return findAccount(number)?.label ?? number
}

/** The class of an account, '1' to '8': its first digit. */
export function classOf(account: string): string {
  return account.slice(0, 1)
}

/** Third parties' collective accounts: lines on them carry an auxiliary and are lettered. */
export function isThirdParty(account: string): boolean {
  return /^(40|41)/.test(account)
}

/** The sub-account of a root of three digits: 512001 is the first under 512. The index is 1-based and has at most three digits. */
export function subAccount(root: string, index: number): string {
  assert(/^\d{3}$/.test(root) && Number.isInteger(index) && index >= 1 && index <= 999, `no sub-account ${index} under ${root}`)
  return `${root}${String(index).padStart(3, '0')}`
}

/**
 * True when the number begins with one of the prefixes. The prefixes are account roots such as '707' or '6037'.
 */
export function startsWithAny(account: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => account.startsWith(prefix))
}
