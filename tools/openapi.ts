// Writes docs/reference/openapi.json and docs/reference/errors.md from the routes and the table of errors.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeHttp } from '../server/entry/http.ts'
import type { App } from '../server/platform/app.ts'
import { createDb } from '../server/platform/db/db.ts'
import { errorsPage } from '../server/platform/http/error-help.ts'
import type { Document } from '../server/platform/http/openapi/components.ts'
import { describeApi } from '../server/platform/http/openapi.ts'
import { createLogger } from '../server/platform/log/log.ts'

const REFERENCE = join(import.meta.dirname, '..', 'docs', 'reference')
export const OPENAPI_FILE = join(REFERENCE, 'openapi.json')
export const ERRORS_FILE = join(REFERENCE, 'errors.md')

/** Whatever a route would ask of the application when it is called: describing a route calls nothing. */
const nothing = (): never => { throw new Error('the description of the API uses no database') }

/** The description of the API, from the routes alone: no database is opened and nothing is started. */
export async function describeProduct(): Promise<Document> {
  const app = {
    config: {
      host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1:3000', dataFolder: '', databaseUrl: null, secret: 'x'.repeat(32),
      previousSecrets: [], trustProxy: ['loopback'], allowedOrigins: [], logLevel: 'silent', demo: false,
    },
    db: createDb({ name: 'embedded', acquire: nothing, listen: nothing, close: async () => undefined } as unknown as Parameters<typeof createDb>[0]),
    log: createLogger({ level: 'silent' }), jobs: {}, clock: {}, auth: {}, secrets: {}, onCompanyCreated: [],
  } as unknown as App
  const http = await composeHttp(app, { demo: null, webFolder: join(REFERENCE, 'none') })
  await http.ready()
  return await describeApi(http)
}

/** The text of docs/reference/openapi.json. */
export function documentText(document: Document): string {
  return `${JSON.stringify(document, null, 1)}\n`
}

if (import.meta.main) {
  writeFileSync(OPENAPI_FILE, documentText(await describeProduct()))
  writeFileSync(ERRORS_FILE, errorsPage())
  process.exit(0)
}
