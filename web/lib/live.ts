import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { CompanyEvent, EventKind } from '../../contract/events.ts'
import { useCompany } from './company.tsx'
import type { Gets } from './endpoints.ts'
import { followEvents } from './live-source.ts'

type Path = keyof Gets

const BANK: readonly Path[] = ['/api/accounts', '/api/accounts/:id', '/api/accounts/:id/balance', '/api/accounts/:id/summary', '/api/accounts/:id/continuity', '/api/transactions', '/api/transactions/:id', '/api/transactions/:id/category', '/api/transactions/:id/proposal', '/api/transactions/suspicious', '/api/transfers/suggestions', '/api/imports', '/api/imports/:id']
const MERCHANTS: readonly Path[] = ['/api/merchants', '/api/merchants/:id', '/api/transactions/:id/enrichment']
const SOURCES: readonly Path[] = ['/api/connections', '/api/sync/status', '/api/sync/logs', '/api/webhooks/events', '/api/webhooks/verify']
const BOOKS: readonly Path[] = ['/api/ledger/entries', '/api/ledger/balance', '/api/ledger/accounts', '/api/ledger/accounts/:number/lines']
const SALES: readonly Path[] = ['/api/invoices/sales', '/api/invoices/sales/:id', '/api/customers', '/api/customers/:id']
const DESK: readonly Path[] = ['/api/reconciliation/suggestions', '/api/reconciliation/matches', '/api/reconciliation/matches/:id']
const CATEGORIES: readonly Path[] = ['/api/categories/tree', '/api/categories', '/api/categories/:id/stats', '/api/category-rules', '/api/category-rules/:id', '/api/category-settings', '/api/categories/model']
const BUDGETS: readonly Path[] = ['/api/budgets', '/api/budgets/overview', '/api/budgets/alerts', '/api/budgets/:id/progress']
const GOALS: readonly Path[] = ['/api/goals', '/api/goals/:id']
const FIGURES: readonly Path[] = ['/api/analytics/overview', '/api/analytics/spending', '/api/analytics/income', '/api/analytics/trends', '/api/analytics/top-merchants']
const PEOPLE: readonly Path[] = ['/api/members', '/api/users', '/api/me']

/** What each kind of event may have changed on the screens that are open. Every one also refreshes the home page's figures. */
const TOUCHES: Readonly<Record<EventKind, readonly Path[]>> = {
  'company.created': [], 'company.changed': ['/api/company', '/api/me'],
  'member.added': PEOPLE, 'member.changed': PEOPLE, 'member.removed': PEOPLE, 'grant.added': ['/api/grants'], 'grant.revoked': ['/api/grants'],
  'invoice.changed': SALES, 'invoice.issued': [...SALES, ...BOOKS, ...DESK], 'invoice.credited': [...SALES, ...BOOKS], 'invoice.imported': [...SALES, ...BOOKS, ...DESK],
  'invoice.part_paid': SALES, 'invoice.paid': SALES, 'invoice.reopened': SALES,
  'import.committed': [...BANK, ...DESK, ...BUDGETS, ...GOALS, ...FIGURES], 'lines.posted': [...BANK, ...BOOKS, ...DESK], 'job.progress': [],
  'lines.categorised': [...BANK, ...CATEGORIES, ...BUDGETS, ...FIGURES], 'category.changed': CATEGORIES,
  'budget.changed': BUDGETS, 'budget.overrun': BUDGETS, 'goal.changed': GOALS, 'goal.reached': GOALS, 'recurring.changed': ['/api/analytics/recurring'],
  'import.undone': [...BANK, ...BOOKS, ...DESK, ...BUDGETS, ...FIGURES], 'line.removed': [...BANK, ...BOOKS, ...DESK], 'line.held': BANK, 'line.answered': BANK, 'line.released': BANK,
  'transfer.paired': [...BANK, ...BOOKS, ...DESK], 'transfer.undone': [...BANK, ...BOOKS, ...DESK],
  'lines.enriched': [...BANK, ...MERCHANTS], 'merchant.changed': [...BANK, ...MERCHANTS],
  'connection.changed': SOURCES, 'notification.received': SOURCES, 'sync.finished': [...BANK, ...SOURCES],
  'match.accepted': [...DESK, ...BANK, ...BOOKS], 'match.undone': [...DESK, ...BANK, ...BOOKS],
  'workflow.changed': ['/api/workflows', '/api/workflow/:id', '/api/jobs', '/api/queues'],
  'webhook.changed': ['/api/webhook-endpoints', '/api/webhook-endpoints/:id', '/api/webhook-deliveries', '/api/webhook-deliveries/:id'], 'webhook.tested': [],
  'webhook.failed': ['/api/webhook-endpoints', '/api/webhook-deliveries', '/api/webhook-deliveries/:id'],
}

/** Events that come together are one refresh: a bank import tells hundreds. */
const GATHER_MS = 400

const progressKey = (tenant: string, job: string) => [tenant, 'live-progress', job] as const
export type LiveProgress = { readonly done: number; readonly total: number }

function createRefresher(queries: QueryClient, tenant: string) {
  const waiting = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = () => {
    timer = undefined
    const paths = new Set(waiting)
    waiting.clear()
    // Only what a screen shows is read again now; the rest is when it is opened.
    void queries.invalidateQueries({ predicate: ({ queryKey }) => (queryKey[0] === tenant || queryKey[0] === 'person') && paths.has(String(queryKey[1])) })
  }
  return {
    touch: (paths: readonly string[]) => {
      for (const path of paths) waiting.add(path)
      if (waiting.size > 0) timer ??= setTimeout(refresh, GATHER_MS)
    },
    stop: () => clearTimeout(timer),
  }
}

/** Keeps what the screens show up to date with what others, and jobs, do in the company. Without a stream everything works as before: one reads again. */
export function useLive(): void {
  const { company } = useCompany()
  const queries = useQueryClient()
  const tenant = company.id
  useEffect(() => {
    const refresher = createRefresher(queries, tenant)
    const hear = (event: CompanyEvent) => {
      if (event.kind === 'job.progress' && event.subject !== null) {
        queries.setQueryData<LiveProgress>(progressKey(tenant, event.subject), { done: Number(event.data['done']), total: Number(event.data['total']) })
        return
      }
      refresher.touch(['/api/summary', '/api/portfolio', ...TOUCHES[event.kind] ?? []])
    }
    const stop = followEvents(tenant, { hear, lost: () => { void queries.invalidateQueries({ queryKey: [tenant] }) } })
    return () => { stop(); refresher.stop() }
  }, [queries, tenant])
}

/** How far a job is that was told of while this page is open: by the id of what it works on, such as an import. */
export function useProgress(subject: string): LiveProgress | undefined {
  const { company } = useCompany()
  const { data } = useQuery<LiveProgress | null>({ queryKey: progressKey(company.id, subject), queryFn: () => null, enabled: false, staleTime: Infinity })
  return data ?? undefined
}
