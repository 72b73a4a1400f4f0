// @ts-check
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * What decides whether Chromium's sandbox can start.
 * @typedef {object} SandboxState
 * @property {boolean} isRoot
 * @property {boolean} helperIsSetuid chrome-sandbox beside the binary belongs to root and has mode 4755
 * @property {boolean} namespaces the kernel lets ordinary users make user namespaces
 */

/**
 * @param {SandboxState} state
 * @param {string} helper path of chrome-sandbox
 * @returns {{ args: readonly string[], advice: string | undefined }}
 */
export function sandboxPlan({ isRoot, helperIsSetuid, namespaces }, helper) {
  if (isRoot) {
    return {
      args: ['--no-sandbox'],
      advice:
        "running as root: Chromium's sandbox cannot be used, so --no-sandbox is added. Better not as root."
    }
  }
  if (helperIsSetuid || namespaces) return { args: [], advice: undefined }
  return {
    args: [],
    advice: [
      "This kernel gives ordinary users no namespaces, so Chromium's sandbox needs its helper owned by root:",
      `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
    ].join('\n')
  }
}

/**
 * @param {string} binary
 * @returns {{ args: readonly string[], advice: string | undefined }} what to start Electron with, and what to say
 */
export function sandboxFor(binary) {
  if (process.platform !== 'linux') return { args: [], advice: undefined }
  const helper = join(dirname(binary), 'chrome-sandbox')
  const state = statSync(helper, { throwIfNoEntry: false })
  return sandboxPlan(
    {
      isRoot: process.getuid?.() === 0,
      helperIsSetuid: state !== undefined && state.uid === 0 && (state.mode & 0o7777) === 0o4755,
      namespaces:
        kernelSays('kernel/unprivileged_userns_clone', '1') &&
        kernelSays('kernel/apparmor_restrict_unprivileged_userns', '0') &&
        !kernelSays('user/max_user_namespaces', '0', false)
    },
    helper
  )
}

/**
 * @param {string} name under /proc/sys
 * @param {string} value
 * @param {boolean} [absent] the answer for a kernel that has no such switch
 */
function kernelSays(name, value, absent = true) {
  const file = join('/proc/sys', name)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() === value : absent
}
