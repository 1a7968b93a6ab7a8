import { createHmac, timingSafeEqual } from 'node:crypto'
import { COOKIE_PREFIX, SESSION_SECONDS, type AuthSettings } from '../options.ts'

/** `session_token` is the library's own name. `device` recognises a browser; `challenge` stands between password and code. */
export type CookieKind = 'session_token' | 'device' | 'challenge'

const isSecure = (settings: AuthSettings) => settings.publicUrl.startsWith('https:')

/** The name under which the browser keeps a cookie; `__Secure-` makes it refuse the cookie over plain http. */
export function cookieName(settings: AuthSettings, kind: CookieKind = 'session_token'): string {
  return `${isSecure(settings) ? '__Secure-' : ''}${COOKIE_PREFIX}.${kind}`
}

function cookieOf(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** Each kind is signed apart, so that one never passes for another. The session's signature is the library's. */
function signature(settings: AuthSettings, kind: CookieKind, token: string): Buffer {
  return createHmac('sha256', settings.secret).update(kind === 'session_token' ? token : `${kind} ${token}`).digest()
}

/** The token of a cookie when our signature on it is right (`token.base64(HMAC-SHA256)`, URL-encoded). */
export function cookieToken(header: string | undefined, settings: AuthSettings, kind: CookieKind): string | undefined {
  const raw = header === undefined ? undefined : cookieOf(header, cookieName(settings, kind))
  if (raw === undefined || raw.length > 1000) return undefined
  let value: string
  try { value = decodeURIComponent(raw) } catch { return undefined }
  const dot = value.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = value.slice(0, dot)
  const given = Buffer.from(value.slice(dot + 1), 'base64')
  const right = signature(settings, kind, token)
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined
}

/** The session token in a Cookie header. */
export function sessionToken(header: string | undefined, settings: AuthSettings): string | undefined {
  return cookieToken(header, settings, 'session_token')
}

const LASTING: Readonly<Record<CookieKind, number>> = { session_token: SESSION_SECONDS, device: 400 * 24 * 3600, challenge: 300 }

/** The header that makes the browser keep a token: scripts cannot read it, other sites do not send it. */
export function setCookie(settings: AuthSettings, kind: CookieKind, token: string): string {
  const value = encodeURIComponent(`${token}.${signature(settings, kind, token).toString('base64')}`)
  return `${cookieName(settings, kind)}=${value}; Max-Age=${LASTING[kind]}; Path=/; HttpOnly; SameSite=Lax${isSecure(settings) ? '; Secure' : ''}`
}

/** The header that makes the browser forget it. */
export function expiredCookie(settings: AuthSettings, kind: CookieKind = 'session_token'): string {
  return `${cookieName(settings, kind)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${isSecure(settings) ? '; Secure' : ''}`
}
