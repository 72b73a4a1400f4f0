import { describe, expect, test } from 'vitest'
import { isStale } from '../../../resources/run/building.mjs'
import { exitCodeOf } from '../../../resources/run/children.mjs'
import { sandboxPlan } from '../../../resources/run/sandbox.mjs'
import { displayOf } from '../../../resources/run/start.mjs'

describe('a build is stale', () => {
  test('when a source is newer than any product', () => {
    expect(isStale(100, [101, 102])).toBe(false)
    expect(isStale(100, [101, 99])).toBe(true)
    expect(isStale(100, [101, 100])).toBe(true)
  })

  test('when a product is missing', () => {
    expect(isStale(100, [101, NaN])).toBe(true)
  })
})

describe('the display', () => {
  test('is X11 or Wayland on Linux, X11 when both are there', () => {
    expect(displayOf('linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' })).toBe('x11')
    expect(displayOf('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe('wayland')
  })

  test('is missing on Linux with neither, an empty variable included', () => {
    expect(displayOf('linux', { DISPLAY: '' })).toBe('none')
  })

  test('is always there elsewhere', () => {
    expect(displayOf('darwin', {})).toBe('native')
  })
})

describe("Chromium's sandbox", () => {
  const user = { isRoot: false, helperIsSetuid: false, namespaces: true }

  test('is given up only as root, and then it is said', () => {
    expect(sandboxPlan(user, 'h')).toEqual({ args: [], advice: undefined })
    expect(sandboxPlan({ ...user, isRoot: true }, 'h').args).toEqual(['--no-sandbox'])
    expect(sandboxPlan({ ...user, isRoot: true }, 'h').advice).toContain('--no-sandbox')
  })

  test('gets advice, not a way around it, where the kernel gives users no namespaces', () => {
    const closed = sandboxPlan({ ...user, namespaces: false }, '/opt/chrome-sandbox')
    expect(closed.args).toEqual([])
    expect(closed.advice).toContain("sudo chmod 4755 '/opt/chrome-sandbox'")
    expect(sandboxPlan({ ...user, namespaces: false, helperIsSetuid: true }, 'h').advice).toBeUndefined()
  })
})

test('a program ended by a signal has the code that shells give it', () => {
  expect(exitCodeOf(3, null)).toBe(3)
  expect(exitCodeOf(null, 'SIGTERM')).toBe(143)
})
