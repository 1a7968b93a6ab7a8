import { OutboxPage, OutboxQuery } from '../../../../contract/sign-in.ts'
import type { ModuleRoutes } from '../../../platform/http/routes.ts'
import { listOutbox } from './outbox.ts'

/** The messages that were sent, or wait because no mail server is set. */
export const outboxRoutes: ModuleRoutes = (http, app) => {
  http.get('/api/outbox', {
    schema: {
      operationId: 'listOutbox', tags: ['Sign-in'], summary: 'Read the outbox', querystring: OutboxQuery, response: { 200: OutboxPage },
      description: 'Messages to me, and those of the company for who looks after its members. A message that opens an account shows its text to nobody here.',
    },
  }, async (request) => {
    const credential = await request.credential()
    // A key acts for the company, not for the person who made it: their own mail is not its business.
    const email = credential?.kind === 'person' ? credential.person.email : null
    return await listOutbox(app, await request.context(), { query: request.query, email })
  })
}
