// The only file of reporting that other modules import.
export { defineReportingJobs, followPortfolio } from './jobs.ts'
export { refreshPortfolio } from './refresh-portfolio.ts'
export { readSummary } from './summary.ts'
