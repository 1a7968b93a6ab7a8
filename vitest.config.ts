import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const server = {
  environment: 'node' as const, pool: 'forks' as const, testTimeout: 60_000, hookTimeout: 120_000, globalSetup: './tests/support/global-setup.ts',
  // What a job or a screen brings comes when it comes: on a loaded machine the usual second is too short.
  expect: { poll: { timeout: 20_000 } },
}

/** Three kinds of tests: `pure` needs nothing, `server` a database (embedded, or QUITTANCE_TEST_DB), `web` a DOM. Browser walks come last and alone, when a Chromium is found. */
export default defineConfig({
  test: {
    // One file per core: by default a machine of two would use one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // The rules themselves have a floor; what has effects is judged by its journeys, not by a percentage.
    coverage: { provider: 'v8', include: ['core/**/*.ts', 'formats/**/*.ts'], exclude: ['**/*.test.ts'], reporter: ['text-summary', 'html'], reportsDirectory: 'coverage', thresholds: { 'core/**/*.ts': { lines: 85, branches: 80 } } },
    projects: [
      { test: { name: 'pure', environment: 'node', include: ['core/**/*.test.ts', 'formats/**/*.test.ts', 'contract/**/*.test.ts', 'tools/**/*.test.ts', 'tests/corpus/**/*.test.ts'], isolate: false, testTimeout: 60_000 } },
      { test: { name: 'server', include: ['server/**/*.test.ts', 'client/**/*.test.ts', 'tests/{api,cli,faults,journeys,migrations,security,simulation,tenancy}/**/*.test.ts'], ...server } },
      { test: { name: 'browser', include: ['tests/browser/**/*.test.ts'], ...server, testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false, sequence: { groupOrder: 1 } } },
      './web/vitest.config.ts',
    ],
  },
})
