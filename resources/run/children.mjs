// @ts-check
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { root } from './terminal.mjs'

/** @typedef {{ code: number, stdout: string, stderr: string }} Outcome */
/** @typedef {Omit<import('node:child_process').SpawnOptions, 'stdio'> & { quiet?: boolean, group?: boolean }} RunOptions */

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program on our terminal until it ends; signals meant for us reach it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options] quiet: the program's stdout goes to our stderr; group: a signal reaches its children too
 * @returns {Promise<number>} its exit code, 128 + n when signal n ended it, 127 when it could not be started
 */
export function run(command, args, { quiet = false, group = false, ...options } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    ...options,
    detached: group,
    stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit']
  })
  const listeners = forwarded.map((signal) => {
    // A terminal sends Ctrl-C to child and parent alike; a second one would read as "at once, no tidying".
    const fromTerminal = signal === 'SIGINT' && process.stdin.isTTY && !group
    const listener = () => fromTerminal || send(child, signal, group)
    process.on(signal, listener)
    return () => process.off(signal, listener)
  })
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`)
      resolve(127)
    })
    child.once('close', (code, signal) => {
      resolve(exitCodeOf(code, signal))
    })
  }).finally(() => {
    for (const stop of listeners) stop()
  })
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 * @param {boolean} group the child leads a process group of its own
 */
function send(child, signal, group) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  process.kill(group ? -child.pid : child.pid, signal)
}

/**
 * Runs a program and keeps what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Omit<import('node:child_process').SpawnOptions, 'stdio'>} [options] timeout in ms, after which it is killed
 * @returns {Promise<Outcome>}
 */
export function capture(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => (stderr += text))
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve({ code: 127, stdout, stderr: error.message })
    })
    child.once('close', (code, signal) => {
      resolve({ code: exitCodeOf(code, signal), stdout, stderr })
    })
  })
}

/**
 * The arguments with which `node` runs a tool out of node_modules, the same on every platform.
 * @param {string} name the package
 * @param {string} [tool] which of its programs, when it has several
 */
export function toolPath(name, tool = name) {
  const folder = join(root, 'node_modules', name)
  const { bin } = /** @type {{ bin: string | Record<string, string> }} */ (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  )
  const file = typeof bin === 'string' ? bin : bin[tool]
  if (file === undefined) throw new Error(`${name} has no program ${tool}`)
  return join(folder, file)
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  if (code !== null) return code
  return signal === null ? 1 : 128 + constants.signals[signal]
}
