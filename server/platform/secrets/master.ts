import { boundTo, decrypt, deriveKey, encrypt } from './cipher.ts'

/** A key made from a secret of the settings; it wraps the keys that seal. */
export type MasterKey = { readonly name: string; readonly key: Uint8Array }

/** The master key in use, and those of earlier secrets, which still unwrap. */
export type MasterKeys = { readonly current: MasterKey; readonly byName: ReadonlyMap<string, MasterKey> }

const SALT = Buffer.from('quittance')

/** The secret itself is never a key: the key, and the name that says which secret wrapped a row, are derived from it apart. */
function masterOf(secret: string): MasterKey {
  const key = Buffer.from(secret, 'utf8')
  const part = (info: string, length: number) => deriveKey({ key, salt: SALT, info: Buffer.from(info) }, length)
  return { name: part('master key name, version 1', 8).toString('hex'), key: part('master key, version 1', 32) }
}

export function masterKeys(secrets: { readonly secret: string; readonly previous: readonly string[] }): MasterKeys {
  const current = masterOf(secrets.secret)
  const all = [...secrets.previous.map(masterOf), current]
  return { current, byName: new Map(all.map((master) => [master.name, master])) }
}

/** Which key a wrapped key is, so that it opens nowhere else. */
export type KeyIdentity = { readonly tenantId: string | null; readonly id: string; readonly purpose: string }

const identity = (of: KeyIdentity) => boundTo(['quittance data key 1', of.tenantId, of.id, of.purpose])

export function wrapKey(master: MasterKey, key: Uint8Array, of: KeyIdentity): Buffer {
  return encrypt(master.key, { text: key, bound: identity(of) })
}

/** Undefined when the master key is another, or the row was touched. */
export function unwrapKey(master: MasterKey, wrapped: Uint8Array, of: KeyIdentity): Buffer | undefined {
  return decrypt(master.key, wrapped, identity(of))
}
