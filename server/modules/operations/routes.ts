import { Type } from 'typebox'
import { IdParams, Instant, Uuid } from '../../../contract/common.ts'
import { DecideWorkflow, Job, JobPage, JobQuery, QueueList, StartWorkflow, WorkflowCatalogue, WorkflowPage, WorkflowQuery, WorkflowRun } from '../../../contract/operations.ts'
import { decodeCursor, PAGE_LIMIT, pageOf } from '../../platform/http/cursor.ts'
import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { browseJobs, browseQueues, readJob } from './browse-jobs.ts'
import { presentJob, presentKinds, presentQueues, presentRun, presentRunRow } from './present.ts'
import { browseKinds, browseRuns, cancelWorkflow, decideWorkflow, readRun, retryWorkflow, startWorkflow } from './runs.ts'
import { discardFailedJob, retryJob } from './settle-job.ts'

const tags = ['Operations']
const ByInstant = Type.Tuple([Instant, Uuid])
const after = (cursor: string | undefined): { createdAt: string; id: string } | null => {
  const key = decodeCursor(cursor, ByInstant)
  return key && { createdAt: key[0], id: key[1] }
}

const jobRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/jobs', {
    schema: { operationId: 'listJobs', tags, summary: 'List background jobs', description: 'The jobs of the company, latest first, kept for 30 days. Permission: operation.read.', querystring: JobQuery, response: { 200: JobPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, queue, state, subjectId } = request.query
    const rows = await browseJobs(app, ctx, { queue: queue ?? null, state: state ?? null, subjectId: subjectId ?? null, after: after(cursor), limit: limit + 1 })
    return pageOf(rows, limit, { item: (row) => presentJob(app, row), key: (row) => [row.createdAt, row.id] })
  })

  http.get('/api/jobs/:id', {
    schema: { operationId: 'readJob', tags, summary: 'Read a background job', description: 'Permission: operation.read.', params: IdParams, response: { 200: Job } },
  }, async (request) => presentJob(app, await readJob(app, await request.context(), request.params.id)))

  http.post('/api/jobs/:id/retry', {
    schema: { operationId: 'retryJob', tags, summary: 'Retry a failed job', description: 'Takes it out of the dead letters for one more try. Permission: operation.run.', params: IdParams, response: { 200: Job } },
  }, async (request) => presentJob(app, await retryJob(app, await request.context(), request.params.id)))

  http.post('/api/jobs/:id/discard', {
    schema: { operationId: 'discardJob', tags, summary: 'Give a failed job up', description: 'Takes it out of the dead letters for good; it stays in the list. Permission: operation.run.', params: IdParams, response: { 200: Job } },
  }, async (request) => presentJob(app, await discardFailedJob(app, await request.context(), request.params.id)))

  http.get('/api/queues', {
    schema: { operationId: 'listQueues', tags, summary: 'Count background jobs', description: 'By queue and state, with what the clock of the company starts. Permission: operation.read.', response: { 200: QueueList } },
  }, async (request) => presentQueues(app, await browseQueues(app, await request.context())))
}

const runRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/workflows', {
    schema: { operationId: 'listWorkflows', tags, summary: 'List workflow runs', description: 'Latest first. Permission: operation.read.', querystring: WorkflowQuery, response: { 200: WorkflowPage } },
  }, async (request) => {
    const ctx = await request.context()
    const { cursor, limit = PAGE_LIMIT, workflow, state } = request.query
    const rows = await browseRuns(app, ctx, { workflow: workflow ?? null, state: state ?? null, after: after(cursor), limit: limit + 1 })
    return pageOf(rows, limit, { item: presentRunRow, key: (row) => [row.createdAt, row.id] })
  })

  http.get('/api/workflow/kinds', {
    schema: { operationId: 'listWorkflowKinds', tags, summary: 'List what can be started', description: 'Every workflow with its steps and its clock. Permission: operation.read.', response: { 200: WorkflowCatalogue } },
  }, async (request) => presentKinds(app, await browseKinds(app, await request.context())))

  http.post('/api/workflow/start', {
    schema: { operationId: 'startWorkflow', tags, summary: 'Start a workflow', description: 'One run of a workflow is at work at a time. Permission: operation.run.', body: StartWorkflow, response: { 201: WorkflowRun } },
  }, async (request, reply) => {
    const ctx = await request.context()
    return reply.code(201).send(presentRun(ctx, await startWorkflow(app, ctx, request.body)))
  })

  http.get('/api/workflow/:id', {
    schema: { operationId: 'readWorkflow', tags, summary: 'Read a workflow run', description: 'With the state of each step, its result or error in words, and the question it waits on. Permission: operation.read.', params: IdParams, response: { 200: WorkflowRun } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRun(ctx, await readRun(app, ctx, request.params.id))
  })
}

const actionRoutes: ModuleRoutes = (http, app) => {
  http.post('/api/workflow/:id/retry', {
    schema: { operationId: 'retryWorkflow', tags, summary: 'Retry a failed workflow', description: 'From the step that failed; the steps done stay done. Permission: operation.run.', params: IdParams, response: { 200: WorkflowRun } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRun(ctx, await retryWorkflow(app, ctx, request.params.id))
  })

  http.post('/api/workflow/:id/cancel', {
    schema: { operationId: 'cancelWorkflow', tags, summary: 'Cancel a workflow', description: 'Ends it where it stands; what its steps did stays. Permission: operation.run.', params: IdParams, response: { 200: WorkflowRun } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRun(ctx, await cancelWorkflow(app, ctx, request.params.id))
  })

  http.post('/api/workflow/:id/decide', {
    schema: { operationId: 'decideWorkflow', tags, summary: 'Answer a workflow\'s question', description: 'The run goes on with the answer. Permission: operation.run, and the one the question names.', params: IdParams, body: DecideWorkflow, response: { 200: WorkflowRun } },
  }, async (request) => {
    const ctx = await request.context()
    return presentRun(ctx, await decideWorkflow(app, ctx, { id: request.params.id, ...request.body }))
  })
}

export const operationsRoutes: ModuleRoutes = (http, app) => {
  jobRoutes(http, app)
  runRoutes(http, app)
  actionRoutes(http, app)
}
