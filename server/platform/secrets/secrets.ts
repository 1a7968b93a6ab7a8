import { randomBytes } from 'node:crypto'
import { isUuid, type TenantId } from '../../../core/kernel/id.ts'
import type { Db } from '../db/types.ts'
import { uuidv7 } from '../id/uuid.ts'
import { boundTo, decrypt, encrypt, KEY_BYTES } from './cipher.ts'
import { createKeyCache } from './key-cache.ts'
import { masterKeys, unwrapKey, wrapKey, type MasterKeys } from './master.ts'
import { insertKey, readById, readCurrent, type DataKeyRow, type KeyTable } from './store.ts'

/**
 * Whose secret it is, and what for. `purpose` is a group, and after a colon the row: `webhook.secret:<id>`. The group
 * chooses the key; the whole of it is bound to the sealed text, which opens nowhere else.
 */
export type SecretScope = { readonly tenantId: string | null; readonly purpose: string }

export type Secrets = {
  /** A text to store: different at each call, readable only by `open` with the same scope. */
  seal(scope: SecretScope, plaintext: string): Promise<string>
  /** The text that was sealed. Throws SealError when it was touched, moved to another company, row or purpose, or its master key is gone. */
  open(scope: SecretScope, sealed: string): Promise<string>
}

/** What rotation needs besides. */
export type SecretKeys = {
  readonly masters: MasterKeys
  /** Runs with the keys of a company, or with those of the installation. */
  within<T>(tenantId: string | null, run: (table: KeyTable) => Promise<T>): Promise<T>
  /** The id of the key a text was sealed with; null for what is not a sealed text. */
  keyOf(sealed: string): string | null
  forget(): void
}

export type SealFailure = 'form' | 'key' | 'master' | 'scope'

const WHY: Readonly<Record<SealFailure, string>> = {
  form: 'the text is not a sealed one',
  key: 'the key of the sealed text does not exist here',
  master: 'the key of the sealed text was wrapped with another QUITTANCE_SECRET: name it in QUITTANCE_SECRET_PREVIOUS',
  scope: 'the sealed text was touched, or belongs to another company, row or purpose',
}

/** A sealed text that does not open: damage, or a lost secret. Neither its text nor its content is told. */
export class SealError extends Error {
  override name = 'SealError'
  readonly reason: SealFailure
  constructor(reason: SealFailure) {
    super(WHY[reason])
    this.reason = reason
  }
}

type DataKey = { readonly id: string; readonly key: Uint8Array }

const VERSION = 'q1'
const SEALED = /^q1\.([0-9a-f-]{36})\.([A-Za-z0-9_-]+)$/
const PURPOSE = /^([a-z][a-z0-9._-]{0,59})(?::[^\u0000-\u001f]{1,200})?$/
const OPENED_MAX = 1_000
const CURRENT_MS = 60_000
const OPENED_MS = 3_600_000

function groupOf(purpose: string): string {
  const group = PURPOSE.exec(purpose)?.[1]
  if (group === undefined) throw new Error('the purpose of a secret is a group, and after a colon its row')
  return group
}

function boundScope(scope: SecretScope, keyId: string): Buffer {
  return boundTo([VERSION, keyId, scope.tenantId, scope.purpose])
}

function withKeysOf(db: Db): SecretKeys['within'] {
  return async (tenantId, run) => {
    if (tenantId === null) return await db.system((tx) => run({ tx, tenantId }))
    if (!isUuid(tenantId)) throw new Error('the company of a secret is a uuid in canonical form')
    return await db.tenant({ tenantId: tenantId as TenantId, userId: null }, (tx) => run({ tx, tenantId }))
  }
}

/**
 * Seals and opens secrets. A company's may be used inside its transaction, which it joins; the installation's
 * (`tenantId: null`) only outside of a company's transaction.
 */
export function createSecrets(db: Db, settings: { readonly secret: string; readonly previous: readonly string[] }): Secrets & SecretKeys {
  const masters = masterKeys(settings)
  const within = withKeysOf(db)
  const opened = createKeyCache<DataKey>({ entriesMax: OPENED_MAX, ttlMs: OPENED_MS })
  const current = createKeyCache<DataKey>({ entriesMax: OPENED_MAX, ttlMs: CURRENT_MS })

  const unwrap = (tenantId: string | null, row: DataKeyRow): DataKey => {
    const master = masters.byName.get(row.master)
    if (!master) throw new SealError('master')
    const key = unwrapKey(master, row.wrapped, { tenantId, id: row.id, purpose: row.purpose })
    if (!key) throw new SealError('key')
    const found = { id: row.id, key }
    // A key of the transaction under way may be rolled back: what is sealed with it then goes too, and it must not serve again.
    if (row.settled) opened.set(`${tenantId} ${row.id}`, found)
    return found
  }
  const currentKey = async (tenantId: string | null, purpose: string): Promise<DataKey> => {
    const name = `${tenantId} ${purpose}`
    const known = current.get(name)
    if (known) return known
    const row = await within(tenantId, async (table) => {
      const present = await readCurrent(table, purpose)
      if (present) return present
      const id = uuidv7()
      await insertKey(table, { id, purpose, master: masters.current.name, wrapped: wrapKey(masters.current, randomBytes(KEY_BYTES), { tenantId, id, purpose }) })
      return await readCurrent(table, purpose)
    })
    if (!row) throw new SealError('key')
    const key = unwrap(tenantId, row)
    // A key that an earlier secret has seen is about to be retired, so it is looked up each time.
    if (row.settled && row.bornUnder === masters.current.name) current.set(name, key)
    return key
  }
  const keyById = async (tenantId: string | null, id: string): Promise<DataKey> => {
    const known = opened.get(`${tenantId} ${id}`)
    if (known) return known
    const row = await within(tenantId, (table) => readById(table, id))
    if (!row) throw new SealError('key')
    return unwrap(tenantId, row)
  }
  return {
    seal: async (scope, plaintext) => {
      const { id, key } = await currentKey(scope.tenantId, groupOf(scope.purpose))
      return `${VERSION}.${id}.${encrypt(key, { text: Buffer.from(plaintext, 'utf8'), bound: boundScope(scope, id) }).toString('base64url')}`
    },
    open: async (scope, sealed) => {
      groupOf(scope.purpose)
      const [, id, content] = SEALED.exec(sealed) ?? []
      if (id === undefined || content === undefined || !isUuid(id)) throw new SealError('form')
      const { key } = await keyById(scope.tenantId, id)
      const text = decrypt(key, Buffer.from(content, 'base64url'), boundScope(scope, id))
      if (!text) throw new SealError('scope')
      return text.toString('utf8')
    },
    masters, within,
    keyOf: (sealed) => SEALED.exec(sealed)?.[1] ?? null,
    forget: () => { opened.clear(); current.clear() },
  }
}
