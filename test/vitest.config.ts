import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

export default defineConfig({
  test: {
    projects: [
      {
        root,
        test: {
          name: 'node',
          include: ['test/*.test.ts', 'test/{shared,main,engine,study,cli,support}/**/*.test.ts'],
          environment: 'node'
        }
      },
      {
        root,
        plugins: [svelte({ configFile: false })],
        resolve: { conditions: ['browser'] },
        test: { name: 'renderer', include: ['test/renderer/**/*.test.ts'], environment: 'happy-dom' }
      }
    ]
  }
})
