// @ts-check
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { benchWindow } from './bench-window.mjs'
import { requireDependencies } from './building.mjs'
import { run } from './children.mjs'
import { resolveElectron } from './electron.mjs'
import { Refusal, root, runAsScript, say } from './terminal.mjs'

const entry = join(root, 'test', 'bench', 'index.ts')
const folder = join(root, 'node_modules', '.cache', 'bench')

/**
 * Bundles the benchmarks as the app's own code is bundled, so that what is measured is what runs, and starts them
 * in a process of their own: Node's, or with --electron that of the Electron at hand, without a window.
 * @param {string[]} args for test/bench/index.ts, e.g. engine; `window` is measured in a window
 * @returns {Promise<number>}
 */
async function bench(args) {
  requireDependencies()
  if (args[0] === 'window') return benchWindow(args.slice(1))
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
      rolldownOptions: {
        optimization: { inlineConst: { mode: 'all' } },
        output: { entryFileNames: 'index.mjs', chunkFileNames: '[name].mjs' }
      }
    },
    // ws and valibot are part of the hot path: bundled, as in the app.
    ssr: { noExternal: true, external: ['bufferutil', 'utf-8-validate'] }
  })
  const rest = args.filter((arg) => arg !== '--electron')
  const flags = ['--expose-gc', '--enable-source-maps', join(folder, 'index.mjs'), ...rest]
  if (rest.length < args.length) {
    const electron = await resolveElectron()
    return run(electron.path, flags, { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })
  }
  say(`Node ${process.versions.node}`)
  return run(process.execPath, flags)
}

await runAsScript(import.meta.url, bench)
