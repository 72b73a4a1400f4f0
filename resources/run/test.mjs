// @ts-check
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, requireDependencies } from './building.mjs'
import { capture, run, toolPath } from './children.mjs'
import { runEndToEnd } from './e2e.mjs'
import { resolveElectron } from './electron.mjs'
import { closingLine, tallyIn } from './steps.mjs'
import { prepareSystem } from './system.mjs'
import { runAsScript } from './terminal.mjs'

/**
 * Everything, in the order in which a mistake shows soonest. What the system lacks comes first of all: nobody
 * should learn after minutes that there is no X server.
 * @returns {Promise<number>}
 */
async function testEverything() {
  requireDependencies()
  const electron = await timed('electron and system', async () => {
    const resolved = await resolveElectron()
    await prepareSystem({ binary: resolved.path, tests: true })
    return resolved
  })
  // Two cores, two steps that do not touch each other; each is shown whole.
  const steps = [script('check'), script('lint')]
  const codes = []
  for (const step of steps) codes.push(show(await step))
  if (codes.some((code) => code !== 0)) return 1
  await timed('build', build)
  return runTests(electron)
}

/**
 * @param {import('./electron.mjs').Electron} electron
 * @returns {Promise<number>}
 */
async function runTests(electron) {
  const folder = await mkdtemp(join(tmpdir(), 'steelyard-test-'))
  const tallies = []
  const unit = [toolPath('vitest'), 'run', '--config', 'test/vitest.config.ts']
  const steps = [
    { name: 'unit', start: (/** @type {string[]} */ args) => run(process.execPath, [...unit, ...args]) },
    { name: 'e2e', start: (/** @type {string[]} */ args) => runEndToEnd(electron, args) }
  ]
  try {
    for (const { name, start } of steps) {
      const file = join(folder, `${name}.json`)
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const code = await timed(name, () => start(reporters))
      tallies.push(await tallyIn(file))
      if (code !== 0) return failure(name, code)
    }
    return 0
  } finally {
    await rm(folder, { recursive: true, force: true })
    print(closingLine(tallies))
  }
}

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function timed(name, work) {
  print(`\n── ${name}`)
  const start = performance.now()
  const result = await work()
  print(`   ${name}: ${secondsSince(start)}`)
  return result
}

/**
 * Starts a script of package.json, and keeps what it prints until its turn to be shown.
 * @param {string} name
 */
async function script(name) {
  const start = performance.now()
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const outcome = await capture('npm', ['run', '--silent', name], {
    env: { ...process.env, ...colour },
    shell: process.platform === 'win32'
  })
  return { name, ...outcome, time: secondsSince(start) }
}

/**
 * @param {Awaited<ReturnType<typeof script>>} done
 * @returns {number} its exit code
 */
function show({ name, code, stdout, stderr, time }) {
  print(`\n── ${name}`)
  process.stdout.write(stdout)
  process.stderr.write(stderr)
  print(`   ${name}: ${time}`)
  return code === 0 ? 0 : failure(name, code)
}

/**
 * @param {string} name
 * @param {number} code
 */
function failure(name, code) {
  print(`\n── ${name} failed with code ${code}; the steps after it were not run.`)
  return 1
}

/**
 * @param {number} start performance.now() then
 */
function secondsSince(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`
}

/**
 * @param {string} text
 */
function print(text) {
  process.stdout.write(`${text}\n`)
}

await runAsScript(import.meta.url, testEverything)
