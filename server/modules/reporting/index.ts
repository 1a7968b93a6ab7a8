// The only file of reporting that other modules import.
export { readSummary } from './summary.ts'
