import type { TestApp, TestCompany } from '../../support/server.ts'
import { bankLine } from './banking.ts'
import type { RouteCall, TenancyTable } from './table.ts'

/** A job of the company: the one that posted a bank line. */
async function job(t: TestApp, company: TestCompany): Promise<RouteCall> {
  await bankLine(t, company)
  const { body } = await t.api('GET', '/api/jobs?queue=post-bank-lines', { as: company })
  return { params: { id: String(body.items[0].id) } }
}

/** A run of the company, whatever its state. */
async function run(t: TestApp, company: TestCompany): Promise<RouteCall> {
  const started = await t.api('POST', '/api/workflow/start', { as: company, body: { workflow: 'daily' } })
  if (started.status === 201) return { params: { id: String(started.body.id) } }
  const { body } = await t.api('GET', '/api/workflows', { as: company })
  return { params: { id: String(body.items[0].id) } }
}

export const operationsTable: TenancyTable = {
  listJobs: { permission: 'operation.read' },
  readJob: { permission: 'operation.read', call: job },
  retryJob: { permission: 'operation.run', call: job },
  discardJob: { permission: 'operation.run', call: job },
  listQueues: { permission: 'operation.read' },
  listWorkflows: { permission: 'operation.read' },
  listWorkflowKinds: { permission: 'operation.read' },
  startWorkflow: { permission: 'operation.run', call: async () => ({ body: { workflow: 'daily' } }) },
  readWorkflow: { permission: 'operation.read', call: run },
  retryWorkflow: { permission: 'operation.run', call: run },
  cancelWorkflow: { permission: 'operation.run', call: run },
  decideWorkflow: { permission: 'operation.run', call: async (t, company) => ({ ...await run(t, company), body: { choice: 'again' } }) },
}
