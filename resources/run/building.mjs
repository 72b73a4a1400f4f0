// @ts-check
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run, toolPath } from './children.mjs'
import { Refusal, root, say } from './terminal.mjs'

/** What the build reads. */
export const sources = [
  'src-main',
  'src-renderer',
  'src-shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json'
]

/** What the build writes, one file of each part. */
export const products = [
  'out/main/index.cjs',
  'out/main/engine.cjs',
  'out/main/cli.cjs',
  'out/preload/preload.cjs',
  'out/renderer/index.html'
]

/** @throws {Refusal} when `npm ci` has not been run */
export function requireDependencies() {
  const wanted = ['electron', 'electron-vite', 'vitest'].filter(
    (name) => !existsSync(join(root, 'node_modules', name, 'package.json'))
  )
  if (wanted.length > 0) throw new Refusal(`Not installed: ${wanted.join(', ')}. Run npm ci first.`)
}

/** Builds when a product is missing or older than a source. */
export async function buildIfStale() {
  if (!isStale(newest(sources), products.map(timeOf))) return
  say('building …')
  await build()
}

export async function build() {
  const code = await run(process.execPath, [toolPath('electron-vite'), 'build', '--logLevel', 'warn'], {
    quiet: true
  })
  if (code !== 0) throw new Refusal(`The build failed with code ${code}.`)
}

/**
 * @param {number} changed when a source was last changed, ms
 * @param {readonly number[]} built when each product was written, ms, NaN where it is missing
 */
export function isStale(changed, built) {
  return !built.every((time) => time > changed)
}

/**
 * A folder's own time counts too: it changes when a file in it is deleted or renamed.
 * @param {readonly string[]} paths relative to the root
 * @returns {number} ms
 */
function newest(paths) {
  const inside = paths.flatMap((path) =>
    statSync(join(root, path)).isDirectory()
      ? [path, ...readdirSync(join(root, path), { recursive: true }).map((name) => join(path, String(name)))]
      : [path]
  )
  return Math.max(...inside.map(timeOf))
}

/**
 * @param {string} path
 * @returns {number} ms, NaN where there is no such file
 */
function timeOf(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? NaN
}
