// The only file of operations that other modules import.
export { DAILY } from './daily.ts'
export { defineOperations, keepSchedules, startOperations, startScheduled } from './jobs.ts'
export { operationsRoutes } from './routes.ts'
export { readRun, startWorkflow, type RunView } from './runs.ts'
export { companiesBySlug } from './store.ts'
