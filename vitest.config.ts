import { defineConfig } from 'vitest/config'

const server = { environment: 'node' as const, pool: 'forks' as const, testTimeout: 30_000, hookTimeout: 60_000, globalSetup: './tests/support/global-setup.ts' }

/** Three kinds of tests: `pure` needs nothing, `server` a database (embedded, or QUITTANCE_TEST_DB), `web` a DOM. Browser walks join `server` when a Chromium is found. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', environment: 'node', include: ['core/**/*.test.ts', 'formats/**/*.test.ts', 'contract/**/*.test.ts', 'tools/**/*.test.ts', 'tests/corpus/**/*.test.ts'], isolate: false, testTimeout: 60_000 } },
      { test: { name: 'server', include: ['server/**/*.test.ts', 'tests/{journeys,simulation,tenancy,migrations,cli}/**/*.test.ts'], ...server } },
      { test: { name: 'browser', include: ['tests/browser/**/*.test.ts'], ...server, testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
      './web/vitest.config.ts',
    ],
  },
})
