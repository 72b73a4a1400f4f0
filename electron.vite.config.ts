import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'

// The oldest runtime we run on is Electron 25: Node 18.15 and Chrome 114. Without these lines electron-vite
// judges by the version in node_modules. Targets lower syntax only; nothing adds missing functions.
const node = 'node18.15'
const chrome = 'chrome114'

// A sandboxed preload is CommonJS on every Electron, and so is any entry before Electron 28.
const commonJs = {
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name]-[hash].cjs'
} as const

// ws asks for these two if they are installed; they are not.
const external = ['bufferutil', 'utf-8-validate']

export default defineConfig({
  main: {
    plugins: [entriesApart()],
    build: {
      outDir: at('out/main'),
      target: node,
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: at('src-main/index.ts'),
          engine: at('src-main/engine/index.ts'),
          cli: at('src-main/cli/index.ts')
        },
        external,
        // Constants of other modules are written out where they are used: the scanner is a quarter faster for it.
        optimization: { inlineConst: { mode: 'all' } },
        output: commonJs
      }
    }
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      target: node,
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: { input: { preload: at('src-main/preload.ts') }, external, output: commonJs }
    }
  },
  renderer: {
    root: at('src-renderer'),
    base: './',
    // configFile: Svelte 5 needs no svelte.config.js, and the plugin would warn that it found none here.
    plugins: [svelte({ configFile: false })],
    build: {
      outDir: at('out/renderer'),
      target: chrome,
      sourcemap: true,
      minify: true,
      reportCompressedSize: false,
      rolldownOptions: { input: { index: at('src-renderer/index.html') } }
    }
  }
})

/**
 * Rolldown may put what entries have in common, its own helpers too, into one of the entries, and the others then
 * load it: the engine would run the app's main file. A module that every entry imports first, and that itself needs
 * the helpers, gives the common things a chunk of their own; it also makes stacks name our sources. Should this ever
 * fail, the build does.
 */
function entriesApart(): Plugin {
  const first = 'steelyard:first'
  const text = "import process from 'node:process'; process.setSourceMapsEnabled(true)"
  return {
    name: 'steelyard:entries-apart',
    enforce: 'pre',
    resolveId: (id) => (id === first ? `\0${first}` : null),
    load: (id) => (id === `\0${first}` ? text : null),
    transform(code, id) {
      return this.getModuleInfo(id)?.isEntry === true
        ? { code: `import '${first}'; ${code}`, map: null }
        : null
    },
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
      const entries = chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName)
      for (const { fileName, imports } of chunks) {
        const other = imports.find((name) => entries.includes(name))
        if (other !== undefined) this.error(`${fileName} would run ${other}: move what they share to a file`)
      }
    }
  }
}

function at(path: string): string {
  return resolve(import.meta.dirname, path)
}
