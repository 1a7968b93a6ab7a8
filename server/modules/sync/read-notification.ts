import type { Provider } from '../../../contract/sync.ts'
import type { Effect, Notification, StoredState } from './types.ts'

type Fields = Readonly<Record<string, unknown>>
const KIND_LENGTH_MAX = 100
const DETAIL_LENGTH_MAX = 300

/** JSON whose long whole numbers stay text: an id beyond 2^53 would change on its way. Undefined when it is not an object. */
export function readJson(text: string): Fields | undefined {
  const keepLong = (_key: string, value: unknown, context: { readonly source?: string }): unknown => (typeof value === 'number' && /^-?\d{16,}$/.test(context.source ?? '') ? context.source : value)
  try {
    const value: unknown = JSON.parse(text, keepLong as (key: string, value: unknown) => unknown)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Fields : undefined
  } catch {
    return undefined
  }
}

const textOf = (value: unknown, max: number): string | null => (typeof value === 'string' && value !== '' ? value.slice(0, max) : null)
const idOf = (value: unknown): string | null => (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : textOf(value, 200))
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? value as Fields : {})

function instantOf(value: unknown): Date | null {
  const at = typeof value === 'number' || typeof value === 'string' ? new Date(value) : null
  return at === null || Number.isNaN(at.getTime()) ? null : at
}

function consentOf(value: unknown, detail: string | null): Effect[] {
  const until = instantOf(value)
  return until === null ? [] : [{ do: 'consent', until, detail }]
}

/** The states of an item of Bridge, by its numbers. Others are errors of the provider that only it can explain. */
const BRIDGE_STATES: Readonly<Record<string, StoredState>> = {
  0: 'active', '-2': 'active', '-3': 'active', 402: 'needs_reauth', 429: 'needs_user_action', 430: 'needs_user_action', 1003: 'degraded', 1005: 'error', 1007: 'degraded',
  1009: 'needs_reauth', 1010: 'needs_reauth', 1099: 'degraded', 1100: 'error',
}

function bridgeEffects(kind: string | null, content: Fields): Effect[] {
  const consent = consentOf(content['authentication_expires_at'], null)
  switch (kind) {
    case 'item.refreshed': {
      const state = BRIDGE_STATES[String(content['status'])] ?? 'error'
      const detail = textOf(content['status_code_description'], DETAIL_LENGTH_MAX) ?? textOf(content['status_code_info'], DETAIL_LENGTH_MAX)
      return [{ do: 'state', state, detail: state === 'active' ? null : detail }, ...consent, ...(state === 'active' ? [{ do: 'sync' as const }] : [])]
    }
    case 'item.created': case 'item.account.created': case 'item.account.updated': return [...consent, { do: 'sync' }]
    case 'item.deleted': case 'user.deleted': return [{ do: 'state', state: 'revoked', detail: null }]
    default: return []
  }
}

function readBridge(fields: Fields): Notification {
  const [kind, content] = [textOf(fields['type'], KIND_LENGTH_MAX), fieldsOf(fields['content'])]
  return { key: null, kind, about: idOf(content['item_id']), at: instantOf(fields['timestamp']), effects: bridgeEffects(kind, content) }
}

function plaidEffects(kind: string, fields: Fields): Effect[] {
  const reason = textOf(fields['reason'], DETAIL_LENGTH_MAX)
  switch (kind) {
    case 'TRANSACTIONS/SYNC_UPDATES_AVAILABLE': case 'ITEM/NEW_ACCOUNTS_AVAILABLE': return [{ do: 'sync' }]
    case 'ITEM/LOGIN_REPAIRED': return [{ do: 'state', state: 'active', detail: null }, { do: 'sync' }]
    case 'ITEM/USER_PERMISSION_REVOKED': case 'ITEM/USER_ACCOUNT_REVOKED': return [{ do: 'state', state: 'revoked', detail: null }]
    case 'ITEM/PENDING_EXPIRATION': return consentOf(fields['consent_expiration_time'], null)
    case 'ITEM/PENDING_DISCONNECT': return consentOf(fields['disconnect_time'], reason)
    case 'ITEM/ERROR': {
      const code = textOf(fieldsOf(fields['error'])['error_code'], DETAIL_LENGTH_MAX)
      return [{ do: 'state', state: code === 'ITEM_LOGIN_REQUIRED' ? 'needs_reauth' : code?.startsWith('INSTITUTION_') ? 'degraded' : 'error', detail: code }]
    }
    default: return []
  }
}

function readPlaid(fields: Fields): Notification {
  const kind = [textOf(fields['webhook_type'], KIND_LENGTH_MAX), textOf(fields['webhook_code'], KIND_LENGTH_MAX)].filter((part) => part !== null).join('/') || null
  return { key: null, kind, about: idOf(fields['item_id']), at: null, effects: kind === null ? [] : plaidEffects(kind, fields) }
}

function readQonto(fields: Fields): Notification {
  const kind = textOf(fields['type'], KIND_LENGTH_MAX)
  return { key: textOf(fields['id'], 200), kind, about: idOf(fields['organization_id']), at: instantOf(fields['created_at']), effects: kind === 'v1/transactions' ? [{ do: 'sync' }] : [] }
}

/** The generic shape, the only one whose notifications carry the lines themselves. */
function readGeneric(fields: Fields): Notification {
  const kind = textOf(fields['type'], KIND_LENGTH_MAX)
  return { key: textOf(fields['id'], 200), kind, about: idOf(fields['source']), at: instantOf(fields['sentAt']), effects: kind === 'transactions' ? [{ do: 'deliver', delivery: fields }] : [] }
}

/** What a notification of a provider says. Undefined when its body is not an object in JSON. */
export function readNotification(provider: Provider, body: Uint8Array): Notification | undefined {
  const fields = readJson(Buffer.from(body).toString('utf8'))
  if (!fields) return undefined
  switch (provider) {
    case 'bridge': return readBridge(fields)
    case 'plaid': return readPlaid(fields)
    case 'qonto': return readQonto(fields)
    case 'finary': return readGeneric(fields)
  }
}
