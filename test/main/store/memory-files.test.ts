import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MemoryFiles } from '../../../src-main/store/memory-files'
import { millis } from '../../../src-shared/units'

let folder = ''
let told: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'learned-'))
  told = []
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const open = () => new MemoryFiles(folder, (_severity, text) => told.push(text))
const entry = (instrument: string, ...values: number[]) => ({ instrument, at: millis(1), values })

test('what was learned is there at the next start, one file a kind', () => {
  const files = open()
  files.save({ kind: 'walls', version: 2, entries: [entry('sim:A', 1), entry('sim:B', 2)] })
  files.save({ kind: 'walls', version: 2, entries: [entry('sim:A', 3)] })
  files.save({ kind: 'moods', version: 1, entries: [entry('sim:A', 4)] })
  files.flush()
  expect(open().all).toEqual([
    { kind: 'moods', version: 1, entries: [entry('sim:A', 4)] },
    { kind: 'walls', version: 2, entries: [entry('sim:B', 2), entry('sim:A', 3)] }
  ])
  expect(told).toEqual([])
})

test('a new version of a metric forgets what the old one learned', () => {
  const files = open()
  files.save({ kind: 'walls', version: 1, entries: [entry('sim:A', 1)] })
  files.save({ kind: 'walls', version: 2, entries: [entry('sim:B', 2)] })
  expect(files.all).toEqual([{ kind: 'walls', version: 2, entries: [entry('sim:B', 2)] }])
})

test('a file that cannot be used is kept aside and told of, and the others are used', () => {
  const files = open()
  files.save({ kind: 'moods', version: 1, entries: [entry('sim:A', 4)] })
  files.flush()
  writeFileSync(join(folder, 'walls.json'), '{"version":1,"of":1,"entr')
  const again = open()
  expect(again.all.find(({ kind }) => kind === 'walls')!.entries).toEqual([])
  expect(again.all.find(({ kind }) => kind === 'moods')!.entries).toHaveLength(1)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('walls.json could not be used')
  const aside = readdirSync(folder).find((file) => file.startsWith('walls.corrupt'))!
  expect(readFileSync(join(folder, aside), 'utf8')).toContain('entr')
})

test('a kind that is no file name, or numbers that are none, are not written', () => {
  const files = open()
  files.save({ kind: '../evil', version: 1, entries: [] })
  files.save({ kind: 'walls', version: 1, entries: [entry('sim:A', NaN)] })
  files.save({ kind: 'walls', version: 1, entries: [entry('sim:A', NaN)] })
  files.flush()
  expect(files.all.find(({ kind }) => kind === '../evil')).toBeUndefined()
  expect(told).toHaveLength(1)
})
