import { describe, expect, test } from 'vitest'
import {
  isTime64,
  librariesNotFound,
  librariesUnknown,
  planFor,
  type Lack,
  type Plan
} from '../../../resources/run/needs.mjs'

const nothing: Lack = { libraries: [], programs: [], modules: [], fonts: false }
const debian12 = {
  debianLike: true,
  isRoot: true,
  inArchive: (name: string) => !name.includes('t64'),
  time64: false
}

describe('what ldd and ldconfig say', () => {
  test('a library that is not found is named once', () => {
    const listing = [
      '\tlinux-vdso.so.1 (0x00007ffc)',
      '\tlibgtk-3.so.0 => not found',
      '\tlibnss3.so => /lib/x86_64-linux-gnu/libnss3.so (0x00007f)',
      '\tlibgtk-3.so.0 => not found'
    ].join('\n')
    expect(librariesNotFound(listing)).toEqual(['libgtk-3.so.0'])
  })

  test('a library that the loader does not list is unknown to it', () => {
    const listing = '\tlibnotify.so.4 (libc6,x86-64) => /lib/x86_64-linux-gnu/libnotify.so.4\n'
    expect(librariesUnknown(listing, ['libnotify.so.4', 'libnotify.so.5'])).toEqual(['libnotify.so.5'])
  })
})

describe('the plan for a system', () => {
  test('with everything there is nothing to do', () => {
    expect(planFor(nothing, debian12)).toEqual({ kind: 'ready' })
  })

  test('as root on Debian it installs, each package once', () => {
    const lack = {
      ...nothing,
      libraries: ['libgtk-3.so.0', 'libgdk-3.so.0'],
      programs: ['Xvfb'],
      fonts: true
    }
    expect(planFor(lack, debian12)).toEqual({
      kind: 'install',
      packages: ['fontconfig', 'fonts-dejavu-core', 'libgtk-3-0', 'xvfb']
    })
  })

  test('as a user it tells the one line to run', () => {
    const lack = { ...nothing, programs: ['Xvfb', 'dbus-run-session'], modules: ['dbus', 'gi'] }
    expect(planFor(lack, { ...debian12, isRoot: false })).toEqual({
      kind: 'tell',
      command:
        'sudo apt-get update && sudo apt-get install -y --no-install-recommends dbus python3-dbus python3-gi xvfb'
    })
  })

  test('takes the name that apt knows, where the move to 64-bit time renamed a package', () => {
    const lack = { ...nothing, libraries: ['libasound.so.2'] }
    const debian13 = { ...debian12, inArchive: (name: string) => name === 'libasound2t64' }
    expect(planFor(lack, debian12)).toEqual({ kind: 'install', packages: ['libasound2'] })
    expect(planFor(lack, debian13)).toEqual({ kind: 'install', packages: ['libasound2t64'] })
  })

  test("goes by the system's age where apt has no lists yet", () => {
    const lack = { ...nothing, libraries: ['libasound.so.2'] }
    const blank = { ...debian12, isRoot: false, inArchive: () => false }
    expect(command(planFor(lack, { ...blank, time64: true }))).toMatch(/ libasound2t64$/)
    expect(command(planFor(lack, { ...blank, time64: false }))).toMatch(/ libasound2$/)
  })

  test('names the things where it knows no package for them', () => {
    const lack = { ...nothing, libraries: ['libgtk-3.so.0'], modules: ['gi'] }
    const things = ['libgtk-3.so.0', 'the Python module gi']
    expect(planFor(lack, { ...debian12, debianLike: false })).toEqual({ kind: 'unknown', things })
    expect(planFor({ ...nothing, libraries: ['libodd.so.9'] }, debian12)).toEqual({
      kind: 'unknown',
      things: ['libodd.so.9']
    })
  })

  test('an unknown library does not keep the known ones from being installed', () => {
    expect(planFor({ ...nothing, libraries: ['libodd.so.9', 'libnss3.so'] }, debian12)).toEqual({
      kind: 'install',
      packages: ['libnss3']
    })
  })
})

test.each([
  ['ID=debian\nVERSION_ID="12"\n', false],
  ['ID=debian\nVERSION_ID="13"\n', true],
  ['PRETTY_NAME="Debian GNU/Linux forky/sid"\nID=debian\n', true],
  ['ID=ubuntu\nVERSION_ID="22.04"\n', false],
  ['ID=ubuntu\nVERSION_ID="24.04"\n', true],
  ['ID=fedora\nVERSION_ID=43\n', false]
])('64-bit time on %j: %j', (osRelease, expected) => {
  expect(isTime64(osRelease)).toBe(expected)
})

function command(plan: Plan): string {
  return plan.kind === 'tell' ? plan.command : plan.kind
}
