// @ts-check
import { join } from 'node:path'
import { buildIfStale, requireDependencies } from './building.mjs'
import { run } from './children.mjs'
import { resolveElectron } from './electron.mjs'
import { sandboxFor } from './sandbox.mjs'
import { prepareSystem } from './system.mjs'
import { root, runAsScript, say } from './terminal.mjs'

/**
 * What there is to draw on.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @returns {'native' | 'x11' | 'wayland' | 'none'}
 */
export function displayOf(platform, env) {
  if (platform !== 'linux') return 'native'
  if (env['DISPLAY']) return 'x11'
  return env['WAYLAND_DISPLAY'] ? 'wayland' : 'none'
}

/**
 * @param {string[]} args for the app
 * @returns {Promise<number>}
 */
async function start(args) {
  requireDependencies()
  await buildIfStale()
  const display = displayOf(process.platform, process.env)
  if (display === 'none') return monitor()
  const electron = await resolveElectron()
  await prepareSystem({ binary: electron.path, tests: false })
  const sandbox = sandboxFor(electron.path)
  if (sandbox.advice !== undefined) say(sandbox.advice)
  // Electron before 38 takes X11 unless told otherwise.
  const ozone = display === 'wayland' ? ['--ozone-platform=wayland'] : []
  return run(electron.path, [...sandbox.args, ...ozone, root, ...args], {
    env: { ...process.env, STEELYARD_RUNTIME: electron.runtime }
  })
}

function monitor() {
  say(
    'no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): the terminal monitor instead, Ctrl-C ends it.'
  )
  return run(process.execPath, [join(root, 'out', 'main', 'cli.cjs'), 'watch'])
}

await runAsScript(import.meta.url, start)
