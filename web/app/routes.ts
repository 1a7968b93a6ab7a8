import type { PageEntry } from './page-module.ts'

/** The pages of a company, one lazy file each. What is absent here is absent from the rail and the palette. */
export const COMPANY_PAGES: readonly PageEntry[] = [
  { path: '/', page: () => import('./pages/home/home-page.tsx') },
  {
    path: 'ventes/factures', page: () => import('./pages/invoices/invoices-page.tsx'),
    children: [{ path: '$id', page: () => import('./pages/invoices/invoice-panel.tsx') }],
  },
  { path: 'ventes/factures/nouvelle', page: () => import('./pages/invoices/invoice-edit-page.tsx') },
  { path: 'ventes/factures/$id/modifier', page: () => import('./pages/invoices/invoice-edit-page.tsx') },
  { path: 'ventes/factures/import', page: () => import('./pages/invoices/invoice-import-page.tsx') },
  {
    path: 'ventes/clients', page: () => import('./pages/customers/customers-page.tsx'),
    children: [
      { path: 'nouveau', page: () => import('./pages/customers/customer-edit-panel.tsx') },
      { path: '$id', page: () => import('./pages/customers/customer-panel.tsx') },
      { path: '$id/modifier', page: () => import('./pages/customers/customer-edit-panel.tsx') },
    ],
  },
  {
    path: 'compta/journal', page: () => import('./pages/ledger/journal-page.tsx'),
    children: [{ path: '$id', page: () => import('./pages/ledger/entry-panel.tsx') }],
  },
  { path: 'compta/journal/nouvelle', page: () => import('./pages/ledger/entry-edit-page.tsx') },
  { path: 'compta/journal/$id/modifier', page: () => import('./pages/ledger/entry-edit-page.tsx') },
  { path: 'compta/balance', page: () => import('./pages/ledger/balance-page.tsx') },
  {
    path: 'compta/comptes/$number', page: () => import('./pages/ledger/account-page.tsx'),
    children: [{ path: '$entryId', page: () => import('./pages/ledger/entry-panel.tsx') }],
  },
  { path: 'compta/exercices', page: () => import('./pages/ledger/years-page.tsx') },
  { path: 'banque/comptes', page: () => import('./pages/bank/accounts-page.tsx') },
  { path: 'banque/comptes/$id', page: () => import('./pages/bank/account-page.tsx') },
  {
    path: 'banque/operations', page: () => import('./pages/bank/lines-page.tsx'),
    children: [{ path: '$id', page: () => import('./pages/bank/line-panel.tsx') }],
  },
  {
    path: 'banque/marchands', page: () => import('./pages/bank/merchants-page.tsx'),
    children: [{ path: '$id', page: () => import('./pages/bank/merchant-panel.tsx') }],
  },
  { path: 'banque/import', page: () => import('./pages/bank/import-page.tsx') },
  { path: 'banque/import/$id', page: () => import('./pages/bank/import-preview-page.tsx') },
  { path: 'banque/rapprochement', page: () => import('./pages/reconciliation/desk-page.tsx') },
  {
    path: 'banque/categories', page: () => import('./pages/categories/categories-page.tsx'),
    children: [
      { path: 'nouvelle', page: () => import('./pages/categories/category-edit-panel.tsx') },
      { path: '$id', page: () => import('./pages/categories/category-panel.tsx') },
      { path: '$id/modifier', page: () => import('./pages/categories/category-edit-panel.tsx') },
    ],
  },
  { path: 'banque/regles', page: () => import('./pages/categories/rules-page.tsx') },
  { path: 'banque/regles/nouvelle', page: () => import('./pages/categories/rule-edit-page.tsx') },
  { path: 'banque/regles/$id', page: () => import('./pages/categories/rule-edit-page.tsx') },
  {
    path: 'banque/budgets', page: () => import('./pages/budgets/budgets-page.tsx'),
    children: [
      { path: 'nouveau', page: () => import('./pages/budgets/budget-edit-panel.tsx') },
      { path: '$id', page: () => import('./pages/budgets/budget-panel.tsx') },
      { path: '$id/modifier', page: () => import('./pages/budgets/budget-edit-panel.tsx') },
    ],
  },
  {
    path: 'banque/objectifs', page: () => import('./pages/budgets/goals-page.tsx'),
    children: [
      { path: 'nouveau', page: () => import('./pages/budgets/goal-edit-panel.tsx') },
      { path: '$id', page: () => import('./pages/budgets/goal-panel.tsx') },
      { path: '$id/modifier', page: () => import('./pages/budgets/goal-edit-panel.tsx') },
    ],
  },
  { path: 'banque/recurrences', page: () => import('./pages/analytics/recurring-page.tsx') },
  { path: 'pilotage/analyses', page: () => import('./pages/analytics/analytics-page.tsx') },
  {
    path: 'reglages', page: () => import('./pages/settings/settings-page.tsx'),
    children: [
      { path: 'compte', page: () => import('./pages/settings/account-page.tsx') },
      { path: 'securite', page: () => import('./pages/settings/security-page.tsx') },
      { path: 'appareils', page: () => import('./pages/settings/devices-page.tsx') },
      { path: 'societe', page: () => import('./pages/settings/company-page.tsx') },
      { path: 'exercices', page: () => import('./pages/settings/years-page.tsx') },
      { path: 'equipe', page: () => import('./pages/settings/team-page.tsx') },
      { path: 'roles', page: () => import('./pages/settings/roles-page.tsx') },
      { path: 'cabinets', page: () => import('./pages/settings/firms-page.tsx') },
      { path: 'sources', page: () => import('./pages/settings/sources-page.tsx') },
      { path: 'cles', page: () => import('./pages/settings/keys-page.tsx') },
      { path: 'webhooks', page: () => import('./pages/settings/webhooks-page.tsx') },
      { path: 'webhooks/$id', page: () => import('./pages/settings/webhook-page.tsx') },
      { path: 'courrier', page: () => import('./pages/settings/outbox-page.tsx') },
    ],
  },
  {
    path: 'activite', page: () => import('./pages/operations/runs-page.tsx'),
    children: [{ path: '$id', page: () => import('./pages/operations/run-panel.tsx') }],
  },
  {
    path: 'activite/traitements', page: () => import('./pages/operations/jobs-page.tsx'),
    children: [{ path: '$id', page: () => import('./pages/operations/job-panel.tsx') }],
  },
  { path: 'audit', page: () => import('./pages/audit/audit-page.tsx') },
]

/** Whether a page of this path exists, so that nothing links to one that does not. */
export function hasPage(path: string): boolean {
  return COMPANY_PAGES.some((entry) => entry.path === (path || '/'))
}
