import { Readable } from 'node:stream'
import { Type } from 'typebox'
import { FecImportQuery, FecImportResult, FecQuery } from '../../../contract/ledger.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { uploadOf } from '../../platform/http/upload.ts'
import { describeFec, exportFec } from './fec-export.ts'
import { importFec } from './fec-import.ts'
import { presentFecImport } from './present.ts'

const tags = ['FEC']

function attachment(fileName: string): string {
  return `attachment; filename="${fileName}"`
}

export const fecRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/exports/fec', {
    schema: { operationId: 'exportFec', tags, summary: 'Export the FEC of a year', description: 'The file of entries the tax administration asks for (LPF art. A.47 A-1), named SIRENFECAAAAMMJJ.txt. Permission: ledger.export.', querystring: FecQuery, produces: ['text/plain'] },
  }, async (request, reply) => {
    const { fileName, encoding, chunks } = await exportFec(app, await request.context(), request.query)
    return reply.header('content-disposition', attachment(fileName)).header('cache-control', 'no-store').type(`text/plain; charset=${encoding}`).send(Readable.from(chunks, { objectMode: false }))
  })

  http.get('/api/exports/fec/notice', {
    schema: { operationId: 'describeFec', tags, summary: 'Describe the FEC of a year', description: 'The notice that goes with the file: fields, codes, character set. Permission: ledger.export.', querystring: FecQuery, response: { 200: Type.String() }, produces: ['text/plain'] },
  }, async (request, reply) => {
    const { fileName, text } = await describeFec(app, await request.context(), request.query)
    return reply.header('content-disposition', attachment(fileName)).type('text/plain; charset=utf-8').serializer((body: unknown) => String(body)).send(text)
  })

  http.post('/api/ledger/imports/fec', {
    config: { upload: true },
    schema: { operationId: 'importFec', tags, summary: 'Import the FEC of a year', description: 'Stores a whole year from another ledger, or nothing: what does not balance or cannot be read is refused with its lines. With dryRun, checks only. Permission: ledger.import.', querystring: FecImportQuery, consumes: ['multipart/form-data'], response: { 200: FecImportResult } },
  }, async (request) => {
    const ctx = await request.context()
    const upload = await uploadOf(request)
    return presentFecImport(await importFec(app, ctx, { ...upload, dryRun: request.query.dryRun ?? false }), ctx.currency, ctx.locale)
  })
}
