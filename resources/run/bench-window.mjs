// @ts-check
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { run } from './children.mjs'
import { startDisplay } from './display.mjs'
import { resolveElectron } from './electron.mjs'
import { sandboxFor } from './sandbox.mjs'
import { root } from './terminal.mjs'

const sources = join(root, 'test', 'bench', 'window')
const folder = join(root, 'node_modules', '.cache', 'bench-window')

/**
 * What the window's drawing costs, in the real Electron with a page that holds nothing else, on a screen of its own where there is X.
 * @param {string[]} args for test/bench/window/main.ts: --only=ladder, --rounds=3, --pictures
 * @returns {Promise<number>}
 */
export async function benchWindow(args) {
  await build({
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [svelte({ configFile: false })],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome114',
      sourcemap: true,
      cssCodeSplit: false,
      rolldownOptions: {
        input: join(sources, 'page.ts'),
        output: { format: 'iife', entryFileNames: 'page.js', assetFileNames: 'page[extname]' }
      }
    }
  })
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: join(sources, 'main.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node18.15',
      rolldownOptions: { external: ['electron'], output: { format: 'cjs', entryFileNames: 'main.cjs' } }
    }
  })
  copyFileSync(join(sources, 'page.html'), join(folder, 'page.html'))
  const electron = await resolveElectron()
  const { args: sandbox } = sandboxFor(electron.path)
  const all = [...sandbox, join(folder, 'main.cjs'), ...args]
  if (process.platform !== 'linux') return run(electron.path, all, {})
  const display = await startDisplay()
  try {
    return await run(electron.path, all, { env: { ...process.env, DISPLAY: display.name } })
  } finally {
    display.stop()
  }
}
