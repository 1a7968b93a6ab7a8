import type { App } from '../../platform/app.ts'
import type { Environment } from '../../platform/config/config.ts'
import { pendingMigrations } from '../../platform/db/migrate.ts'
import { inspectBooks } from './books.ts'
import type { Finding } from './finding.ts'
import { inspectInstallation } from './installation.ts'

/** Everything that can be looked at. The books of a database that is behind are not read: its tables are not those of this version. */
export async function inspect(app: App, about: { readonly environment: Environment }): Promise<Finding[]> {
  const installation = await inspectInstallation(app, about.environment)
  const current = await pendingMigrations(app.db).then((missing) => missing.length === 0, () => false)
  return current ? [...installation, ...await inspectBooks(app)] : installation
}
