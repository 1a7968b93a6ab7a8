// Prepares the empty database cluster that a first start copies. Called by tools/prepare.mjs.
import { makeClusterTemplate } from '../server/platform/db/cluster.ts'

await makeClusterTemplate()
