import { useEffect, useEffectEvent, useState } from 'react'
import { sayProblem } from '../../lib/action.ts'
import { useCompany } from '../../lib/company.tsx'
import { useRefresh } from '../../lib/queries.ts'
import { inOrder, moved } from './order.ts'

/** Several moves in a row are one order sent. */
const PAUSE_MS = 500

/** The order of the rules as the person puts them: at once on screen, then told to the server. A refusal puts it back. */
export function useOrder<T extends { readonly id: string }>(given: readonly T[]) {
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const [ids, setIds] = useState<readonly string[]>()
  const rows = inOrder(given, ids)
  const send = useEffectEvent(async (order: readonly string[]) => {
    try {
      await api.put('/api/category-rules/order', { body: { ids: [...order] } })
      await refresh('/api/category-rules')
    } catch (error) {
      sayProblem(error)
    } finally {
      setIds((now) => (now === order ? undefined : now))
    }
  })
  useEffect(() => {
    if (!ids) return
    const timer = setTimeout(() => void send(ids), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [ids])
  return { rows, move: (from: number, step: -1 | 1) => { const next = moved(rows, from, step); if (next !== rows) setIds(next.map(({ id }) => id)); return next !== rows } }
}
