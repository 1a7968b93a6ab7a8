import { createHmac, timingSafeEqual } from 'node:crypto'
import { COOKIE_PREFIX, type AuthSettings } from './options.ts'

/** The name under which the browser keeps the session; `__Secure-` makes it refuse the cookie over plain http. */
export function cookieName(settings: AuthSettings): string {
  return `${settings.publicUrl.startsWith('https:') ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`
}

function cookieOf(header: string, name: string): string | undefined {
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return undefined
}

/** The session token in a Cookie header when our signature on it is right (`token.base64(HMAC-SHA256)`, URL-encoded). */
export function sessionToken(header: string | undefined, settings: AuthSettings): string | undefined {
  const raw = header === undefined ? undefined : cookieOf(header, cookieName(settings))
  if (raw === undefined || raw.length > 1000) return undefined
  let value: string
  try { value = decodeURIComponent(raw) } catch { return undefined }
  const dot = value.lastIndexOf('.')
  if (dot < 1) return undefined
  const token = value.slice(0, dot)
  const given = Buffer.from(value.slice(dot + 1), 'base64')
  const right = createHmac('sha256', settings.secret).update(token).digest()
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined
}

/** The header that makes the browser forget the session. */
export function expiredCookie(settings: AuthSettings): string {
  return `${cookieName(settings)}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${settings.publicUrl.startsWith('https:') ? '; Secure' : ''}`
}
