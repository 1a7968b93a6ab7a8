import { useState } from 'react'

/** The secret of a link sent by e-mail: after the `#`, which browsers never send to a server nor to another site. */
export function readToken(hash: string): string | null {
  const token = hash.replace(/^#/, '').trim()
  return /^[\w.~-]{10,200}$/.test(token) ? token : null
}

const KEPT = 'quittance.link'

/** Keeps the secret for this tab while the person signs in, so that it never stands in an address a server would log. */
export function keepToken(token: string): void {
  try { sessionStorage.setItem(KEPT, token) } catch { /* A browser that keeps nothing: the link of the e-mail is opened again. */ }
}

function keptToken(): string | null {
  try { return sessionStorage.getItem(KEPT) } catch { return null }
}

/** Reads it once: the page keeps it while the address may change. */
export function useLinkToken(options: { readonly orKept?: boolean } = {}): string | null {
  const [token] = useState(() => readToken(location.hash) ?? (options.orKept ? keptToken() : null))
  return token
}
