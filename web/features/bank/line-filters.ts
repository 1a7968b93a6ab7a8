import type { BankLine, BankLineQuery } from '../../../contract/banking.ts'
import { minorOf } from '../../lib/amounts.ts'
import type { SearchValues } from '../../lib/search-state.ts'

export const LINE_STATES = ['posting', 'to_treat', 'treated'] as const
/** What the address calls the questions put to colleagues: any, mine. */
const HOLDS: Readonly<Record<string, 'any' | 'mine' | 'none'>> = { toutes: 'any', moi: 'mine', aucune: 'none' }
const DIRECTIONS: Readonly<Record<string, 'in' | 'out'>> = { entree: 'in', sortie: 'out' }
/** What budgets and analyses take a line for: a figure of theirs opens on exactly its lines. */
const FLOWS: Readonly<Record<string, 'income' | 'spending' | 'counted'>> = { recettes: 'income', depenses: 'spending', comptees: 'counted' }
/** Every name of the address that narrows the list. */
export const LINE_SEARCH = ['etat', 'compte', 'categorie', 'marchand', 'sens', 'min', 'max', 'question', 'virement', 'statut', 'flux', 'devise', 'releve', 'du', 'au', 'q'] as const

const AMOUNT = /^\d{1,16}(\.\d{1,4})?$/
const CURRENCY = /^[A-Z]{3}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What the address asks of the list of bank lines. What is not understood is left out, never guessed. */
export function lineQueryOf(search: SearchValues): Omit<BankLineQuery, 'cursor'> {
  const state = LINE_STATES.find((one) => one === search['etat'])
  const { compte, releve, q, du, au, categorie, marchand, min, max } = search
  const direction = DIRECTIONS[search['sens'] ?? '']
  const flow = FLOWS[search['flux'] ?? '']
  const { devise } = search
  const hold = HOLDS[search['question'] ?? '']
  return {
    ...(state ? { state } : {}), ...(compte ? { accountId: compte } : {}), ...(releve ? { importId: releve } : {}), ...(q ? { search: q } : {}),
    ...(du && DAY.test(du) ? { from: du } : {}), ...(au && DAY.test(au) ? { to: au } : {}),
    ...(categorie === 'aucune' ? { uncategorised: true } : categorie ? { categoryId: categorie } : {}), ...(marchand === 'aucun' ? { withoutMerchant: true } : marchand ? { merchantId: marchand } : {}), ...(flow ? { flow } : {}), ...(devise && CURRENCY.test(devise) ? { currency: devise } : {}),
    ...(direction ? { direction } : {}), ...(min && AMOUNT.test(min) ? { minAmount: min } : {}), ...(max && AMOUNT.test(max) ? { maxAmount: max } : {}),
    ...(hold ? { hold } : {}), ...(search['virement'] === 'oui' ? { transfer: true } : search['virement'] === 'non' ? { transfer: false } : {}), ...(search['statut'] === 'annonce' ? { status: 'pending' as const } : {}),
  }
}

/** Whether a line that was just worked on still belongs to the list: it leaves at once, before the server is asked again. */
export function staysIn(line: BankLine, query: Omit<BankLineQuery, 'cursor'>): boolean {
  if (query.state === 'to_treat' && line.state === 'treated') return false
  if (query.uncategorised && line.category !== null) return false
  if (query.hold === 'any' || query.hold === 'mine') return line.hold !== null
  if (query.hold === 'none') return line.hold === null
  return true
}

/** Whether someone can still decide something about it. */
export function isOpen(line: BankLine): boolean {
  return line.status === 'booked' && (line.state === 'to_treat' || line.state === 'part_treated')
}

export function isIncoming(line: Pick<BankLine, 'amount'>): boolean {
  return minorOf(line.amount.amount, line.amount.currency) > 0n
}
