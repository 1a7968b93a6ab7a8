import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { Match, Suggestion, SuggestionPage } from '../../../contract/reconciliation.ts'
import type { Static } from 'typebox'
import { currency as currencyOf } from '../../../core/kernel/currency.ts'
import { formatAmount } from '../../../core/kernel/money.ts'
import { sayProblem } from '../../lib/action.ts'
import { minorOf } from '../../lib/amounts.ts'
import type { Api } from '../../lib/api.ts'
import { useCompany } from '../../lib/company.tsx'
import { formatMoney } from '../../lib/format.ts'
import { usePreferences } from '../../lib/preferences.ts'
import { listing, reading, rowsOf, useRefresh } from '../../lib/queries.ts'
import { dismissToast, showToast } from '../../lib/toasts.ts'
import { explainedBy, refusedInvoices, requestOf, withoutAccepted, type Choice } from './choice.ts'
import { deskRows, neighbourOf } from './desk-rows.ts'

const PATH = '/api/reconciliation/suggestions'
const LINES_A_PAGE = 100
/** After the last decision, the list is read again: not between two of them, when it would only be in the way. */
const QUIET_MS = 1_500
type Answer = Static<typeof SuggestionPage>
type Decision = { readonly toast: number; readonly suggestion: Suggestion; readonly isWhole: boolean; readonly posted: Promise<Match> }

export function suggestionsListing(api: Api, withProposal: boolean) {
  return listing(api, PATH, { query: { limit: LINES_A_PAGE, ...(withProposal ? { onlyWithProposal: true } : {}) } })
}

/** What the desk shows: the lines of the list, without those accepted here, with those taken back and the one of the address. */
function useDeskLines({ withProposal, wanted }: { readonly withProposal: boolean; readonly wanted: string | undefined }) {
  const { api } = useCompany()
  const query = useInfiniteQuery(suggestionsListing(api, withProposal))
  const listed = useMemo(() => rowsOf<Suggestion>(query.data), [query.data])
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set())
  const [undone, setUndone] = useState<ReadonlyMap<string, Suggestion>>(new Map())
  const isElsewhere = wanted !== undefined && query.data !== undefined && !accepted.has(wanted) && !listed.some(({ line }) => line.id === wanted)
  const extra = useQuery({ ...reading(api, PATH, { query: { lineId: wanted ?? '' } }), enabled: isElsewhere }).data
  const rows = useMemo(() => deskRows({ listed, wanted: isElsewhere ? extra?.items ?? [] : [], accepted, undone }), [listed, isElsewhere, extra, accepted, undone])
  // A page of lines that all lack a proposal comes back empty although more follow.
  const goOn = useEffectEvent(() => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage() })
  useEffect(() => { if (query.data && rows.length === 0) goOn() }, [query.data, rows.length])
  return { query, rows, setAccepted, setUndone }
}

/** The list as it is once a choice is accepted, in every list that is kept. */
function useListChange() {
  const { api } = useCompany()
  const client = useQueryClient()
  return async (lineId: string, choice: Choice) => {
    const queryKey = [api.tenant ?? 'person', PATH]
    const change = (page: Answer): Answer => ({ ...page, items: withoutAccepted(page.items, lineId, choice) })
    client.setQueriesData<Answer | InfiniteData<Answer>>({ queryKey }, (data) => data && ('pages' in data ? { ...data, pages: data.pages.map(change) } : change(data)))
    await client.cancelQueries({ queryKey })
  }
}

/** Waits for a decision to be sent, and reads everything again once none is under way any more. */
function useQuietRefresh(): <T>(promise: Promise<T>) => Promise<T> {
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const underWay = useRef(0)
  return async (promise) => {
    underWay.current += 1
    clearTimeout(timer.current)
    try {
      return await promise
    } finally {
      underWay.current -= 1
      if (underWay.current === 0) timer.current = setTimeout(() => { void refresh() }, QUIET_MS)
    }
  }
}

export type Desk = ReturnType<typeof useDesk>

/** The state of the desk and its decisions. Each is shown at once, sent at once, and can be taken back. */
export function useDesk(options: { readonly withProposal: boolean; readonly wanted: string | undefined; readonly onSelect: (lineId: string | undefined) => void }) {
  const { t } = useLingui()
  const { locale } = usePreferences()
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const during = useQuietRefresh()
  const { query, rows, setAccepted, setUndone } = useDeskLines(options)
  const changeList = useListChange()
  const [done, setDone] = useState(0)
  const [decisions, setDecisions] = useState<readonly Decision[]>([])
  // A key pressed twice before the page is drawn again must not accept the same line twice.
  const sent = useRef(new Set<string>())
  const undoing = useRef(new Map<string, Promise<unknown>>())

  const last = decisions.at(-1)

  const takeBack = (decision: Decision) => {
    const { line } = decision.suggestion
    sent.current.delete(line.id)
    dismissToast(decision.toast)
    setDecisions((all) => all.filter((one) => one !== decision))
    setAccepted((all) => new Set([...all].filter((id) => id !== line.id)))
    setUndone((all) => new Map(all).set(line.id, decision.suggestion))
    if (decision.isWhole) setDone((count) => count - 1)
    options.onSelect(line.id)
  }
  const undo = (decision: Decision) => {
    takeBack(decision)
    const taken = during(decision.posted.then((match) => api.post('/api/reconciliation/matches/:id/undo', { params: { id: match.id } })))
    undoing.current.set(decision.suggestion.line.id, taken.catch(() => undefined))
    // A match that was refused was never made: there is nothing left to say about taking it back.
    void taken.catch((error: unknown) => decision.posted.then(() => sayProblem(error), () => undefined))
  }
  const accept = (suggestion: Suggestion, choice: Choice) => {
    const { line } = suggestion
    if (sent.current.has(line.id)) return
    sent.current.add(line.id)
    const { currency } = line.toTreat
    const explained = explainedBy(choice)
    const isWhole = explained === minorOf(line.toTreat.amount, currency)
    const next = neighbourOf(rows, line.id)
    const sending = (undoing.current.get(line.id) ?? Promise.resolve()).then(() => api.post('/api/reconciliation/matches', { body: requestOf(line.id, choice, currency) }))
    const number = choice.parts[0]?.number
    const account = choice.residual?.account
    const amount = formatMoney(formatAmount(explained, currencyOf(currency)), currency, locale)
    const count = choice.parts.length
    // One message at a time: a pile of them would cover what is about to be posted. The key u goes further back.
    if (last) dismissToast(last.toast)
    const toast = showToast(count === 0 ? t`${amount} put on account ${account}.` : count === 1 ? t`${amount} reconciled with ${number}.` : t`${amount} reconciled with ${count} invoices.`, { undo: () => undo(decision) })
    const decision: Decision = { toast, suggestion, isWhole, posted: sending }
    setDecisions((all) => [...all, decision])
    setUndone((all) => new Map([...all].filter(([id]) => id !== line.id)))
    if (isWhole) { setAccepted((all) => new Set([...all, line.id])); setDone((n) => n + 1) }
    void changeList(line.id, choice)
    options.onSelect(isWhole ? next : line.id)
    void during(sending).then(() => { if (!isWhole) sent.current.delete(line.id) }, (error: unknown) => { takeBack(decision); sayProblem(error) })
  }
  const refuse = (suggestion: Suggestion, index: number) => {
    const { line, proposals } = suggestion
    const invoiceIds = refusedInvoices(proposals, index)
    const first = proposals[index]!.allocations[0]!.number
    setUndone((all) => new Map([...all].filter(([id]) => id !== line.id)))
    const refused = Promise.all(invoiceIds.map((invoiceId) => api.post('/api/reconciliation/refusals', { body: { lineId: line.id, invoiceId } })))
    void during(refused).then(() => showToast(t`${first} is not proposed for this line any more; it can still be chosen by hand.`)).catch(sayProblem).then(() => refresh(PATH))
  }
  return { query, rows, done, accept, refuse, undoLast: last && (() => undo(last)) }
}
