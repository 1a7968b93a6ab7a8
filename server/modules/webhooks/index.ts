// The only file of webhooks that other modules import.
export { defineWebhookJobs, scheduleWebhookJobs, tellEndpoints } from './jobs.ts'
export { webhookRoutes } from './routes.ts'
