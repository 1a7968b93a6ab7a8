import { useQueryClient, type InfiniteData } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Static } from 'typebox'
import type { BankLine, BankLinePage } from '../../../contract/banking.ts'
import { sayProblem } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { dismissToast, showToast } from '../../lib/toasts.ts'

const LIST = '/api/transactions'
const ONE = '/api/transactions/:id'
/** What a decision about lines may have changed besides them. */
const TOUCHED = [LIST, ONE, '/api/transactions/:id/category', '/api/transactions/:id/proposal', '/api/accounts', '/api/accounts/:id', '/api/accounts/:id/summary', '/api/reconciliation/suggestions', '/api/reconciliation/matches', '/api/category-rules', '/api/summary'] as const
/** After the last decision the lists are read again: not between two of them, when it would only be in the way. */
const QUIET_MS = 1_200

type Page = Static<typeof BankLinePage>
type Decision = { readonly toast: number; readonly back: () => void }

/** A decision about lines: shown at once, sent at once, and taken back by `u`. */
export type LineDecision<T> = {
  readonly lines: readonly BankLine[]
  /** The lines as they will be. */
  readonly change: (line: BankLine) => BankLine
  readonly send: () => Promise<T>
  /** How the server takes it back; absent when it cannot. */
  readonly undo?: ((answer: T) => Promise<unknown>) | undefined
  readonly said: string
  /** How many lines this treats, for the count of the day. */
  readonly treats?: number | undefined
  readonly after?: ((answer: T) => void) | undefined
}

/** Waits for decisions to be sent, and reads again once none is under way any more. */
function useQuietly() {
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const underWay = useRef(0)
  return async <T>(work: Promise<T>): Promise<T> => {
    underWay.current += 1
    clearTimeout(timer.current)
    try {
      return await work
    } finally {
      underWay.current -= 1
      if (underWay.current === 0) timer.current = setTimeout(() => { void refresh(...TOUCHED) }, QUIET_MS)
    }
  }
}

/** Changes lines in every list that is kept, before the server is asked again. */
function usePatch() {
  const { api } = useCompany()
  const client = useQueryClient()
  return (lines: ReadonlyMap<string, BankLine>) => {
    const swap = (line: BankLine) => lines.get(line.id) ?? line
    const tenant = api.tenant ?? 'person'
    client.setQueriesData<InfiniteData<Page>>({ queryKey: [tenant, LIST] }, (data) => data?.pages ? { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(swap) })) } : data)
    client.setQueriesData<BankLine>({ queryKey: [tenant, ONE] }, (line) => line && swap(line))
    void client.cancelQueries({ queryKey: [tenant, LIST] })
  }
}

export type LineWork = ReturnType<typeof useLineWork>

/** The decisions of a sitting at the bank lines. `onBack` is told which line to return to when one is taken back. */
export function useLineWork({ onBack }: { readonly onBack: (lineId: string) => void }) {
  const patch = usePatch()
  const quietly = useQuietly()
  const [decisions, setDecisions] = useState<readonly Decision[]>([])
  const [done, setDone] = useState(0)
  /** A line is decided one thing at a time: what is sent waits for what was sent before about it. */
  const queue = useRef(new Map<string, Promise<unknown>>())

  const decide = <T>({ lines, change, send, undo, said, treats = 0, after }: LineDecision<T>) => {
    const ids = lines.map(({ id }) => id)
    const before = new Map(lines.map((line) => [line.id, line]))
    patch(new Map(lines.map((line) => [line.id, change(line)])))
    const inTurn = <R>(work: () => Promise<R>): Promise<R> => {
      const sent = Promise.all(ids.map((id) => queue.current.get(id))).then(work)
      for (const id of ids) queue.current.set(id, sent.catch(() => undefined))
      return sent
    }
    const sending = quietly(inTurn(send))
    const restore = () => {
      dismissToast(decision.toast)
      setDecisions((all) => all.filter((one) => one !== decision))
      if (treats > 0) setDone((count) => Math.max(0, count - treats))
      patch(before)
      onBack(ids[0]!)
    }
    const back = () => {
      restore()
      void quietly(inTurn(() => sending.then((answer) => undo!(answer)))).catch((error: unknown) => sending.then(() => sayProblem(error), () => undefined))
    }
    for (const { toast } of decisions.slice(-1)) dismissToast(toast)
    const decision: Decision = { toast: showToast(said, undo ? { undo: back } : {}), back }
    if (undo) setDecisions((all) => [...all, decision])
    if (treats > 0) setDone((count) => count + treats)
    void sending.then((answer) => after?.(answer), (error: unknown) => { restore(); sayProblem(error) })
  }
  const last = decisions.at(-1)
  return { decide, done, undoLast: last?.back }
}
