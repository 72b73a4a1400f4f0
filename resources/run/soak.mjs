// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { requireDependencies } from './building.mjs'
import { run } from './children.mjs'
import { Refusal, root, runAsScript, say } from './terminal.mjs'

const entry = join(root, 'test', 'soak', 'index.ts')
const folder = join(root, 'node_modules', '.cache', 'soak')

/**
 * Bundles the long gate as the app's own code is bundled and starts it in a process of its own.
 * @param {string[]} args for test/soak/index.ts, e.g. --minutes 30
 * @returns {Promise<number>}
 */
async function soak(args) {
  requireDependencies()
  if (!existsSync(entry)) throw new Refusal(`There is no ${entry}.`)
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: true,
      target: 'node18.15',
      sourcemap: true,
      rolldownOptions: { output: { entryFileNames: 'index.mjs', chunkFileNames: '[name].mjs' } }
    },
    // ws and valibot are part of the hot path: bundled, as in the app.
    ssr: { noExternal: true, external: ['bufferutil', 'utf-8-validate', 'vite'] }
  })
  say(`Node ${process.versions.node}`)
  return run(process.execPath, ['--expose-gc', '--enable-source-maps', join(folder, 'index.mjs'), ...args])
}

await runAsScript(import.meta.url, soak)
