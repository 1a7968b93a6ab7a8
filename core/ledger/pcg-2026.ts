import { PCG_2026_BALANCE_SHEET } from './pcg-2026-balance-sheet.ts'
import { PCG_2026_INCOME } from './pcg-2026-income.ts'

/** `minimal` accounts are required of everybody, `optional` ones ("facultatif") detail them, `quittance` ones are our own sub-accounts, `retired` ones left the chart. */
export type AccountSystem = 'minimal' | 'optional' | 'quittance' | 'retired'

/** One account of the chart: its shortest official number (no padding) and its label. */
export type ChartAccount = { readonly number: string; readonly label: string; readonly system: AccountSystem }

/**
 * Accounts of the chart in force until 2024 that financial years opened from 2025-01-01 no longer use, kept so that older
 * years stay readable. Source: ANC, PCG of 2024 against PCG of 2025 (règlement ANC 2022-06), arrhes/PCG commit 36c63f5.
 */
const RETIRED_BEFORE_2025 = `
671 Charges exceptionnelles sur opérations de gestion
6712 Pénalités, amendes fiscales et pénales
675 Valeurs comptables des éléments d'actif cédés
771 Produits exceptionnels sur opérations de gestion
775 Produits des cessions d'éléments d'actif
777 Quote-part des subventions d'investissement virée au résultat de l'exercice
79 Transferts de charges
791 Transferts de charges d'exploitation
796 Transferts de charges financières
797 Transferts de charges exceptionnelles
8 Comptes spéciaux
80 Engagements
88 Résultat en instance d'affectation
89 Bilan
890 Bilan d'ouverture
891 Bilan de clôture
`

function parseChart(text: string, plain: AccountSystem): ChartAccount[] {
  return text.trim().split('\n').map((line) => {
    const space = line.indexOf(' ')
    const optional = line[space - 1] === '*'
    return { number: line.slice(0, optional ? space - 1 : space), label: line.slice(space + 1), system: optional ? 'optional' : plain }
  })
}

/** The chart of 2026-01-01, 838 accounts of classes 1 to 7, in the order of their numbers. */
export const PCG_2026: readonly ChartAccount[] = [...parseChart(PCG_2026_BALANCE_SHEET, 'minimal'), ...parseChart(PCG_2026_INCOME, 'minimal')]

/** Accounts that older years hold and the chart of 2026 does not. */
export const PCG_RETIRED: readonly ChartAccount[] = parseChart(RETIRED_BEFORE_2025, 'retired')
