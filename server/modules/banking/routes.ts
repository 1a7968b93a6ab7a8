import { Type } from 'typebox'
import { BankAccount, BankAccountList, BankAccountPatch, BankImport, BankImportPage, BankLine, BankLinePage, BankLineQuery, CommitImport, NewBankAccount } from '../../../contract/banking.ts'
import { Day, IdParams, Instant, PageQuery, Uuid } from '../../../contract/common.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { uploadOf } from '../../platform/http/upload.ts'
import { browseAccounts, changeAccount, createAccount, readAccount } from './accounts.ts'
import { commitImport } from './commit-import.ts'
import { browseImports, previewImport, readImport } from './imports.ts'
import { presentAccount, presentImport, presentImportRow, presentLine } from './present.ts'
import { browseTransactions, readTransaction } from './transactions.ts'

const tags = ['Bank']
const ByDay = Type.Tuple([Day, Uuid])
const ByInstant = Type.Tuple([Instant, Uuid])

const accountRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/accounts', {
    schema: { operationId: 'listBankAccounts', tags, summary: 'List bank accounts', description: 'With the balance of the books and the last one the bank stated. Permission: bank.read.', response: { 200: BankAccountList } },
  }, async (request) => ({ items: (await browseAccounts(app, await request.context())).map(presentAccount) }))

  http.post('/api/accounts', {
    schema: { operationId: 'createBankAccount', tags, summary: 'Add a bank account', description: 'In the currency of the company; takes the next ledger accounts of 512 and 471. Permission: bank.manage.', body: NewBankAccount, response: { 201: BankAccount } },
  }, async (request, reply) => reply.code(201).send(presentAccount(await createAccount(app, await request.context(), request.body))))

  http.get('/api/accounts/:id', {
    schema: { operationId: 'readBankAccount', tags, summary: 'Read a bank account', description: 'Permission: bank.read.', params: IdParams, response: { 200: BankAccount } },
  }, async (request) => presentAccount(await readAccount(app, await request.context(), request.params.id)))

  http.patch('/api/accounts/:id', {
    schema: { operationId: 'updateBankAccount', tags, summary: 'Change a bank account', description: 'Only the fields given change; the ledger accounts stay. Permission: bank.manage.', params: IdParams, body: BankAccountPatch, response: { 200: BankAccount } },
  }, async (request) => presentAccount(await changeAccount(app, await request.context(), { id: request.params.id, patch: request.body })))
}

const importRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/imports', {
    schema: { operationId: 'listBankImports', tags, summary: 'List imported bank files', description: 'Latest first. Permission: bank.read.', querystring: Type.Object(PageQuery), response: { 200: BankImportPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT } = request.query
    const key = decodeCursor(cursor, ByInstant)
    const rows = await browseImports(app, ctx, { after: key && { uploadedAt: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: presentImportRow, key: (row) => [row.uploadedAt, row.id] })
  })

  http.post('/api/imports', {
    config: { upload: true },
    schema: { operationId: 'previewBankImport', tags, summary: 'Give a bank file', description: 'CFONB 120, CAMT.052/053/054 or CSV, found by its content. Says line by line what is new; nothing is taken before the import is committed. Permission: bank.import.', response: { 201: BankImport } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentImport(await previewImport(app, ctx, await uploadOf(request)), ctx.locale))
  })

  http.get('/api/imports/:id', {
    schema: { operationId: 'readBankImport', tags, summary: 'Read an import', description: 'A preview is decided again against the lines known by now. Permission: bank.read.', params: IdParams, response: { 200: BankImport } },
  }, async (request) => {
    const ctx = await request.context()
    return presentImport(await readImport(app, ctx, request.params.id), ctx.locale)
  })

  http.post('/api/imports/:id/commit', {
    schema: { operationId: 'commitBankImport', tags, summary: 'Take the new lines of an import', description: 'Into the account the file names, the one chosen or a new one; their entries follow at once. Permission: bank.import, and bank.manage for a new account.', params: IdParams, body: CommitImport, response: { 200: BankImport } },
  }, async (request) => {
    const ctx = await request.context()
    return presentImport(await commitImport(app, ctx, { id: request.params.id, choice: request.body }), ctx.locale)
  })
}

const lineRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/transactions', {
    schema: { operationId: 'listTransactions', tags, summary: 'List bank lines', description: 'Latest first. Permission: bank.read.', querystring: BankLineQuery, response: { 200: BankLinePage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, ...query } = request.query
    const key = decodeCursor(cursor, ByDay)
    const rows = await browseTransactions(app, ctx, { ...query, after: key && { bookedOn: key[0], id: key[1] }, limit: limit + 1 })
    return pageOf(rows, limit, { item: presentLine, key: (row) => [row.bookedOn, row.id] })
  })

  http.get('/api/transactions/:id', {
    schema: { operationId: 'readTransaction', tags, summary: 'Read a bank line', description: 'Permission: bank.read.', params: IdParams, response: { 200: BankLine } },
  }, async (request) => presentLine(await readTransaction(app, await request.context(), request.params.id)))
}

export const bankingRoutes: ModuleRoutes = (http, app) => {
  accountRoutes(http, app)
  importRoutes(http, app)
  lineRoutes(http, app)
}
