import { basename } from 'node:path'
import type { App } from '../platform/app.ts'
import { createHttp } from '../platform/http/create-http.ts'
import type { HttpApp, ModuleRoutes } from '../platform/http/routes.ts'
import { findAccessIn, findApiKeyIn, instanceRoutes } from '../modules/identity/index.ts'
import type { Demo } from './demo.ts'
import { MODULES } from './modules.ts'
import { readVersion } from './version.ts'

export { readVersion } from './version.ts'

/** The HTTP server with the routes of every module. */
export async function composeHttp(app: App, options: { readonly demo: Demo | null; readonly webFolder?: string }): Promise<HttpApp> {
  const version = readVersion()
  const instance = instanceRoutes({
    version, demo: options.demo?.signIn ?? null, backupFolder: app.db.engine === 'embedded' ? basename(app.config.dataFolder) : null,
  })
  const routes = MODULES.flatMap((module): ModuleRoutes[] => (module.routes ? [module.routes] : []))
  return await createHttp(app, {
    routes: [...routes, instance], findAccess: findAccessIn(app), findApiKey: findApiKeyIn(app), version,
    ...(options.webFolder === undefined ? {} : { webFolder: options.webFolder }),
  })
}
