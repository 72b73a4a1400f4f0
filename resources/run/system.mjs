// @ts-check
import { accessSync, constants, existsSync, readFileSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { capture, run } from './children.mjs'
import {
  commandFor,
  isTime64,
  librariesNotFound,
  librariesUnknown,
  openedWhileRunning,
  packageChoices,
  packageOfModule,
  packageOfProgram,
  planFor,
  thingsOf
} from './needs.mjs'
import { Refusal, say } from './terminal.mjs'

/** The interpreter that Debian's python3-dbus belongs to; another one earlier in PATH would not see it. */
export const python = '/usr/bin/python3'

/**
 * Makes sure that the system has what Electron needs: as root on a Debian-like system by installing it.
 * @param {{ binary: string, tests: boolean }} wanted tests: also the X server and the D-Bus pieces
 * @throws {Refusal} with the command to run, when something is missing and we may not install it
 */
export async function prepareSystem({ binary, tests }) {
  if (process.platform !== 'linux') return
  const isRoot = process.getuid?.() === 0
  const debianLike = isProgram('apt-get')
  let lack = await lackOf(binary, tests)
  if (thingsOf(lack).length > 0 && isRoot && debianLike) {
    say(`missing on this system: ${thingsOf(lack).join(', ')}`)
    await apt(['update'])
    await install(lack)
    lack = await lackOf(binary, tests)
  }
  const plan = planFor(lack, { debianLike, isRoot: false, inArchive: await archive(lack), time64: time64() })
  if (plan.kind === 'ready') return
  const missing = `Missing on this system: ${thingsOf(lack).join(', ')}.`
  if (plan.kind === 'tell') throw new Refusal(`${missing}\nInstall it with:\n${plan.command}`)
  throw new Refusal(`${missing}\nInstall what your distribution calls them, then start again.`)
}

/**
 * @param {import('./needs.mjs').Lack} lack
 */
async function install(lack) {
  const plan = planFor(lack, {
    debianLike: true,
    isRoot: true,
    inArchive: await archive(lack),
    time64: time64()
  })
  if (plan.kind !== 'install') return
  const code = await apt(['install', '-y', '--no-install-recommends', ...plan.packages])
  if (code !== 0) throw new Refusal(`apt-get ended with code ${code}. By hand:\n${commandFor(plan.packages)}`)
}

/**
 * @param {readonly string[]} args
 */
function apt(args) {
  // Another apt at work is waited for; a question nobody answers is not asked.
  const words = ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args]
  say(`as root: apt-get ${args.join(' ')}`)
  return run('apt-get', words, { quiet: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
}

/**
 * @param {string} binary
 * @param {boolean} tests
 * @returns {Promise<import('./needs.mjs').Lack>}
 */
async function lackOf(binary, tests) {
  return {
    libraries: [...(await librariesMissing(binary)), ...(await unopenable())],
    programs: tests ? Object.keys(packageOfProgram).filter((name) => !isProgram(name)) : [],
    modules: tests ? await modulesMissing() : [],
    fonts: !hasFont()
  }
}

/**
 * @param {string} binary
 */
async function librariesMissing(binary) {
  const { code, stdout, stderr } = await capture('ldd', [binary])
  // A system without ldd is not one we can judge; Electron will say itself what it misses.
  if (code === 127) return []
  if (code !== 0) throw new Refusal(`${binary} cannot run on this system: ${(stderr || stdout).trim()}`)
  return librariesNotFound(stdout)
}

async function unopenable() {
  const { code, stdout } = await capture('/sbin/ldconfig', ['-p'])
  return code === 0 ? librariesUnknown(stdout, openedWhileRunning) : []
}

async function modulesMissing() {
  const names = Object.keys(packageOfModule)
  const outcomes = await Promise.all(names.map((name) => capture(python, ['-c', `import ${name}`])))
  return names.filter((_, index) => outcomes[index]?.code !== 0)
}

function hasFont() {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.local/share/fonts')]
  return folders.some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf|ttc)$/i.test(String(name)))
  )
}

/**
 * @param {import('./needs.mjs').Lack} lack
 * @returns {Promise<(name: string) => boolean>} whether apt can install a package of that name
 */
async function archive(lack) {
  const names = packageChoices(lack).flat()
  if (names.length === 0 || !isProgram('apt-cache')) return () => false
  const { stdout } = await capture('apt-cache', ['show', '--no-all-versions', ...new Set(names)])
  const known = new Set([...stdout.matchAll(/^Package: (\S+)$/gm)].map(([, name]) => name))
  return (name) => known.has(name)
}

function time64() {
  return existsSync('/etc/os-release') && isTime64(readFileSync('/etc/os-release', 'utf8'))
}

/**
 * @param {string} name
 * @returns {boolean} whether PATH has such a program
 */
function isProgram(name) {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      // Not in this folder: the next one may have it.
      return false
    }
  })
}
