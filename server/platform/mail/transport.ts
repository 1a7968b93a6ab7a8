import { createTransport } from 'nodemailer'
import type { Smtp } from '../config/smtp.ts'

export type Envelope = { readonly id: string; readonly to: string; readonly subject: string; readonly text: string; readonly html: string }

/** Hands one message to the mail server. */
export type Deliver = (message: Envelope) => Promise<void>

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000

/** A server that does not answer is given up after half a minute. The message id stays the same at each try, so that a reader sees one message. */
export function smtpDelivery(smtp: Smtp, host: string): Deliver {
  const transport = createTransport({
    url: smtp.url, connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS, dnsTimeout: CONNECT_MS,
    disableFileAccess: true, disableUrlAccess: true, tls: { minVersion: 'TLSv1.2' },
  })
  return async ({ id, to, subject, text, html }) => {
    await transport.sendMail({ from: smtp.from, to, subject, text, html, messageId: `<${id}@${host}>`, headers: { 'Auto-Submitted': 'auto-generated' } })
  }
}

/** Whether a new try is worth anything: a server that says 5xx has decided (RFC 5321, 4.2.1). */
export function isFinal(error: unknown): boolean {
  const code = error && typeof error === 'object' && 'responseCode' in error ? Number(error.responseCode) : 0
  return code >= 500 && code < 600
}

/** What went wrong, without the addresses and the credentials a server may repeat. */
export function errorWords(error: unknown): string {
  const { code, responseCode } = (error && typeof error === 'object' ? error : {}) as { code?: unknown; responseCode?: unknown }
  return [typeof code === 'string' ? code : 'ERROR', typeof responseCode === 'number' ? String(responseCode) : ''].filter(Boolean).join(' ')
}
