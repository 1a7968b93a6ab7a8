import type { Text } from '../kernel/problem.ts'

/** A line of the balance sheet. `cell` is its place on form 2033-A (gross column of an asset), null when the form has none. */
export type SheetLine = { readonly id: string; readonly cell: string | null; readonly label: Text }

/** Where the balance of an account goes: a line, and for an asset its gross amount or what reduces it. */
export type SheetRule = { readonly prefixes: string; readonly side?: 'D' | 'C'; readonly line: string; readonly reduces?: true }

const line = (id: string, cell: string | null, label: readonly [fr: string, en: string]): SheetLine => ({ id, cell, label: { fr: label[0], en: label[1] } })

/** Assets in the order they are printed. Source: PCG art. 821-1, 822-1; form 2033-A (2023 edition). */
export const ASSET_LINES: readonly SheetLine[] = [
  line('uncalledCapital', null, ['Capital souscrit non appelé', 'Subscribed capital not called']),
  line('goodwill', '010', ['Fonds commercial', 'Goodwill']),
  line('intangibleAssets', '014', ['Autres immobilisations incorporelles', 'Other intangible assets']),
  line('tangibleAssets', '028', ['Immobilisations corporelles', 'Tangible assets']),
  line('financialAssets', '040', ['Immobilisations financières', 'Financial assets']),
  line('rawStocks', '050', ['Matières premières, en-cours et produits', 'Raw materials, work in progress and products']),
  line('goodsStocks', '060', ['Marchandises', 'Goods for resale']),
  line('advancesPaid', '064', ['Avances et acomptes versés', 'Advances paid']),
  line('customers', '068', ['Clients et comptes rattachés', 'Customers and related accounts']),
  line('otherReceivables', '072', ['Autres créances', 'Other receivables']),
  line('securities', '080', ['Valeurs mobilières de placement', 'Securities']),
  line('cash', '084', ['Disponibilités', 'Cash at bank and in hand']),
  line('prepaidCharges', '092', ["Charges constatées d'avance", 'Prepaid charges']),
]

/** Equity and liabilities in the order they are printed. Source: PCG art. 821-1, 822-1; form 2033-A (2023 edition). */
export const LIABILITY_LINES: readonly SheetLine[] = [
  line('capital', '120', ['Capital', 'Capital']),
  line('sharePremiums', '132', ["Primes d'émission, de fusion, d'apport", 'Share premiums']),
  line('revaluation', '124', ['Écarts de réévaluation', 'Revaluation differences']),
  line('legalReserve', '126', ['Réserve légale', 'Legal reserve']),
  line('regulatedReserves', '130', ['Réserves réglementées', 'Regulated reserves']),
  line('otherReserves', '132', ['Autres réserves', 'Other reserves']),
  line('broughtForward', '134', ['Report à nouveau', 'Retained earnings']),
  line('result', '136', ["Résultat de l'exercice", 'Result of the year']),
  line('investmentGrants', null, ["Subventions d'investissement", 'Investment grants']),
  line('regulatedProvisions', '140', ['Provisions réglementées', 'Regulated provisions']),
  line('provisions', '154', ['Provisions', 'Provisions']),
  line('loans', '156', ['Emprunts et dettes assimilées', 'Loans and similar debts']),
  line('overdrafts', '156', ['Concours bancaires courants', 'Bank overdrafts']),
  line('advancesReceived', '164', ['Avances et acomptes reçus', 'Advances received']),
  line('suppliers', '166', ['Fournisseurs et comptes rattachés', 'Suppliers and related accounts']),
  line('assetSuppliers', '172', ["Dettes sur immobilisations", 'Debts on fixed assets']),
  line('taxAndSocial', '172', ['Dettes fiscales et sociales', 'Tax and social debts']),
  line('otherDebts', '172', ['Autres dettes', 'Other debts']),
  line('deferredIncome', '174', ["Produits constatés d'avance", 'Deferred income']),
]

/** Ids of the lines that make up equity, in LIABILITY_LINES. */
export const EQUITY_LINES: readonly string[] = [
  'capital', 'sharePremiums', 'revaluation', 'legalReserve', 'regulatedReserves', 'otherReserves', 'broughtForward', 'result', 'investmentGrants', 'regulatedProvisions',
]

/**
 * Account to line. The longest prefix wins; at equal length a rule with the balance's side wins over one without.
 * Each class ends with a rule of one digit, so that every account has a place.
 */
export const SHEET_RULES: readonly SheetRule[] = [
  { prefixes: '1 10 101 102 108', line: 'capital' },
  { prefixes: '109', line: 'uncalledCapital' },
  { prefixes: '104', line: 'sharePremiums' },
  { prefixes: '105 107', line: 'revaluation' },
  { prefixes: '1061', line: 'legalReserve' },
  { prefixes: '1062 1064', line: 'regulatedReserves' },
  { prefixes: '106', line: 'otherReserves' },
  { prefixes: '11', line: 'broughtForward' },
  { prefixes: '12', line: 'result' },
  { prefixes: '13', line: 'investmentGrants' },
  { prefixes: '14', line: 'regulatedProvisions' },
  { prefixes: '15', line: 'provisions' },
  { prefixes: '16 17', line: 'loans' },
  { prefixes: '169', line: 'prepaidCharges' },
  { prefixes: '18', side: 'D', line: 'otherReceivables' },
  { prefixes: '18', side: 'C', line: 'otherDebts' },
  { prefixes: '19', line: 'provisions' },
  { prefixes: '206 207', line: 'goodwill' },
  { prefixes: '2806 2807 2906 2907', line: 'goodwill', reduces: true },
  { prefixes: '20 232 237', line: 'intangibleAssets' },
  { prefixes: '280 290 2932', line: 'intangibleAssets', reduces: true },
  { prefixes: '2 21 22 23', line: 'tangibleAssets' },
  { prefixes: '28 29', line: 'tangibleAssets', reduces: true },
  { prefixes: '25 26 27', line: 'financialAssets' },
  { prefixes: '296 297', line: 'financialAssets', reduces: true },
  { prefixes: '269 279', side: 'C', line: 'assetSuppliers' },
  { prefixes: '3', line: 'rawStocks' },
  { prefixes: '39', line: 'rawStocks', reduces: true },
  { prefixes: '37', line: 'goodsStocks' },
  { prefixes: '397', line: 'goodsStocks', reduces: true },
  { prefixes: '4', side: 'D', line: 'otherReceivables' },
  { prefixes: '4', side: 'C', line: 'otherDebts' },
  { prefixes: '401 403 408', side: 'C', line: 'suppliers' },
  { prefixes: '404 405 4084', side: 'C', line: 'assetSuppliers' },
  { prefixes: '4091', side: 'D', line: 'advancesPaid' },
  { prefixes: '41', side: 'D', line: 'customers' },
  { prefixes: '419', side: 'D', line: 'otherReceivables' },
  { prefixes: '4191', side: 'C', line: 'advancesReceived' },
  { prefixes: '42 43 44', side: 'C', line: 'taxAndSocial' },
  { prefixes: '426 451 455 456 458', side: 'C', line: 'loans' },
  { prefixes: '486', line: 'prepaidCharges' },
  { prefixes: '487', line: 'deferredIncome' },
  { prefixes: '49', line: 'otherReceivables', reduces: true },
  { prefixes: '491', line: 'customers', reduces: true },
  { prefixes: '5', side: 'D', line: 'cash' },
  { prefixes: '5', side: 'C', line: 'overdrafts' },
  { prefixes: '50 52', line: 'securities' },
  { prefixes: '59', line: 'securities', reduces: true },
]

/** A line of the income statement. `sign` tells how its amount enters the result; `cell` is its place on form 2033-B. */
export type IncomeLine = {
  readonly id: string
  readonly cell: string | null
  readonly kind: 'operating' | 'joint' | 'financial' | 'exceptional' | 'tax'
  readonly sign: 1 | -1
  readonly prefixes: string
  readonly label: Text
}

type Place = { readonly cell: string | null; readonly prefixes: string; readonly kind?: IncomeLine['kind'] }

const income = (id: string, place: Place, label: readonly [fr: string, en: string]): IncomeLine => ({ id, kind: 'operating', ...place, sign: 1, label: { fr: label[0], en: label[1] } })
const charge = (id: string, place: Place, label: readonly [fr: string, en: string]): IncomeLine => ({ ...income(id, place, label), sign: -1 })

/**
 * The income statement in the layout of years opened since 2025-01-01; years opened before fall in it by their own accounts
 * (775 and 675 stay exceptional, 791 operating). The longest prefix wins; 6 and 7 alone catch whatever is left.
 * Source: PCG art. 821-2, 822-2 (règlement ANC 2022-06); form 2033-B (2023 edition). The cells of 649, 657, 747 and 757 follow
 * our reading: the 2026 edition of the form was not seen.
 */
export const INCOME_LINES: readonly IncomeLine[] = [
  income('goodsSold', { cell: '210', prefixes: '707 7097' }, ['Ventes de marchandises', 'Goods sold']),
  income('productsSold', { cell: '214', prefixes: '701 702 703 7091 7092 7093' }, ['Production vendue de biens', 'Products sold']),
  income('servicesSold', { cell: '218', prefixes: '70' }, ['Production vendue de services', 'Services sold']),
  income('stockedProduction', { cell: '222', prefixes: '71' }, ['Production stockée', 'Stocked production']),
  income('capitalisedProduction', { cell: '224', prefixes: '72' }, ['Production immobilisée', 'Capitalised production']),
  income('subsidies', { cell: '226', prefixes: '74' }, ["Subventions d'exploitation", 'Operating subsidies']),
  income('reversals', { cell: '230', prefixes: '78 781 79 791' }, ['Reprises sur amortissements, dépréciations et provisions', 'Reversals of amortisation, impairment and provisions']),
  income('disposals', { cell: '230', prefixes: '757 747' }, ["Produits des cessions d'immobilisations et quotes-parts de subventions", 'Proceeds of sold assets and shares of investment grants']),
  income('otherIncome', { cell: '230', prefixes: '7 73 75' }, ['Autres produits', 'Other income']),
  charge('goodsBought', { cell: '234', prefixes: '607 6087 6097' }, ['Achats de marchandises', 'Goods bought']),
  charge('goodsStockChange', { cell: '236', prefixes: '6037' }, ['Variation de stock de marchandises', 'Change in stock of goods']),
  charge('materialsBought', { cell: '238', prefixes: '601 602 6081 6082 6091 6092' }, ['Achats de matières premières et approvisionnements', 'Raw materials and supplies bought']),
  charge('materialsStockChange', { cell: '240', prefixes: '603' }, ['Variation de stock de matières et approvisionnements', 'Change in stock of materials and supplies']),
  charge('externalCharges', { cell: '242', prefixes: '60 61 62' }, ['Autres achats et charges externes', 'Other purchases and external charges']),
  charge('taxes', { cell: '244', prefixes: '63' }, ['Impôts, taxes et versements assimilés', 'Taxes other than on profits']),
  charge('wages', { cell: '250', prefixes: '64' }, ['Rémunérations du personnel', 'Staff wages']),
  charge('contributions', { cell: '252', prefixes: '645 646 647' }, ['Charges sociales', 'Social contributions']),
  charge('amortisation', { cell: '254', prefixes: '681' }, ['Dotations aux amortissements et dépréciations', 'Amortisation and impairment']),
  charge('provisions', { cell: '256', prefixes: '6815' }, ['Dotations aux provisions', 'Provisions']),
  charge('soldAssets', { cell: '262', prefixes: '657' }, ['Valeurs comptables des immobilisations cédées', 'Book value of sold assets']),
  charge('otherCharges', { cell: '262', prefixes: '6 65 68' }, ['Autres charges', 'Other charges']),
  income('jointIncome', { cell: null, prefixes: '755', kind: 'joint' }, ['Quotes-parts de résultat sur opérations en commun (produits)', 'Share of joint operations (income)']),
  charge('jointCharges', { cell: null, prefixes: '655', kind: 'joint' }, ['Quotes-parts de résultat sur opérations en commun (charges)', 'Share of joint operations (charges)']),
  income('financialIncome', { cell: '280', prefixes: '76 786 796', kind: 'financial' }, ['Produits financiers', 'Financial income']),
  charge('financialCharges', { cell: '294', prefixes: '66 686', kind: 'financial' }, ['Charges financières', 'Financial charges']),
  income('exceptionalIncome', { cell: '290', prefixes: '77 787 797', kind: 'exceptional' }, ['Produits exceptionnels', 'Exceptional income']),
  charge('exceptionalCharges', { cell: '300', prefixes: '67 687', kind: 'exceptional' }, ['Charges exceptionnelles', 'Exceptional charges']),
  charge('profitSharing', { cell: null, prefixes: '691', kind: 'tax' }, ['Participation des salariés', 'Employee profit-sharing']),
  charge('incomeTax', { cell: '306', prefixes: '69', kind: 'tax' }, ['Impôts sur les bénéfices', 'Income tax']),
]
