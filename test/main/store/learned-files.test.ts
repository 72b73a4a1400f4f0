import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { Learned } from '../../../src-main/store/memory-files'
import { learnedKinds, MemoryFiles } from '../../../src-main/store/memory-files'
import { open } from '../../../src-main/store/opening'
import type { Shape } from '../../../src-main/store/shape'
import { millis } from '../../../src-shared/units'
import { memoryFiles } from './memory-files'

const folder = '/u/learned'
const entry = (instrument: string, ...values: number[]) => ({ instrument, at: millis(1), values })

/** The files of one start on a disk in memory, written at once. */
function start(disk: ReturnType<typeof memoryFiles>, told: string[] = []): MemoryFiles {
  const document = (shape: Shape<Learned>) => {
    const opened = open(disk, folder, shape, millis(0))
    if (opened.told) told.push(opened.told)
    return {
      value: opened.value,
      save(value: Learned) {
        const checked = v.safeParse(shape.schema, value)
        if (!checked.success) return { ok: false as const, reason: checked.issues[0].message }
        this.value = value
        disk.write(`${folder}/${shape.name}.json`, JSON.stringify(value))
        return { ok: true as const }
      },
      flush: () => undefined
    }
  }
  return new MemoryFiles(learnedKinds(disk.list(folder)), document, (_severity, text) => told.push(text))
}

test('what was learned is there at the next start, one file a kind', () => {
  const disk = memoryFiles({})
  const files = start(disk)
  files.save({ kind: 'walls', version: 2, entries: [entry('sim:A', 1), entry('sim:B', 2)] })
  files.save({ kind: 'walls', version: 2, entries: [entry('sim:A', 3)] })
  files.save({ kind: 'moods', version: 1, entries: [entry('sim:A', 4)] })
  expect(start(disk).all).toEqual([
    { kind: 'walls', version: 2, entries: [entry('sim:B', 2), entry('sim:A', 3)] },
    { kind: 'moods', version: 1, entries: [entry('sim:A', 4)] }
  ])
})

test('a new version of a metric forgets what the old one learned', () => {
  const files = start(memoryFiles({}))
  files.save({ kind: 'walls', version: 1, entries: [entry('sim:A', 1)] })
  files.save({ kind: 'walls', version: 2, entries: [entry('sim:B', 2)] })
  expect(files.all).toEqual([{ kind: 'walls', version: 2, entries: [entry('sim:B', 2)] }])
})

test('a file that cannot be used is kept aside and told of, and the others are used', () => {
  const disk = memoryFiles({ [`${folder}/walls.json`]: '{"version":1,"of":1,"entr' })
  start(disk).save({ kind: 'moods', version: 1, entries: [entry('sim:A', 4)] })
  disk.write(`${folder}/walls.json`, '{"version":1,"of":1,"entr')
  const told: string[] = []
  const again = start(disk, told)
  expect(again.all.find(({ kind }) => kind === 'walls')!.entries).toEqual([])
  expect(again.all.find(({ kind }) => kind === 'moods')!.entries).toHaveLength(1)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('walls.json could not be used')
  expect([...disk.all.keys()].some((path) => path.includes('walls.corrupt'))).toBe(true)
})

test('a kind that is no file name, or numbers that are none, are not written', () => {
  const disk = memoryFiles({})
  const told: string[] = []
  const files = start(disk, told)
  files.save({ kind: '../evil', version: 1, entries: [] })
  files.save({ kind: 'walls', version: 1, entries: [entry('sim:A', NaN)] })
  files.save({ kind: 'walls', version: 1, entries: [entry('sim:A', NaN)] })
  expect([...disk.all.keys()]).toEqual([])
  expect(told).toHaveLength(1)
})
