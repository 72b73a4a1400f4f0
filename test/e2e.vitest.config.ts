import { defineConfig } from 'vitest/config'

/** The real Electron, one window at a time: the tests share one display and one session bus. */
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    name: 'e2e',
    include: ['test/e2e/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000
  }
})
