export { createClient, itemsOf, type Input, type ListId, type OperationId, type Quittance } from './client.ts'
export { QuittanceProblem, type Settings } from './core.ts'
export type { Operations } from './operations.ts'
export type * from './schemas.ts'
