/** What a failure of the database means for whoever asked: try again, free some room, or ask for less. Undefined for a fault of ours. */
export type DatabaseFault = 'unavailable' | 'full' | 'slow' | 'contended'

const UNAVAILABLE = new Set([
  // The server says so itself: shutting down, crashed, starting, too many sessions.
  '57P01', '57P02', '57P03', '53300', '25P03', '25P04',
  // The network says so.
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN',
])
const FULL = new Set(['53100', 'ENOSPC', 'EDQUOT', 'EFBIG'])
const CONTENDED = new Set(['40001', '40P01', '55P03'])
const CAUSES_MAX = 6

// The driver tells these by their text alone.
const LOST = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|the embedded database is closed|Cannot use a pool after calling end)/
const FULL_TEXT = /No space left on device|File too large|Disk quota exceeded/

function faultOf(error: Error): DatabaseFault | undefined {
  const code = 'code' in error ? String(error.code) : ''
  if (FULL.has(code) || FULL_TEXT.test(error.message)) return 'full'
  if (UNAVAILABLE.has(code) || code.startsWith('08') || LOST.test(error.message)) return 'unavailable'
  if (code === '57014') return 'slow'
  return CONTENDED.has(code) ? 'contended' : undefined
}

/** Reads a failure and its causes: a transaction that was lost is told by what came after it. */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  let found = error
  for (let depth = 0; depth < CAUSES_MAX && found instanceof Error; depth += 1) {
    const fault = faultOf(found)
    if (fault) return fault
    if (found instanceof AggregateError && found.errors.length > 0) { found = found.errors[0]; continue }
    found = found.cause
  }
  return undefined
}
