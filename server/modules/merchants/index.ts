// The only file of merchants that other modules import.
export { defineMerchantJobs, readNewLabels, scheduleMerchantJobs } from './jobs.ts'
export { setMerchant } from './line-merchant.ts'
