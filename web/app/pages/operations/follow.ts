import { useEffect, useEffectEvent } from 'react'
import { useCompany } from '../../../lib/company.tsx'
import type { Gets } from '../../../lib/endpoints.ts'
import { useRefresh } from '../../../lib/queries.ts'

const EVERY_MS = 3_000

/** Reads the lists again while something on screen still moves: what the live events do not tell. */
export function useFollow(moving: boolean, paths: readonly (keyof Gets)[]): void {
  const { api } = useCompany()
  const refresh = useRefresh(api)
  const again = useEffectEvent(() => { void refresh(...paths) })
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => { if (!document.hidden) again() }, EVERY_MS)
    return () => clearInterval(timer)
  }, [moving])
}
