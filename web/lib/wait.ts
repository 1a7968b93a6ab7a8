import { useEffect, useState } from 'react'
import { isApiProblem } from './problem.ts'

const SECOND_MS = 1_000

/** Seconds left before the server takes another try, counted down from the refusal that told it; 0 when one may try. */
export function useWait(error: unknown): number {
  const asked = isApiProblem(error) ? error.retryAfterSeconds : 0
  const [until, setUntil] = useState(0)
  const [now, setNow] = useState(0)
  const [seen, setSeen] = useState<unknown>(null)
  if (error !== seen) {
    const start = Date.now()
    setSeen(error)
    setNow(start)
    setUntil(asked > 0 ? start + asked * SECOND_MS : 0)
  }
  const left = Math.max(0, Math.ceil((until - now) / SECOND_MS))
  useEffect(() => {
    if (left === 0) return
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS)
    return () => clearInterval(timer)
  }, [left === 0])
  return left
}
