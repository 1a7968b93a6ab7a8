import { Type } from 'typebox'
import { IdParams } from '../../../contract/common.ts'
import { Customer, CustomerPage, CustomerPatch, CustomerQuery, NewCustomer } from '../../../contract/party.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { browseCustomers, changeCustomer, createCustomer, readCustomer } from './customers.ts'
import { presentCustomer } from './present.ts'

const tags = ['Customers']
const Key = Type.Tuple([Type.String(), Type.String()])

export const partyRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/customers', {
    schema: { operationId: 'listCustomers', tags, summary: 'List customers', description: 'Customers by name, with what each owes. Permission: customer.read.', querystring: CustomerQuery, response: { 200: CustomerPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, ...query } = request.query
    const key = decodeCursor(cursor, Key)
    const rows = await browseCustomers(app, ctx, { ...query, after: key && { name: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentCustomer(row, ctx.currency), key: (row) => [row.name, row.id] })
  })

  http.post('/api/customers', {
    schema: { operationId: 'createCustomer', tags, summary: 'Add a customer', description: 'The code is the auxiliary account under 411; the next free one is taken when none is given. Permission: customer.write.', body: NewCustomer, response: { 201: Customer } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentCustomer(await createCustomer(app, ctx, request.body), ctx.currency))
  })

  http.get('/api/customers/:id', {
    schema: { operationId: 'readCustomer', tags, summary: 'Read a customer', description: 'Permission: customer.read.', params: IdParams, response: { 200: Customer } },
  }, async (request) => {
    const ctx = await request.context()
    return presentCustomer(await readCustomer(app, ctx, request.params.id), ctx.currency)
  })

  http.patch('/api/customers/:id', {
    schema: { operationId: 'updateCustomer', tags, summary: 'Change a customer', description: 'Only the fields given change. Permission: customer.write.', params: IdParams, body: CustomerPatch, response: { 200: Customer } },
  }, async (request) => {
    const ctx = await request.context()
    return presentCustomer(await changeCustomer(app, ctx, { id: request.params.id, patch: request.body }), ctx.currency)
  })
}
