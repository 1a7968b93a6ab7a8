import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Caller } from './people.ts'

type Entry = { readonly path: string; readonly children?: readonly Entry[] }

/** Every address of a company that the web application declares, panels included, as patterns: `ventes/factures/$id`. */
export async function declaredPages(): Promise<readonly string[]> {
  // The web application is another project of types: it is read here as it runs.
  const file = pathToFileURL(join(import.meta.dirname, '..', '..', 'web', 'app', 'routes.ts')).href
  const { COMPANY_PAGES } = await import(/* @vite-ignore */ file) as { COMPANY_PAGES: readonly Entry[] }
  const walk = (entry: Entry, above: string): string[] => {
    const own = [above, entry.path === '/' ? '' : entry.path].filter(Boolean).join('/')
    return [own, ...(entry.children ?? []).flatMap((child) => walk(child, own))]
  }
  return COMPANY_PAGES.flatMap((entry) => walk(entry, ''))
}

type Row = { readonly id: string }
type Rows<T = Row> = { readonly items: readonly T[] }

/** The first row of a list, which the demonstration is sure to hold. */
async function first<T = Row>(caller: Caller, path: string): Promise<T> {
  const row = (await caller.get<Rows<T>>(path)).items[0]
  if (row === undefined) throw new Error(`nothing at ${path}`)
  return row
}

/** What stands for the parameters of a pattern, from the books of the company itself. */
const EXAMPLES: Readonly<Record<string, (caller: Caller) => Promise<string>>> = {
  'ventes/factures/$id': async (caller) => `ventes/factures/${(await first(caller, '/api/invoices/sales?status=issued&limit=1')).id}`,
  'ventes/factures/$id/modifier': async (caller) => `ventes/factures/${(await first(caller, '/api/invoices/sales?status=draft&limit=1')).id}/modifier`,
  'ventes/clients/$id': async (caller) => `ventes/clients/${(await first(caller, '/api/customers?limit=1')).id}`,
  'ventes/clients/$id/modifier': async (caller) => `ventes/clients/${(await first(caller, '/api/customers?limit=1')).id}/modifier`,
  'banque/comptes/$id': async (caller) => `banque/comptes/${(await first(caller, '/api/accounts')).id}`,
  'banque/operations/$id': async (caller) => `banque/operations/${(await first(caller, '/api/transactions?limit=1')).id}`,
  'banque/marchands/$id': async (caller) => `banque/marchands/${(await first(caller, '/api/merchants?limit=1')).id}`,
  'banque/imports/$id': async (caller) => `banque/imports/${(await first(caller, '/api/imports?limit=1')).id}`,
  'banque/import/$id': async (caller) => `banque/import/${(await first(caller, '/api/imports?limit=1')).id}`,
  'banque/categories/$id': async (caller) => `banque/categories/${(await first(caller, '/api/categories/tree')).id}`,
  'banque/categories/$id/modifier': async (caller) => `banque/categories/${(await first(caller, '/api/categories/tree')).id}/modifier`,
  'banque/regles/$id': async (caller) => `banque/regles/${(await first(caller, '/api/category-rules?limit=1')).id}`,
  'banque/budgets/$id': async (caller) => `banque/budgets/${(await first(caller, '/api/budgets?limit=1')).id}`,
  'banque/budgets/$id/modifier': async (caller) => `banque/budgets/${(await first(caller, '/api/budgets?limit=1')).id}/modifier`,
  'banque/objectifs/$id': async (caller) => `banque/objectifs/${(await first(caller, '/api/goals?limit=1')).id}`,
  'banque/objectifs/$id/modifier': async (caller) => `banque/objectifs/${(await first(caller, '/api/goals?limit=1')).id}/modifier`,
  'compta/journal/$id': async (caller) => `compta/journal/${(await first(caller, '/api/ledger/entries?limit=1')).id}`,
  'compta/journal/$id/modifier': async (caller) => `compta/journal/${await draftEntry(caller)}/modifier`,
  'activite/$id': async (caller) => `activite/${await someRun(caller)}`,
  'activite/traitements/$id': async (caller) => `activite/traitements/${(await first(caller, '/api/jobs?limit=1')).id}`,
  'reglages/webhooks/$id': async (caller) => `reglages/webhooks/${await someWebhook(caller)}`,
  'compta/comptes/$number': async () => 'compta/comptes/411000',
  'compta/comptes/$number/$entryId': async (caller) => {
    const { entryId } = await first<{ entryId: string }>(caller, '/api/ledger/accounts/411000/lines?limit=1')
    return `compta/comptes/411000/${entryId}`
  },
}

/** A draft entry, written when there is none. */
async function draftEntry(caller: Caller): Promise<string> {
  const found = (await caller.get<Rows>('/api/ledger/entries?status=draft&limit=1')).items[0]
  if (found) return found.id
  const years = await caller.get<readonly { startsOn: string; endsOn: string }[]>('/api/ledger/fiscal-years')
  const day = years.toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))[0]!.startsOn
  const lines = [{ account: '606300', label: 'Petit équipement', debit: '12.00' }, { account: '471000', label: 'Petit équipement', credit: '12.00' }]
  return (await caller.post<Row>('/api/ledger/entries', { journal: 'OD', date: day, pieceRef: 'A-VENTILER', label: 'Petit équipement', lines })).id
}

/** A run of a workflow, started when there is none. */
async function someRun(caller: Caller): Promise<string> {
  const found = (await caller.get<Rows>('/api/workflows?limit=1')).items[0]
  return found ? found.id : (await caller.post<Row>('/api/workflow/start', { workflow: 'daily' })).id
}

/** A webhook, set up when there is none. Its address is one kept for documentation: nothing answers there. */
async function someWebhook(caller: Caller): Promise<string> {
  const found = (await caller.get<Rows>('/api/webhook-endpoints')).items[0]
  return found ? found.id : (await caller.post<{ endpoint: Row }>('/api/webhook-endpoints', { url: 'https://recepteur.example/quittance', kinds: ['invoice.paid'] })).endpoint.id
}

/** An address to visit for a pattern. A page with parameters nobody gave an example of fails by its name. */
export async function exampleOf(pattern: string, caller: Caller): Promise<string> {
  if (!pattern.includes('$')) return pattern
  const make = EXAMPLES[pattern]
  if (!make) throw new Error(`give an example of ${pattern} in tests/browser/places.ts`)
  return await make(caller)
}
