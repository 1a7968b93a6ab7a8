import type { Static } from 'typebox'
import type { Settings } from './settings.ts'

/** How mail leaves: an address smtp:// or smtps:// with its credentials, and who it comes from. */
export type Smtp = { readonly url: string; readonly from: string }

const TLS_PORT = 465

/** The mail server of the settings; null when there is none, and messages then wait in the outbox. SMTP_URL wins over its parts. */
export function readSmtp(settings: Static<typeof Settings>, publicUrl: string): Smtp | null {
  const { SMTP_URL, SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_FROM } = settings
  const credentials = SMTP_USER === undefined ? '' : `${encodeURIComponent(SMTP_USER)}:${encodeURIComponent(SMTP_PASSWORD ?? '')}@`
  const url = SMTP_URL ?? (SMTP_HOST === undefined ? undefined : `${SMTP_PORT === TLS_PORT ? 'smtps' : 'smtp'}://${credentials}${SMTP_HOST}:${SMTP_PORT}`)
  return url === undefined ? null : { url, from: SMTP_FROM ?? `Quittance <no-reply@${new URL(publicUrl).hostname}>` }
}
