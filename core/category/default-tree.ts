import { localDate, type LocalDate } from '../kernel/local-date.ts'
import type { VatRateKey } from './vat.ts'

export type CategoryKind = 'income' | 'expense' | 'transfer'

/** The text of law behind a TVA that is not the plain one, and since when it reads so. */
export type Legal = { readonly source: string; readonly since: LocalDate }

/** A category every company receives. `deductible`: how much of the TVA of a purchase is deducted, in percent. */
export type DefaultCategory = {
  readonly key: string
  readonly parent: string | null
  readonly name: string
  readonly kind: CategoryKind
  readonly account: string
  readonly vatRate: VatRateKey
  readonly deductible: number
  readonly legal: Legal | null
}

type Vat = VatRateKey | readonly [VatRateKey, number, string, string] | readonly [VatRateKey, string, string]
type Row = readonly [key: string, name: string, account: string, vat: Vat]

function category(kind: CategoryKind, parent: string | null, [key, name, account, vat]: Row): DefaultCategory {
  const base = { key, parent, name, kind, account }
  if (typeof vat === 'string') return { ...base, vatRate: vat, deductible: 100, legal: null }
  const [vatRate, deductible, source, since] = vat.length === 4 ? vat : [vat[0], 100, vat[1], vat[2]] as const
  return { ...base, vatRate, deductible, legal: { source, since: localDate(since) } }
}

function group(kind: CategoryKind, own: Row, children: readonly Row[]): DefaultCategory[] {
  return [category(kind, null, own), ...children.map((row) => category(kind, own[0], row))]
}

const EXEMPT_FINANCE = ['none', 'CGI art. 261 C, 1°', '1979-01-01'] as const
const EXEMPT_INSURANCE = ['none', 'CGI art. 261 C, 2°', '1979-01-01'] as const
const NO_PASSENGERS = ['intermediate', 0, 'CGI ann. II art. 206, IV, 2, 5° (transport de personnes)', '2008-01-01'] as const
const NO_LODGING = ['intermediate', 0, 'CGI ann. II art. 206, IV, 2, 2° (logement des dirigeants et du personnel)', '2008-01-01'] as const
const NO_CARS = ['standard', 0, 'CGI ann. II art. 206, IV, 2, 6° (véhicules de tourisme)', '2008-01-01'] as const
const FUEL = ['standard', 80, 'CGI art. 298, 4, 1° (essence et gazole des véhicules de tourisme)', '2022-01-01'] as const
const RENT = ['none', 'CGI art. 261 D, 2° (locaux nus, sauf option de l\'art. 260)', '1991-01-01'] as const

/**
 * The categories a French small company starts with, in two levels. The words are ours; the accounts are those of the PCG.
 * Where TVA follows a text of its own, the text is named; elsewhere the rate is the usual one of such purchases, and a person changes it.
 */
export const DEFAULT_TREE: readonly DefaultCategory[] = [
  ...group('income', ['income', 'Ventes et recettes', '706000', 'standard'], [
    ['customer_payments', 'Règlements de clients', '411000', 'none'],
    ['sales_services', 'Prestations de services', '706000', 'standard'],
    ['sales_goods', 'Ventes de marchandises', '707000', 'standard'],
    ['card_payouts', 'Encaissements par carte et plateformes', '511700', 'none'],
    ['subsidies', 'Subventions et aides', '740000', 'none'],
    ['interest_income', 'Intérêts reçus', '768000', EXEMPT_FINANCE],
    ['other_income', 'Autres recettes', '758000', 'none'],
  ]),
  ...group('expense', ['purchases', 'Achats et sous-traitance', '607000', 'standard'], [
    ['supplier_payments', 'Règlements de fournisseurs', '401000', 'none'],
    ['goods', 'Marchandises', '607000', 'standard'],
    ['raw_materials', 'Matières premières', '601000', 'standard'],
    ['food', 'Denrées alimentaires', '601000', 'reduced'],
    ['subcontracting', 'Sous-traitance', '604000', 'standard'],
    ['carriage', 'Transports sur achats et ventes', '624000', 'standard'],
  ]),
  ...group('expense', ['premises', 'Locaux et énergie', '613200', RENT], [
    ['rent', 'Loyers et charges locatives', '613200', RENT],
    ['energy', 'Électricité, gaz, eau', '606100', 'standard'],
    ['cleaning', 'Entretien et nettoyage', '615200', 'standard'],
    ['repairs', 'Réparations et maintenance', '615600', 'standard'],
  ]),
  ...group('expense', ['office', 'Bureau et informatique', '606400', 'standard'], [
    ['office_supplies', 'Fournitures de bureau', '606400', 'standard'],
    ['small_equipment', 'Petit matériel et outillage', '606300', 'standard'],
    ['software', 'Logiciels et abonnements', '651100', 'standard'],
    ['telecom', 'Téléphone et internet', '626200', 'standard'],
    ['postage', 'Affranchissements', '626100', ['none', 'CGI art. 261, 4, 11° (service universel postal)', '2006-01-01']],
    ['documentation', 'Livres et documentation', '618100', 'reduced'],
    ['equipment', 'Matériel immobilisé', '218300', 'standard'],
  ]),
  ...group('expense', ['travel_group', 'Déplacements et véhicules', '625100', NO_PASSENGERS], [
    ['travel', 'Train, avion, taxi', '625100', NO_PASSENGERS],
    ['hotel', 'Hôtels', '625100', NO_LODGING],
    ['restaurant', 'Restaurants et réceptions', '625700', 'intermediate'],
    ['fuel', 'Carburant', '606140', FUEL],
    ['tolls', 'Péages et stationnement', '625100', 'standard'],
    ['vehicle_lease', 'Location de véhicules', '613500', NO_CARS],
    ['vehicle_repair', 'Entretien des véhicules', '615500', NO_CARS],
  ]),
  ...group('expense', ['services', 'Services et honoraires', '622600', 'standard'], [
    ['professional_fees', 'Honoraires (comptable, avocat)', '622600', 'standard'],
    ['advertising', 'Publicité et communication', '623000', 'standard'],
    ['training', 'Formation', '618500', ['none', 'CGI art. 261, 4, 4°, a (organismes attestés)', '1994-01-01']],
    ['insurance', 'Assurances', '616000', EXEMPT_INSURANCE],
    ['temporary_staff', 'Intérim', '621100', 'standard'],
    ['subscriptions', 'Cotisations professionnelles', '628100', 'none'],
    ['gifts', 'Cadeaux', '623400', ['none', 'CGI ann. II art. 206, IV, 2, 3° (biens cédés sans rémunération)', '2008-01-01']],
  ]),
  ...group('expense', ['people', 'Personnel', '641000', 'none'], [
    ['salary', 'Salaires', '421000', 'none'],
    ['social_charges', 'Cotisations sociales', '431000', 'none'],
    ['pension', 'Retraite, prévoyance, mutuelle', '437000', 'none'],
    ['tax_payroll', 'Prélèvement à la source', '442100', 'none'],
    ['expense_claims', 'Notes de frais', '425000', 'none'],
    ['owner_contributions', 'Cotisations de l\'exploitant', '646000', 'none'],
  ]),
  ...group('expense', ['taxes', 'Impôts et taxes', '635000', 'none'], [
    ['tax_vat', 'TVA payée', '445510', 'none'],
    ['tax_income', 'Impôt sur les sociétés', '444000', 'none'],
    ['tax_local', 'CFE et taxes locales', '635110', 'none'],
    ['fines', 'Amendes et pénalités', '658000', 'none'],
  ]),
  ...group('expense', ['finance', 'Banque et financement', '627000', EXEMPT_FINANCE], [
    ['bank_fees', 'Frais bancaires', '627000', EXEMPT_FINANCE],
    ['interest', 'Intérêts et agios', '661100', EXEMPT_FINANCE],
  ]),
  ...group('transfer', ['transfers', 'Mouvements sans charge ni produit', '580000', 'none'], [
    ['internal_transfer', 'Virements internes', '580000', 'none'],
    ['cash_withdrawal', 'Retraits et dépôts d\'espèces', '580000', 'none'],
    ['loan_in', 'Emprunts reçus', '164000', 'none'],
    ['loan_repayment', 'Remboursements d\'emprunt', '164000', 'none'],
    ['capital', 'Apports en capital', '101300', 'none'],
    ['shareholder_account', 'Compte courant d\'associé', '455000', 'none'],
    ['dividends', 'Dividendes versés', '457000', 'none'],
    ['private', 'Compte de l\'exploitant', '108000', 'none'],
  ]),
]
