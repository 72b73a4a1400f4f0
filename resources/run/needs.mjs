// @ts-check

/**
 * What a system lacks, found by looking.
 * @typedef {object} Lack
 * @property {readonly string[]} libraries sonames the Electron binary asks for in vain
 * @property {readonly string[]} programs names of Programs
 * @property {readonly string[]} modules names of Python modules
 * @property {boolean} fonts no font at all, so text would be drawn as nothing
 */

/**
 * What to do about it. `install` runs here; `tell` is printed for the user to run.
 * @typedef {{ kind: 'ready' }
 *   | { kind: 'install', packages: readonly string[] }
 *   | { kind: 'tell', command: string }
 *   | { kind: 'unknown', things: readonly string[] }} Plan
 */

/** Debian's package for each library; where the 64-bit time move renamed it, both names, the newer one first. */
const packageOfLibrary = {
  'libX11-xcb.so.1': ['libx11-xcb1'],
  'libX11.so.6': ['libx11-6'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXcursor.so.1': ['libxcursor1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libXi.so.6': ['libxi6'],
  'libXrandr.so.2': ['libxrandr2'],
  'libXrender.so.1': ['libxrender1'],
  'libXss.so.1': ['libxss1'],
  'libXtst.so.6': ['libxtst6'],
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libexpat.so.1': ['libexpat1'],
  'libgbm.so.1': ['libgbm1'],
  'libgdk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libgdk_pixbuf-2.0.so.0': ['libgdk-pixbuf-2.0-0'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgmodule-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnotify.so.4': ['libnotify4'],
  'libnspr4.so': ['libnspr4'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libpangocairo-1.0.so.0': ['libpangocairo-1.0-0'],
  'libsmime3.so': ['libnss3'],
  'libstdc++.so.6': ['libstdc++6'],
  'libudev.so.1': ['libudev1'],
  'libxcb-dri3.so.0': ['libxcb-dri3-0'],
  'libxcb.so.1': ['libxcb1'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libxshmfence.so.1': ['libxshmfence1']
}

/** The programs of the end to end tests, and Debian's package of each. */
export const packageOfProgram = { Xvfb: 'xvfb', 'dbus-run-session': 'dbus' }

/** What the recording notification daemon imports. */
export const packageOfModule = { dbus: 'python3-dbus', gi: 'python3-gi' }

/** Electron opens this one while running, so ldd says nothing of it; without it no notification is shown. */
export const openedWhileRunning = ['libnotify.so.4']

/**
 * @param {string} listing what `ldd <binary>` printed
 * @returns {string[]} sonames not found, each once
 */
export function librariesNotFound(listing) {
  const names = [...listing.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => String(name))
  return [...new Set(names)]
}

/**
 * @param {string} listing what `ldconfig -p` printed
 * @param {readonly string[]} wanted sonames
 * @returns {string[]} those that the loader does not know
 */
export function librariesUnknown(listing, wanted) {
  return wanted.filter((name) => !listing.includes(`\t${name} `))
}

/**
 * @param {Lack} lack
 * @returns {string[][]} for each thing its possible package names, best first; a thing nobody packs has none
 */
export function packageChoices(lack) {
  return [
    ...lack.libraries.map((name) => lookUp(packageOfLibrary, name) ?? []),
    ...lack.programs.map((name) => [lookUp(packageOfProgram, name) ?? []].flat()),
    ...lack.modules.map((name) => [lookUp(packageOfModule, name) ?? []].flat()),
    ...(lack.fonts ? [['fontconfig'], ['fonts-dejavu-core']] : [])
  ]
}

/**
 * @param {Lack} lack
 * @param {{ debianLike: boolean, isRoot: boolean, inArchive: (name: string) => boolean, time64: boolean }} system
 *   inArchive: whether apt knows the package; time64: the guess where apt knows neither name
 * @returns {Plan}
 */
export function planFor(lack, { debianLike, isRoot, inArchive, time64 }) {
  const things = thingsOf(lack)
  if (things.length === 0) return { kind: 'ready' }
  const choices = packageChoices(lack).filter((names) => names.length > 0)
  if (!debianLike || choices.length === 0) return { kind: 'unknown', things }
  const packages = choices.map(
    (names) => names.find(inArchive) ?? (time64 ? names.at(0) : names.at(-1)) ?? ''
  )
  const distinct = [...new Set(packages)].sort()
  return isRoot ? { kind: 'install', packages: distinct } : { kind: 'tell', command: commandFor(distinct) }
}

/**
 * @param {readonly string[]} packages
 * @returns {string} one line to paste
 */
export function commandFor(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/**
 * @param {Lack} lack
 * @returns {string[]} in words
 */
export function thingsOf({ libraries, programs, modules, fonts }) {
  return [
    ...libraries,
    ...programs,
    ...modules.map((name) => `the Python module ${name}`),
    ...(fonts ? ['a font'] : [])
  ]
}

/**
 * @param {string} osRelease the text of /etc/os-release
 * @returns {boolean} whether this Debian or Ubuntu came after the move to 64-bit time (13, 24.04)
 */
export function isTime64(osRelease) {
  const fields = Object.fromEntries(
    [...osRelease.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value])
  )
  const version = Number(fields['VERSION_ID'])
  // Debian testing has no VERSION_ID.
  if (fields['ID'] === 'debian') return Number.isNaN(version) || version >= 13
  return fields['ID'] === 'ubuntu' && version >= 24.04
}

/**
 * @template T
 * @param {Readonly<Record<string, T>>} table
 * @param {string} name
 * @returns {T | undefined}
 */
function lookUp(table, name) {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
