import { Type } from 'typebox'
import { BankImport, BankImportPage, CommitImport, ImportProfile, ImportProfileList, NewImportProfile, TryMapping } from '../../../../contract/banking.ts'
import { IdParams, Instant, PageQuery, Uuid } from '../../../../contract/common.ts'
import { CSV_PROFILES } from '../../../../formats/bank/csv/profiles/index.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { uploadOf } from '../../../platform/http/upload.ts'
import { commitImport } from './commit-import.ts'
import { browseImports, previewImport, readImport, tryMapping } from './imports.ts'
import { presentImport, presentImportRow } from '../lines/present.ts'
import { browseProfiles, createProfile, removeProfile } from './profiles.ts'
import { undoImport } from './undo.ts'

const tags = ['Bank']
const ByInstant = Type.Tuple([Instant, Uuid])

const fileRoutes: ModuleRoutes = (http, app) => {
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
    schema: { operationId: 'previewBankImport', tags, summary: 'Give a bank file', description: 'Of any format that is read (CFONB, CAMT, MT940, OFX, QIF, CSV, XLSX, PDF), found by its content. Says line by line what is new; nothing is taken before the import is committed. Permission: bank.import.', response: { 201: BankImport } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentImport(await previewImport(app, ctx, await uploadOf(request, ['text', 'xml', 'workbook', 'pdf'])), ctx.locale))
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

  http.post('/api/imports/:id/mapping', {
    schema: { operationId: 'mapBankImport', tags, summary: 'Read an import with other columns', description: 'Reads the uploaded file again with a profile of columns, or as it speaks for itself, and answers the preview. Permission: bank.import.', params: IdParams, body: TryMapping, response: { 200: BankImport } },
  }, async (request) => {
    const ctx = await request.context()
    return presentImport(await tryMapping(app, ctx, { id: request.params.id, choice: request.body }), ctx.locale)
  })

  http.post('/api/imports/:id/undo', {
    schema: { operationId: 'undoBankImport', tags, summary: 'Undo an import', description: 'Its lines leave by reversal of their entries, and stay away when the bank gives them again. Refused when one is treated or in a locked period. Permission: bank.manage.', params: IdParams, response: { 200: BankImport } },
  }, async (request) => {
    const ctx = await request.context()
    return presentImport(await undoImport(app, ctx, request.params.id), ctx.locale)
  })
}

const profileRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/import-profiles', {
    schema: { operationId: 'listImportProfiles', tags, summary: 'List the CSV profiles', description: 'Those of the company, and those that are shipped. Permission: bank.read.', response: { 200: ImportProfileList } },
  }, async (request) => {
    const ctx = await request.context()
    return { items: await browseProfiles(app, ctx), shipped: CSV_PROFILES.map(({ name, title }) => ({ name, title: title[ctx.locale] })) }
  })

  http.post('/api/import-profiles', {
    schema: { operationId: 'saveImportProfile', tags, summary: 'Save a CSV profile', description: 'One of the same name is replaced. Permission: bank.import.', body: NewImportProfile, response: { 201: ImportProfile } },
  }, async (request, reply) => reply.code(201).send(await createProfile(app, await request.context(), request.body)))

  http.delete('/api/import-profiles/:id', {
    schema: { operationId: 'deleteImportProfile', tags, summary: 'Forget a CSV profile', description: 'Permission: bank.import.', params: IdParams, response: { 204: Type.Null() } },
  }, async (request, reply) => {
    await removeProfile(app, await request.context(), request.params.id)
    return reply.code(204).send(null)
  })
}

export const importRoutes: ModuleRoutes = (http, app) => {
  fileRoutes(http, app)
  profileRoutes(http, app)
}
