import { Readable } from 'node:stream'
import { AuditActions, AuditExportQuery, AuditPage, AuditQuery, ChainCheck } from '../../../contract/audit.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { exportAudit } from './export-audit.ts'
import { checkAudit, listActions, listAudit } from './read-audit.ts'

const tags = ['Audit']

export const auditRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/audit', {
    schema: { operationId: 'listAudit', tags, summary: 'Read the log', description: 'Who did what in the company, newest first, with the values before and after. Each filter narrows the list. Permission: audit.read.', querystring: AuditQuery, response: { 200: AuditPage } },
  }, async (request) => listAudit(app, await request.context(), request.query))

  http.get('/api/audit/actions', {
    schema: { operationId: 'listAuditActions', tags, summary: 'List the actions of the log', description: 'The actions the log holds, to choose one as a filter. Permission: audit.read.', response: { 200: AuditActions } },
  }, async (request) => ({ items: await listActions(app, await request.context()) }))

  http.get('/api/audit/check', {
    schema: { operationId: 'checkAudit', tags, summary: 'Verify the log', description: 'Computes the chain of hashes again and says where and how it breaks. Permission: audit.read.', response: { 200: ChainCheck } },
  }, async (request) => checkAudit(app, await request.context()))

  http.get('/api/exports/audit', {
    schema: { operationId: 'exportAudit', tags, summary: 'Export the log', description: 'The log or a part of it as a CSV file or as lines of JSON, oldest first. The export is itself in the log. Permission: audit.export.', querystring: AuditExportQuery, produces: ['text/csv', 'application/x-ndjson'] },
  }, async (request, reply) => {
    const { fileName, type, chunks } = await exportAudit(app, await request.context(), request.query)
    return reply.header('content-disposition', `attachment; filename="${fileName}"`).header('cache-control', 'no-store').type(type).send(Readable.from(chunks, { objectMode: false }))
  })
}
