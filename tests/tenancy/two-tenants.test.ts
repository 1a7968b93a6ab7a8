import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { may, type Role } from '../../core/access/permissions.ts'
import { ROLES } from '../../contract/identity.ts'
import { startTestApp, type Answer, type CallOptions, type TestApp, type TestCompany } from '../support/server.ts'
import { bankingTable } from './table/banking.ts'
import { identityTable } from './table/identity.ts'
import { invoicingTable } from './table/invoicing.ts'
import { ledgerTable } from './table/ledger.ts'
import { partyTable } from './table/party.ts'
import { reconciliationTable } from './table/reconciliation.ts'
import { reportingTable } from './table/reporting.ts'
import type { RouteCall, TenancyRow, TenancyTable } from './table/table.ts'

/** A module adds its routes here, in a file of its own. */
const TABLE: TenancyTable = { ...identityTable, ...ledgerTable, ...partyTable, ...invoicingTable, ...bankingTable, ...reconciliationTable, ...reportingTable }

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
})
afterAll(async () => { await t.close() })

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

describe('in their own company with the ids of another one', () => {
  const named = rows.filter(([, row]) => row.call)
  test.each(named)('%s answers 404 when it names anything', async (id, row) => {
    if (row.wordsInPath || (!routeOf(id).path.includes('{') && !row.idsInBody)) return
    const call = await row.call?.(t, theirs) ?? {}
    expect(Object.keys(call.params ?? {}).length > 0 || row.idsInBody, 'the call of the table names no id').toBe(true)
    expect(await send(id, call, { as: ours })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } })
  })
})

describe('each role does what the permission table gives it, and no more', () => {
  test.each(rows)('%s', async (id, row) => {
    const call = await row.call?.(t, ours) ?? {}
    for (const role of [...ROLES].reverse()) {
      const answer = await send(id, call, { as: roles.get(role)?.cookie, tenant: ours })
      if (may(role, row.permission)) expect([401, 403, 500], `${role}: ${answer.text}`).not.toContain(answer.status)
      else expect(answer, role).toMatchObject({ status: 403, body: { code: 'PERMISSION_MISSING' } })
    }
  })
})
