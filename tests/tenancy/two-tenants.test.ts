import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { may, PERMISSIONS, PERSON_ONLY, type Permission, type Role } from '../../core/access/permissions.ts'
import { ROLES } from '../../contract/identity.ts'
import { startTestApp, type Answer, type CallOptions, type TestApp, type TestCompany } from '../support/server.ts'
import { TABLE } from './table/all.ts'
import type { RouteCall, TenancyRow } from './table/table.ts'

/** A module adds its routes here, in a file of its own. */
const rows = Object.entries(TABLE).flatMap(([id, row]): [string, TenancyRow][] => (typeof row === 'string' ? [] : [[id, row]]))
const persons = Object.entries(TABLE).filter(([, row]) => row === 'person').map(([id]) => id)

type Method = Parameters<TestApp['api']>[0]
type Route = { readonly method: Method; readonly path: string; readonly needsTenant: boolean; readonly isOpen: boolean }
type Operation = { operationId?: string; security?: unknown[]; parameters?: { in: string; name: string }[] }

let t: TestApp
let ours: TestCompany
let theirs: TestCompany
const routes = new Map<string, Route>()
const roles = new Map<Role, { readonly cookie: string }>()
/** API keys of ours: two that share the permissions out between them, and one that was revoked. */
const keys: { readonly permissions: readonly Permission[]; readonly key: string }[] = []
let revokedKey = ''
let keyOfTheirs = ''
/** People who could open ours and no longer can: a member removed, a firm whose grant was revoked, a person of a firm who works for other clients. */
const gone: { readonly who: string; readonly cookie: string; readonly key: string }[] = []

beforeAll(async () => {
  t = await startTestApp()
  const paths = (await t.api('GET', '/api/openapi.json')).body.paths as Record<string, Record<string, Operation>>
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      routes.set(operation.operationId ?? `${method} ${path}`, {
        method: method.toUpperCase() as Method, path,
        needsTenant: (operation.parameters ?? []).some(({ name }) => name === 'Quittance-Tenant'),
        isOpen: operation.security?.length === 0,
      })
    }
  }
  ours = await t.company('company', { name: 'La nôtre' })
  theirs = await t.company('company', { name: 'La leur' })
  for (const role of ROLES) roles.set(role, await t.member(ours, role))
  await makeKeys()
  await loseAccess()
})
afterAll(async () => { await t.close() })

async function makeKey(as: string, tenant: TestCompany, scopes: readonly Permission[]): Promise<{ readonly id: string; readonly key: string }> {
  const { status, body, text } = await t.api('POST', '/api/keys', { as, tenant, body: { name: 'Clé', scopes } })
  if (status !== 201) throw new Error(text)
  return { id: String(body.id), key: String(body.key) }
}

async function makeKeys(): Promise<void> {
  const scopes = PERMISSIONS.filter((permission) => !PERSON_ONLY.includes(permission))
  // By resource: an answer shows what was written, so that a key that writes reads too.
  const resources = [...new Set(scopes.map((permission) => permission.split('.')[0]))]
  for (const rest of [0, 1]) {
    const permissions = scopes.filter((permission) => resources.indexOf(permission.split('.')[0]) % 2 === rest)
    keys.push({ permissions, key: (await makeKey(ours.cookie, ours, permissions)).key })
  }
  const revoked = await makeKey(ours.cookie, ours, scopes)
  await t.api('DELETE', `/api/keys/${revoked.id}`, { as: ours })
  revokedKey = revoked.key
  keyOfTheirs = (await makeKey(theirs.cookie, theirs, scopes)).key
}

/** Each of them opened ours a moment ago, with a cookie and with a key, so that what is remembered for a few seconds is met too. */
async function loseAccess(): Promise<void> {
  const admin = await t.member(ours, 'admin')
  const [revokedFirm, otherFirm] = [await t.company('firm'), await t.company('firm')]
  for (const firm of [revokedFirm, otherFirm]) await t.api('POST', '/api/grants', { as: ours, body: { firmSlug: firm.slug, role: 'admin' } })
  const limited = await t.member(otherFirm, 'admin')
  const people = [{ who: 'a member removed', cookie: admin.cookie }, { who: 'a firm whose grant was revoked', cookie: revokedFirm.cookie }, { who: 'a person of a firm who works for other clients', cookie: limited.cookie }]
  for (const { who, cookie } of people) {
    const { key } = await makeKey(cookie, ours, ['company.read', 'ledger.read'])
    for (const call of [{ as: cookie, tenant: ours }, bearer(key)]) if ((await t.api('GET', '/api/company', call)).status !== 200) throw new Error(`${who} never had access`)
    gone.push({ who, cookie, key })
  }
  await t.api('DELETE', `/api/members/${admin.id}`, { as: ours })
  const grants = (await t.api('GET', '/api/grants', { as: ours })).body.items as { id: string; firm: { id: string } }[]
  await t.api('POST', `/api/grants/${grants.find((grant) => grant.firm.id === revokedFirm.tenantId)?.id ?? ''}/revoke`, { as: ours })
  await t.api('PUT', `/api/collaborators/${limited.id}/clients`, { as: otherFirm, body: { allClients: false, clientIds: [] } })
}

const bearer = (key: string, tenant?: TestCompany): CallOptions => ({ headers: { authorization: `Bearer ${key}` }, ...(tenant ? { tenant } : {}) })

function routeOf(id: string): Route {
  const route = routes.get(id)
  if (!route) throw new Error(`${id} is in the table of this test and not in the API`)
  return route
}

async function send(id: string, call: RouteCall, options: CallOptions): Promise<Answer> {
  const { method, path } = routeOf(id)
  const url = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(call.params?.[name] ?? '01890000-0000-7000-8000-000000000000'))
  return await t.api(method, `${url}${call.query ? `?${call.query}` : ''}`, {
    ...options, ...(call.body === undefined ? {} : { body: call.body }), ...(call.file === undefined ? {} : { file: call.file }),
  })
}

test('every route of the API is in the table of this test, and says the same of who may call it', () => {
  expect([...routes.keys()].filter((id) => TABLE[id] === undefined), 'add these routes to a file of tests/tenancy/table').toEqual([])
  for (const [id, row] of Object.entries(TABLE)) {
    expect({ id, needsTenant: routeOf(id).needsTenant, isOpen: routeOf(id).isOpen }).toEqual({ id, needsTenant: typeof row !== 'string', isOpen: row === 'public' })
  }
})

test('every route describes itself', async () => {
  const { body } = await t.api('GET', '/api/openapi.json')
  for (const [path, operations] of Object.entries(body.paths as Record<string, Record<string, { operationId?: string; summary?: string; description?: string; tags?: string[] }>>)) {
    for (const [method, operation] of Object.entries(operations)) {
      expect(operation, `${method} ${path}`).toMatchObject({ operationId: expect.any(String), summary: expect.any(String), description: expect.any(String), tags: [expect.any(String)] })
    }
  }
})

describe('without a session', () => {
  test.each([...persons, ...rows.map(([id]) => id)])('%s answers 401', async (id) => {
    expect(await send(id, {}, { tenant: ours })).toMatchObject({ status: 401, body: { code: 'SIGN_IN_REQUIRED' } })
  })
})

describe('with the header of a company that is not theirs', () => {
  test.each(rows.map(([id]) => id))('%s answers 404', async (id) => {
    expect(await send(id, {}, { as: ours.cookie, tenant: theirs })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await send(id, {}, { as: ours.cookie })).toMatchObject({ status: 400, body: { code: 'TENANT_REQUIRED' } })
  })
})

describe('whoever could open the company and no longer can', () => {
  test.each(rows.map(([id]) => id))('%s answers 404, and 401 to the keys they made', async (id) => {
    for (const { who, cookie, key } of gone) {
      expect(await send(id, {}, { as: cookie, tenant: ours }), who).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
      expect(await send(id, {}, bearer(key)), who).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } })
    }
  })
})

describe('with an API key', () => {
  test.each(rows.map(([id]) => id))('%s answers 404 to the key of another company and 401 to one that was revoked', async (id) => {
    expect(await send(id, {}, bearer(keyOfTheirs, ours))).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
    expect(await send(id, {}, bearer(revokedKey))).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } })
  })
  test.each(persons)('%s needs a person', async (id) => {
    expect(await send(id, {}, bearer(keys[0]?.key ?? ''))).toMatchObject({ status: 403, body: { code: 'API_KEY_NOT_A_PERSON' } })
  })
})

describe('in their own company with the ids of another one', () => {
  const named = rows.filter(([, row]) => row.call)
  test.each(named)('%s answers 404 when it names anything', async (id, row) => {
    if (row.wordsInPath || (!routeOf(id).path.includes('{') && !row.idsInBody)) return
    const call = await row.call?.(t, theirs) ?? {}
    expect(Object.keys(call.params ?? {}).length > 0 || row.idsInBody, 'the call of the table names no id').toBe(true)
    expect(await send(id, call, { as: ours })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })
})

describe('each role and each key does what its permissions give it, and no more', () => {
  test.each(rows)('%s', async (id, row) => {
    const call = await row.call?.(t, ours) ?? {}
    for (const { permissions, key } of keys) {
      const answer = await send(id, call, bearer(key))
      if (permissions.includes(row.permission) && !row.ownerOnly) expect([401, 403, 500], `key: ${answer.text}`).not.toContain(answer.status)
      else expect(answer.status, `key: ${answer.text}`).toBe(403)
    }
    for (const role of [...ROLES].reverse()) {
      const answer = await send(id, call, { as: roles.get(role)?.cookie, tenant: ours })
      if (may(role, row.permission) && (!row.ownerOnly || role === 'owner')) expect([401, 403, 500], `${role}: ${answer.text}`).not.toContain(answer.status)
      else expect(answer, role).toMatchObject({ status: 403, body: { code: may(role, row.permission) ? 'OWNER_ONLY' : 'PERMISSION_MISSING' } })
    }
  })
})
