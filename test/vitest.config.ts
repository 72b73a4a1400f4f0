import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

/** A hung test must end; how fast a machine is, is nothing to test. */
const patienceMs = 60_000

export default defineConfig({
  test: {
    // Left alone, vitest keeps a core free: on two cores that is half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        root,
        test: {
          name: 'node',
          include: ['test/*.test.ts', 'test/{shared,main,engine,study,cli,support}/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['test/support/seed.setup.ts'],
          testTimeout: patienceMs
        }
      },
      {
        root,
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.ts'],
          environment: 'happy-dom',
          setupFiles: ['test/support/seed.setup.ts'],
          testTimeout: patienceMs
        }
      }
    ]
  }
})
