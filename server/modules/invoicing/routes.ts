import { Type } from 'typebox'
import { IdParams } from '../../../contract/common.ts'
import { ImportQuery, Invoice, InvoiceImportResult, InvoicePage, InvoiceQuery, IssueInvoice, NewCreditNote, NewInvoice } from '../../../contract/invoicing.ts'
import type { Context } from '../../platform/access/context.ts'
import type { App } from '../../platform/app.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { uploadOf } from '../../platform/http/upload.ts'
import { browseInvoices, readInvoice } from './browse.ts'
import { issueCreditNote } from './credit-note.ts'
import { changeInvoice, createInvoice, removeInvoice } from './drafts.ts'
import { importInvoices } from './import-invoices.ts'
import { issueInvoice } from './issue-invoice.ts'
import { presentImport, presentInvoice, presentSummary } from './present.ts'
import { listKey } from './store.ts'

const tags = ['Sales invoices']
const Key = Type.Tuple([Type.String(), Type.String()])

async function whole(app: App, ctx: Context, id: string): Promise<Invoice> {
  return presentInvoice(await readInvoice(app, ctx, id), { today: ctx.today, locale: ctx.locale })
}

export const invoicingRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/invoices/sales', {
    schema: { operationId: 'listSalesInvoices', tags, summary: 'List sales invoices', description: 'Drafts first, then latest first. Permission: invoice.read.', querystring: InvoiceQuery, response: { 200: InvoicePage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, ...query } = request.query
    const key = decodeCursor(cursor, Key)
    const rows = await browseInvoices(app, ctx, { ...query, after: key && { issuedOn: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentSummary(row, ctx.today), key: listKey })
  })

  http.post('/api/invoices/sales', {
    schema: { operationId: 'createSalesInvoice', tags, summary: 'Write a draft invoice', description: 'A draft has no number and no entry. Permission: invoice.write.', body: NewInvoice, response: { 201: Invoice } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(await whole(app, ctx, await createInvoice(app, ctx, request.body)))
  })

  http.get('/api/invoices/sales/:id', {
    schema: { operationId: 'readSalesInvoice', tags, summary: 'Read an invoice', description: 'With its lines, taxes, legal mentions and payments. Permission: invoice.read.', params: IdParams, response: { 200: Invoice } },
  }, async (request) => whole(app, await request.context(), request.params.id))

  http.put('/api/invoices/sales/:id', {
    schema: { operationId: 'updateSalesInvoice', tags, summary: 'Replace a draft', description: 'An issued invoice is final. Permission: invoice.write.', params: IdParams, body: NewInvoice, response: { 200: Invoice } },
  }, async (request) => {
    const ctx = await request.context()
    await changeInvoice(app, ctx, { id: request.params.id, input: request.body })
    return whole(app, ctx, request.params.id)
  })

  http.delete('/api/invoices/sales/:id', {
    schema: { operationId: 'deleteSalesInvoice', tags, summary: 'Remove a draft', description: 'An issued invoice is never removed. Permission: invoice.write.', params: IdParams, response: { 204: Type.Null({ description: 'Removed.' }) } },
  }, async (request, reply) => {
    await removeInvoice(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })

  http.post('/api/invoices/sales/:id/issue', {
    schema: { operationId: 'issueSalesInvoice', tags, summary: 'Issue a draft', description: 'Takes the next number, posts the entry; final from then on. Permission: invoice.issue.', params: IdParams, body: IssueInvoice, response: { 200: Invoice } },
  }, async (request) => {
    const ctx = await request.context()
    await issueInvoice(app, ctx, { id: request.params.id, issuedOn: request.body.issuedOn })
    return whole(app, ctx, request.params.id)
  })

  http.post('/api/invoices/sales/:id/credit-note', {
    schema: { operationId: 'creditSalesInvoice', tags, summary: 'Cancel an invoice by a credit note', description: 'The credit note takes every line of the invoice and settles it. Permission: invoice.issue.', params: IdParams, body: NewCreditNote, response: { 201: Invoice } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(await whole(app, ctx, await issueCreditNote(app, ctx, { id: request.params.id, ...request.body })))
  })

  http.post('/api/invoices/sales/import', {
    config: { upload: true },
    schema: { operationId: 'importSalesInvoices', tags, summary: 'Import invoices from CSV', description: 'A dry run unless dryRun=false. Known invoices are left alone; rejected rows are named. Permission: invoice.import.', querystring: ImportQuery, response: { 200: InvoiceImportResult } },
  }, async (request) => {
    const ctx = await request.context()
    const { fileName, bytes } = await uploadOf(request)
    const { mode = 'posted', dryRun = true } = request.query
    return presentImport(await importInvoices(app, ctx, { bytes, file: fileName, mode, dryRun }), ctx.locale)
  })
}
