import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { killAgainAndAgain } from '../support/alert-kills'

const long = process.env['STEELYARD_LONG'] !== undefined
let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-kills-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, '../support/alert-killed.ts'),
      outDir: join(folder, 'child'),
      rolldownOptions: { output: { entryFileNames: 'child.mjs' } }
    },
    ssr: { noExternal: true }
  })
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test(
  'killed around a delivery, an alert has one entry, at most one notification and a webhook under one key',
  async () => {
    const start = (...args: readonly (string | number | undefined)[]) =>
      fork(join(folder, 'child/child.mjs'), [folder, ...args.filter((it) => it !== undefined).map(String)])
    const report = await killAgainAndAgain({ start, folder, kills: long ? 500 : 5, seed: 11 })
    expect(report.wrong).toEqual([])
    expect(report.notifications).toBeGreaterThan(0)
    expect(report.keys).toBeGreaterThan(0)
  },
  long ? 600_000 : 20_000
)
