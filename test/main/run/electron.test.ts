import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { orderOf, overrideOf } from '../../../resources/run/electron.mjs'

const fresh = { installed: false, cached: false, reached: false, evaluable: true }

describe('an explicit Electron', () => {
  test('is taken when it is there', () => {
    const env = { ELECTRON_EXEC_PATH: '/opt/electron/electron' }
    expect(overrideOf(env, () => true)).toEqual({ path: '/opt/electron/electron', how: 'ELECTRON_EXEC_PATH' })
  })

  test('is refused when it is not, instead of running another one', () => {
    const nowhere = (): boolean => false
    expect(() => overrideOf({ ELECTRON_EXEC_PATH: '/opt/typo' }, nowhere)).toThrow(/ELECTRON_EXEC_PATH.*typo/)
    expect(() => overrideOf({ ELECTRON_OVERRIDE_DIST_PATH: '/opt/typo' }, nowhere)).toThrow(/OVERRIDE.*typo/)
  })

  test('a folder stands for the binary in it', () => {
    const found = overrideOf({ ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' }, () => true)
    expect(found?.path.startsWith(join('/opt', 'electron'))).toBe(true)
    expect(found?.path).not.toBe('/opt/electron')
  })

  test('an empty variable is one that is not set', () => {
    expect(
      overrideOf({ ELECTRON_EXEC_PATH: '', ELECTRON_OVERRIDE_DIST_PATH: '' }, () => false)
    ).toBeUndefined()
  })
})

describe('which runtime is tried first', () => {
  test('the official one on a fresh machine, the evaluation runtime last', () => {
    expect(orderOf(undefined, fresh)).toEqual(['official', 'evaluation'])
  })

  test('a cached evaluation runtime, where the official one was never reached', () => {
    expect(orderOf(undefined, { ...fresh, cached: true })).toEqual(['evaluation', 'official'])
  })

  test('the official one again, once it was reached or is there, whatever is cached', () => {
    expect(orderOf('', { ...fresh, cached: true, reached: true })[0]).toBe('official')
    expect(orderOf('', { ...fresh, cached: true, installed: true })[0]).toBe('official')
  })

  test('official never answers with the evaluation runtime', () => {
    expect(orderOf('official', { ...fresh, cached: true })).toEqual(['official'])
  })

  test('fallback goes straight to it, and is refused where there is none', () => {
    expect(orderOf('fallback', { ...fresh, installed: true })).toEqual(['evaluation'])
    expect(() => orderOf('fallback', { ...fresh, evaluable: false })).toThrow('linux-x64')
  })

  test('elsewhere than on linux-x64 there is only the official one', () => {
    expect(orderOf(undefined, { ...fresh, evaluable: false })).toEqual(['official'])
  })

  test('a misspelt setting is an error', () => {
    expect(() => orderOf('offical', fresh)).toThrow('offical')
  })
})
