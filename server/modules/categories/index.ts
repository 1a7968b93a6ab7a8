// The only file of categories that other modules import.
export { allCategories } from './category-store.ts'
export { defineCategoryJobs, fileNewLines } from './jobs.ts'
export { categoryRoutes } from './routes.ts'
export { createRule } from './rules.ts'
export { ensureCategories } from './start-categories.ts'
