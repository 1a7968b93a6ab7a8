import type { SearchValues } from './search-state.ts'

/** How the filters of the API's list of bank lines are called in the address of the page that shows it. */
const NAMES: Readonly<Record<string, string>> = { from: 'du', to: 'au', accountId: 'compte', categoryId: 'categorie', merchantId: 'marchand', importId: 'releve', currency: 'devise', state: 'etat', search: 'q' }
const DIRECTIONS: Readonly<Record<string, string>> = { in: 'entree', out: 'sortie' }
const FLOWS: Readonly<Record<string, string>> = { income: 'recettes', spending: 'depenses', counted: 'comptees' }

/** The filters of the page that show the lines of a figure, from the query the API gives with it: every figure opens. */
export function linesSearch(query: string): SearchValues {
  const found: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    // That the line is booked goes without saying: what budgets and analyses count always is.
    const [known, shown] = name === 'uncategorised' ? ['categorie', 'aucune'] : name === 'withoutMerchant' ? ['marchand', 'aucun']
      : name === 'direction' ? ['sens', DIRECTIONS[value]] : name === 'flow' ? ['flux', FLOWS[value]] : [NAMES[name], value]
    if (known && shown) found[known] = shown
  }
  return found
}

/** The address of the lines of a figure, under the company. */
export function linesPath(query: string): string {
  const text = new URLSearchParams(linesSearch(query) as Record<string, string>).toString()
  return text ? `banque/operations?${text}` : 'banque/operations'
}
