import type { UserId } from '../../../../core/kernel/id.ts'
import type { SystemTx } from '../../db/types.ts'
import { uuidv7 } from '../../id/uuid.ts'
import type { DeviceSeen, SessionKind, SessionMethod, SignedPerson } from '../types.ts'

const SESSIONS_MAX = 200
const DEVICES_KEPT = 50
/** A session says it was seen at most this often: a request need not write. */
const SEEN_EVERY = 'interval \'5 minutes\''

type PersonRow = { id: UserId; name: string; email: string; sessionId: string; stale: boolean }
const PERSON = `u.id, u.name, u.email, s.id as "sessionId", d.last_seen_at < now() - ${SEEN_EVERY} as stale
  from auth.session s join auth."user" u on u.id = s."userId" left join auth.session_detail d on d.session_id = s.id`

async function personOf(tx: SystemTx, row: PersonRow | undefined): Promise<SignedPerson | null> {
  if (!row) return null
  if (row.stale) await tx.query(`update auth.session_detail set last_seen_at = now() where session_id = $1 and last_seen_at < now() - ${SEEN_EVERY}`, [row.sessionId])
  return { id: row.id, name: row.name, email: row.email, sessionId: row.sessionId }
}

/** Whose session a token opens; null when it ended. */
export async function personByToken(tx: SystemTx, token: string): Promise<SignedPerson | null> {
  return await personOf(tx, (await tx.query<PersonRow>(`select ${PERSON} where s.token = $1 and s."expiresAt" > now()`, [token])).rows[0])
}

export async function personBySession(tx: SystemTx, sessionId: string): Promise<SignedPerson | null> {
  return await personOf(tx, (await tx.query<PersonRow>(`select ${PERSON} where s.id = $1 and s."expiresAt" > now()`, [sessionId])).rows[0])
}

/** An account that signs in by password. `knownDevice`: the browser's own cookie names a device this person signed in from. */
export type Account = { readonly id: UserId; readonly name: string; readonly email: string; readonly password: string | null; readonly knownDevice: string | null; readonly twoFactor: boolean }

export async function findAccount(tx: SystemTx, email: string, deviceHash: string | undefined): Promise<Account | undefined> {
  const { rows } = await tx.query<Account>(`
    select u.id, u.name, u.email, a.password, d.id as "knownDevice", f.id is not null as "twoFactor"
    from auth."user" u
    left join auth.account a on a."userId" = u.id and a."providerId" = 'credential'
    left join auth.device d on d.user_id = u.id and d.token_hash = $2
    left join auth.second_factor f on f.id = u.id and f.confirmed_at is not null
    where u.email = $1`, [email.trim().toLowerCase(), deviceHash ?? null])
  return rows[0]
}

export async function findAccountById(tx: SystemTx, userId: string): Promise<Account | undefined> {
  const { rows } = await tx.query<Account>(`
    select u.id, u.name, u.email, a.password, null::uuid as "knownDevice", f.id is not null as "twoFactor"
    from auth."user" u left join auth.account a on a."userId" = u.id and a."providerId" = 'credential'
    left join auth.second_factor f on f.id = u.id and f.confirmed_at is not null where u.id = $1`, [userId])
  return rows[0]
}

export type DeviceInput = { readonly userId: UserId; readonly tokenHash: string | undefined; readonly newTokenHash: string | undefined; readonly agentHash: string; readonly words: string; readonly network: string; readonly address: string }

/**
 * Recognises a device by its cookie; one that brings none, by its program and its neighbourhood. Otherwise it is a new
 * one, kept under `newTokenHash`.
 */
export async function recogniseDevice(tx: SystemTx, input: DeviceInput): Promise<DeviceSeen & { readonly id: string }> {
  const { rows } = await tx.query<{ id: string }>(`
    update auth.device set last_seen_at = now(), last_address = $6, words = $5, network = $4 where id = (
      select id from auth.device where user_id = $1 and (token_hash = $2 or ($2::text is null and token_hash is null and agent_hash = $3 and network = $4))
      order by last_seen_at desc, id limit 1)
    returning id`,
  [input.userId, input.tokenHash ?? null, input.agentHash, input.network, input.words, input.address])
  const known = rows[0]
  if (known) return { id: known.id, isNew: false, isFirst: false, words: input.words, address: input.address }
  const before = await tx.query('select 1 from auth.device where user_id = $1 limit 1', [input.userId])
  // Two sign-ins of one browser at the same moment are one device.
  const made = await tx.query<{ id: string }>(`
    insert into auth.device (id, user_id, token_hash, words, agent_hash, network, last_address) values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (user_id, token_hash) where token_hash is not null do update set last_seen_at = now() returning id`,
  [uuidv7(), input.userId, input.newTokenHash ?? null, input.words, input.agentHash, input.network, input.address])
  const id = made.rows[0]?.id ?? ''
  await tx.query(`delete from auth.device where user_id = $1 and id in (select id from auth.device where user_id = $1 order by last_seen_at desc, id desc offset ${DEVICES_KEPT})`, [input.userId])
  return { id, isNew: true, isFirst: before.rowCount === 0, words: input.words, address: input.address }
}

/** Completes a session that the library just made. Answers its id. */
export async function describeSession(tx: SystemTx, session: { token: string; kind: SessionKind; method: SessionMethod; deviceId: string; words: string; address: string; userAgent: string; seconds: number }): Promise<string> {
  const { rows } = await tx.query<{ id: string }>(
    'update auth.session set "ipAddress" = $2, "userAgent" = $3, "expiresAt" = now() + make_interval(secs => $4) where token = $1 returning id', [session.token, session.address, session.userAgent.slice(0, 400), session.seconds])
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the session that was just made is gone')
  await tx.query('insert into auth.session_detail (session_id, device_id, kind, method, device_words) values ($1, $2, $3, $4, $5)', [id, session.deviceId, session.kind, session.method, session.words])
  return id
}

export type SessionListRow = {
  readonly id: string; readonly kind: SessionKind; readonly method: SessionMethod; readonly device: string; readonly address: string | null
  readonly createdAt: string; readonly lastSeenAt: string; readonly expiresAt: string
}

/** The open sessions of a person, the one seen last first. */
export async function listSessions(tx: SystemTx, userId: UserId): Promise<SessionListRow[]> {
  const { rows } = await tx.query<SessionListRow>(`
    select s.id, coalesce(d.kind, 'browser') as kind, coalesce(d.method, 'password') as method, coalesce(d.device_words, '?') as device, nullif(s."ipAddress", '') as address,
      s."createdAt", coalesce(d.last_seen_at, s."createdAt") as "lastSeenAt", s."expiresAt"
    from auth.session s left join auth.session_detail d on d.session_id = s.id
    where s."userId" = $1 and s."expiresAt" > now() order by coalesce(d.last_seen_at, s."createdAt") desc, s.id desc limit ${SESSIONS_MAX}`, [userId])
  return rows
}

/** Ends one session of a person. Answers its token, or undefined when it is not theirs or ended already. */
export async function deleteSession(tx: SystemTx, session: { readonly userId: UserId; readonly id: string }): Promise<string | undefined> {
  return (await tx.query<{ token: string }>('delete from auth.session where "userId" = $1 and id = $2 returning token', [session.userId, session.id])).rows[0]?.token
}

/** Ends a session by its token. Answers its id. */
export async function deleteSessionByToken(tx: SystemTx, token: string): Promise<string | undefined> {
  return (await tx.query<{ id: string }>('delete from auth.session where token = $1 returning id', [token])).rows[0]?.id
}

/** Ends every session of a person, but the one given. Answers how many. */
export async function deleteOtherSessions(tx: SystemTx, userId: UserId, kept: string | null): Promise<number> {
  return (await tx.query('delete from auth.session where "userId" = $1 and ($2::uuid is null or id <> $2)', [userId, kept])).rowCount
}

export async function savePassword(tx: SystemTx, userId: UserId, hash: string): Promise<void> {
  await tx.query('update auth.account set password = $2, "updatedAt" = now() where "userId" = $1 and "providerId" = \'credential\'', [userId, hash])
}

export async function notify(tx: SystemTx, channel: string, payload: string): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [channel, payload])
}

export async function emailExists(tx: SystemTx, email: string): Promise<boolean> {
  return (await tx.query('select 1 from auth."user" where email = $1', [email.trim().toLowerCase()])).rows.length > 0
}
