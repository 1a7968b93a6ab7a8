import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { BookOpen, Building2, ChartColumn, FolderTree, ListFilter, Repeat, Store, Target, Wallet, ClipboardCheck, FileText, History, Landmark, ListChecks, Scale, Settings, Users, CalendarRange, Workflow, ArrowLeftRight, type LucideIcon } from 'lucide-react'
import type { CompanyAccess } from '../../contract/identity.ts'
import type { Permission } from '../../core/access/permissions.ts'
import { hasPage } from './routes.ts'

export type NavigationEntry = {
  /** Under `/c/{slug}/`; '' is the home page. */
  readonly path: string
  readonly label: MessageDescriptor
  readonly icon: LucideIcon
  readonly permission: Permission
  /** The second key after `g`. */
  readonly key: string
}
export type NavigationGroup = { readonly id: string; readonly label: MessageDescriptor | null; readonly icon: LucideIcon; readonly entries: readonly NavigationEntry[] }

const COMPANY: readonly NavigationGroup[] = [
  { id: 'home', label: null, icon: ListChecks, entries: [{ path: '', label: msg`To do`, icon: ListChecks, permission: 'company.read', key: 'a' }] },
  {
    id: 'sales', label: msg`Sales`, icon: FileText, entries: [
      { path: 'ventes/factures', label: msg`Invoices`, icon: FileText, permission: 'invoice.read', key: 'f' },
      { path: 'ventes/clients', label: msg`Customers`, icon: Users, permission: 'customer.read', key: 'c' },
    ],
  },
  {
    id: 'bank', label: msg`Bank`, icon: Landmark, entries: [
      { path: 'banque/comptes', label: msg`Accounts`, icon: Landmark, permission: 'bank.read', key: 'b' },
      { path: 'banque/operations', label: msg`Bank lines`, icon: ArrowLeftRight, permission: 'bank.read', key: 'o' },
      { path: 'banque/rapprochement', label: msg`Reconciliation`, icon: ClipboardCheck, permission: 'match.read', key: 'r' },
      { path: 'banque/marchands', label: msg`Merchants`, icon: Store, permission: 'bank.read', key: 'm' },
      { path: 'banque/categories', label: msg`Categories`, icon: FolderTree, permission: 'category.read', key: 'k' },
      { path: 'banque/regles', label: msg`Rules`, icon: ListFilter, permission: 'category.read', key: 'q' },
      { path: 'banque/budgets', label: msg`Budgets`, icon: Wallet, permission: 'budget.read', key: 'u' },
      { path: 'banque/objectifs', label: msg`Goals`, icon: Target, permission: 'budget.read', key: 'i' },
      { path: 'banque/recurrences', label: msg`Recurring`, icon: Repeat, permission: 'bank.read', key: 'n' },
    ],
  },
  {
    id: 'books', label: msg`Books`, icon: BookOpen, entries: [
      { path: 'compta/journal', label: msg`Journal`, icon: BookOpen, permission: 'ledger.read', key: 'j' },
      { path: 'compta/balance', label: msg`Trial balance`, icon: Scale, permission: 'ledger.read', key: 'l' },
      { path: 'compta/exercices', label: msg`Fiscal years and FEC`, icon: CalendarRange, permission: 'ledger.read', key: 'e' },
    ],
  },
  { id: 'steering', label: msg`Steering`, icon: ChartColumn, entries: [{ path: 'pilotage/analyses', label: msg`Analyses`, icon: ChartColumn, permission: 'bank.read', key: 'y' }] },
  {
    id: 'company', label: msg`Company`, icon: Building2, entries: [
      { path: 'reglages', label: msg`Settings`, icon: Settings, permission: 'company.read', key: 's' },
      { path: 'activite', label: msg`Activity`, icon: Workflow, permission: 'operation.read', key: 'v' },
      { path: 'audit', label: msg`Audit trail`, icon: History, permission: 'audit.read', key: 't' },
    ],
  },
]

const FIRM: readonly NavigationGroup[] = [
  { id: 'home', label: null, icon: Building2, entries: [{ path: '', label: msg`Portfolio`, icon: Building2, permission: 'company.read', key: 'a' }] },
  COMPANY.at(-1)!,
]

/** What this person can open in this company: pages that exist and that the role allows. */
export function navigationOf(company: CompanyAccess): readonly NavigationGroup[] {
  return (company.kind === 'firm' ? FIRM : COMPANY)
    .map((group) => ({ ...group, entries: group.entries.filter(({ path, permission }) => hasPage(path) && company.permissions.includes(permission)) }))
    .filter(({ entries }) => entries.length > 0)
}
