import type { Text } from '../kernel/problem.ts'
import { incomeStatement, type IncomeStatement } from './statements.ts'
import { balanceOf, type TrialBalance } from './trial-balance.ts'

/** Soldes intermédiaires de gestion, in cents; the statutory French names are kept. */
export type Sig = {
  readonly margeCommerciale: bigint
  readonly production: bigint
  readonly consommation: bigint
  readonly valeurAjoutee: bigint
  readonly ebe: bigint
  readonly resultatExploitation: bigint
  readonly rcai: bigint
  readonly resultatExceptionnel: bigint
  readonly resultatNet: bigint
  readonly caf: bigint
}

/** How each balance is printed, in order. */
export const SIG_LABELS: Readonly<Record<keyof Sig, Text>> = {
  margeCommerciale: { fr: 'Marge commerciale', en: 'Trading margin' },
  production: { fr: "Production de l'exercice", en: 'Production of the year' },
  consommation: { fr: 'Consommation en provenance de tiers', en: 'Consumption from third parties' },
  valeurAjoutee: { fr: 'Valeur ajoutée', en: 'Value added' },
  ebe: { fr: "Excédent brut d'exploitation", en: 'Gross operating surplus (EBITDA)' },
  resultatExploitation: { fr: "Résultat d'exploitation", en: 'Operating result' },
  rcai: { fr: 'Résultat courant avant impôts', en: 'Current result before tax' },
  resultatExceptionnel: { fr: 'Résultat exceptionnel', en: 'Exceptional result' },
  resultatNet: { fr: 'Résultat net', en: 'Net result' },
  caf: { fr: "Capacité d'autofinancement", en: 'Self-financing capacity' },
}

/** Charges that cost no cash, added back, and the book value of what was sold (675 in years opened before 2025). */
const CAF_ADDED = ['681', '686', '687', '657', '667', '675']

/** Income that brought no cash, and the price of what was sold (775, 777 in years opened before 2025). */
const CAF_DEDUCTED = ['781', '786', '787', '757', '767', '747', '775', '777']

/** Charges of a statement, by the steps that lead from sales to the operating surplus. */
function steps(statement: IncomeStatement): Pick<Sig, 'margeCommerciale' | 'production' | 'consommation' | 'valeurAjoutee' | 'ebe'> {
  const of = (id: string): bigint => statement.lines[id]!
  const margeCommerciale = of('goodsSold') - of('goodsBought') - of('goodsStockChange')
  const production = of('productsSold') + of('servicesSold') + of('stockedProduction') + of('capitalisedProduction')
  const consommation = of('materialsBought') + of('materialsStockChange') + of('externalCharges')
  const valeurAjoutee = margeCommerciale + production - consommation
  const ebe = valeurAjoutee + of('subsidies') - of('taxes') - of('wages') - of('contributions')
  return { margeCommerciale, production, consommation, valeurAjoutee, ebe }
}

/**
 * The intermediate balances and the self-financing capacity of a year, in cents. They follow from the income statement, so
 * that the last of them is its result. Works for both charts: accounts that left it in 2025 count in older years.
 * Source: the table of former PCG art. 842-1 as the profession keeps it since règlement ANC 2022-06 (757 and 747 enter the
 * operating result, 657 leaves it).
 */
export function sig(balance: TrialBalance): Sig {
  const statement = incomeStatement(balance)
  return {
    ...steps(statement),
    resultatExploitation: statement.operatingResult,
    rcai: statement.currentResult,
    resultatExceptionnel: statement.exceptionalResult,
    resultatNet: statement.result,
    caf: statement.result + balanceOf(balance, CAF_ADDED) + balanceOf(balance, CAF_DEDUCTED),
  }
}
