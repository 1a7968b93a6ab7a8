// The only file of sync that other modules import.
export { defineSyncJobs, scheduleSyncJobs } from './jobs.ts'
export { syncRoutes } from './routes.ts'
export { SYNC_SEALED } from './seals.ts'
