import type { ModuleRoutes } from '../../platform/http/routes.ts'
import { accountRoutes } from './accounts/account-routes.ts'
import { importRoutes } from './imports/import-routes.ts'
import { holdRoutes, lineRoutes } from './lines/line-routes.ts'
import { suspiciousRoutes, transferRoutes } from './transfers/pair-routes.ts'

export const bankingRoutes: ModuleRoutes = (http, app) => {
  accountRoutes(http, app)
  importRoutes(http, app)
  // A word before an id: /api/transactions/suspicious is no line.
  suspiciousRoutes(http, app)
  lineRoutes(http, app)
  holdRoutes(http, app)
  transferRoutes(http, app)
}
