// @ts-check
import { requireDependencies } from './building.mjs'
import { run, toolPath } from './children.mjs'
import { resolveElectron } from './electron.mjs'
import { sandboxFor } from './sandbox.mjs'
import { displayOf } from './start.mjs'
import { prepareSystem } from './system.mjs'
import { Refusal, runAsScript, say } from './terminal.mjs'

/**
 * The app with hot reload.
 * @param {string[]} args for electron-vite
 * @returns {Promise<number>}
 */
async function develop(args) {
  requireDependencies()
  if (displayOf(process.platform, process.env) === 'none') {
    throw new Refusal('npm run dev needs a display: set DISPLAY or WAYLAND_DISPLAY.')
  }
  const electron = await resolveElectron()
  await prepareSystem({ binary: electron.path, tests: false })
  const sandbox = sandboxFor(electron.path)
  if (sandbox.advice !== undefined) say(sandbox.advice)
  // electron-vite looks for a binary in node_modules only, and takes the sandbox switch from the environment.
  const env = {
    ...process.env,
    ELECTRON_EXEC_PATH: electron.path,
    STEELYARD_RUNTIME: electron.runtime,
    ...(sandbox.args.includes('--no-sandbox') ? { NO_SANDBOX: '1' } : {})
  }
  return run(process.execPath, [toolPath('electron-vite'), 'dev', ...args], { env })
}

await runAsScript(import.meta.url, develop)
