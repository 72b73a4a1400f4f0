// @ts-check
import { buildIfStale, requireDependencies } from './building.mjs'
import { run, toolPath } from './children.mjs'
import { startDisplay } from './display.mjs'
import { resolveElectron } from './electron.mjs'
import { prepareSystem } from './system.mjs'
import { runAsScript } from './terminal.mjs'

/**
 * The end to end tests in the real Electron, on a screen and a session bus of their own.
 * @param {import('./electron.mjs').Electron} electron
 * @param {readonly string[]} args for vitest: file filters, -t, reporters
 * @returns {Promise<number>}
 */
export async function runEndToEnd(electron, args) {
  const vitest = [
    process.execPath,
    toolPath('vitest'),
    'run',
    '--config',
    'test/e2e.vitest.config.ts',
    ...args
  ]
  const env = {
    ...environmentOf(process.env),
    STEELYARD_ELECTRON_PATH: electron.path,
    STEELYARD_ELECTRON_RUNTIME: electron.runtime,
    // What npm start tells the app: a test that hands its own environment on starts it alike.
    STEELYARD_RUNTIME: electron.runtime
  }
  if (process.platform !== 'linux') return run(process.execPath, vitest.slice(1), { env })
  const display = await startDisplay()
  try {
    return await run('dbus-run-session', ['--', ...vitest], {
      group: true,
      env: { ...env, DISPLAY: display.name }
    })
  } finally {
    display.stop()
  }
}

/**
 * The user's own desktop is left out: Wayland would win over our screen, and its X server's key is not ours.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function environmentOf(env) {
  const desktop = ['WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_SESSION_TYPE']
  return Object.fromEntries(Object.entries(env).filter(([name]) => !desktop.includes(name)))
}

await runAsScript(import.meta.url, async (args) => {
  requireDependencies()
  const electron = await resolveElectron()
  await prepareSystem({ binary: electron.path, tests: true })
  await buildIfStale()
  return runEndToEnd(electron, args)
})
