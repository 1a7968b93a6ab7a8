import { AuditPage, AuditQuery, ChainCheck } from '../../../contract/audit.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { checkAudit, listAudit } from './read-audit.ts'

const tags = ['Audit']

export const auditRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/audit', {
    schema: { operationId: 'listAudit', tags, summary: 'Read the log', description: 'Who did what in the company, newest first, with the values before and after.', querystring: AuditQuery, response: { 200: AuditPage } },
  }, async (request) => listAudit(app, await request.context(), request.query))

  http.get('/api/audit/check', {
    schema: { operationId: 'checkAudit', tags, summary: 'Verify the log', description: 'Computes the chain of hashes again and says where it breaks.', response: { 200: ChainCheck } },
  }, async (request) => checkAudit(app, await request.context()))
}
