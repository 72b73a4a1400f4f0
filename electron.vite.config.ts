import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'
import { resolve } from 'node:path'

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

function at(path: string): string {
  return resolve(import.meta.dirname, path)
}
