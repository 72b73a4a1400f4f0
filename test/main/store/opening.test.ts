import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { open, sweep } from '../../../src-main/store/opening'
import type { Shape } from '../../../src-main/store/shape'
import { millis } from '../../../src-shared/units'
import { memoryFiles } from './memory-files'

interface Lamp {
  readonly version: 2
  readonly colour: string
}
const lamp: Shape<Lamp> = {
  name: 'lamp',
  title: 'lamps',
  version: 2,
  migrations: { 1: ({ color }) => ({ version: 2, colour: color }) },
  schema: v.strictObject({ version: v.literal(2), colour: v.string() }),
  defaults: { version: 2, colour: 'white' }
}
const noon = millis(Date.UTC(2026, 10, 24, 12, 0, 0))
const aside = '/u/lamp.corrupt-2026-11-24T12-00-00-000Z.json'
const red = '{"version":2,"colour":"red"}'
const blue = '{"version":2,"colour":"blue"}'
const green = '{"version":2,"colour":"green"}'

test('a good file is used as it is, and becomes the newest backup', () => {
  const files = memoryFiles({ '/u/lamp.json': red })
  expect(open(files, '/u', lamp, noon)).toEqual({
    value: { version: 2, colour: 'red' },
    told: '',
    writeNow: false
  })
  expect(files.all.get('/u/lamp.backup-1.json')).toBe(red)
})

test('a first start uses the defaults and tells nothing', () => {
  expect(open(memoryFiles({}), '/u', lamp, noon)).toEqual({ value: lamp.defaults, told: '', writeNow: false })
})

test('backups move up by one, and the oldest of three is given up', () => {
  const files = memoryFiles({
    '/u/lamp.json': red,
    '/u/lamp.backup-1.json': blue,
    '/u/lamp.backup-2.json': green,
    '/u/lamp.backup-3.json': '{"version":2,"colour":"old"}'
  })
  open(files, '/u', lamp, noon)
  const kept = [1, 2, 3].map((number) => files.all.get(`/u/lamp.backup-${number}.json`))
  expect(kept).toEqual([red, blue, green])
})

test('an unchanged file pushes no backup out', () => {
  const files = memoryFiles({
    '/u/lamp.json': red,
    '/u/lamp.backup-1.json': red,
    '/u/lamp.backup-2.json': blue
  })
  open(files, '/u', lamp, noon)
  expect(files.all.get('/u/lamp.backup-2.json')).toBe(blue)
})

describe.each([
  ['cut short', red.slice(0, 12), 'not JSON, or was cut short'],
  ['full of NUL bytes', '\0'.repeat(64), 'not JSON, or was cut short'],
  ['empty', '', 'the file is empty'],
  ['a list', '[1]', 'not JSON, or was cut short'],
  ['without a version', '{"colour":"red"}', 'it names no version'],
  ['of the wrong shape', '{"version":2,"colour":7}', 'colour: Invalid type'],
  ['holding an unknown key', '{"version":2,"colour":"red","size":1}', 'size: Invalid key'],
  ['of a version nobody can lift', '{"version":0,"colour":"red"}', 'version: Invalid type']
])('a file that is %s', (_, text, reason) => {
  test('is kept aside whole, and the user is told what was wrong', () => {
    const files = memoryFiles({ '/u/lamp.json': text })
    const { told } = open(files, '/u', lamp, noon)
    expect(files.all.get(aside)).toBe(text)
    expect(files.all.has('/u/lamp.json')).toBe(false)
    expect(told).toContain(reason)
    expect(told).toContain('lamp.corrupt-2026-11-24T12-00-00-000Z.json')
  })

  test('gives way to the newest good backup, which stays', () => {
    const files = memoryFiles({
      '/u/lamp.json': text,
      '/u/lamp.backup-1.json': '{"version":2,',
      '/u/lamp.backup-2.json': blue
    })
    const opened = open(files, '/u', lamp, noon)
    expect(opened).toMatchObject({ value: { colour: 'blue' }, writeNow: true })
    expect(files.all.get('/u/lamp.backup-2.json')).toBe(blue)
  })

  test('gives way to the defaults when there is no good backup', () => {
    const { value, told } = open(memoryFiles({ '/u/lamp.json': text }), '/u', lamp, noon)
    expect(value).toEqual(lamp.defaults)
    expect(told).toContain('your lamps are the defaults')
    const learned = { ...lamp, anew: 'are lit anew' }
    expect(open(memoryFiles({ '/u/lamp.json': text }), '/u', learned, noon).told).toContain(
      'your lamps are lit anew'
    )
  })
})

test('a file the disk cannot read is kept aside with the system’s reason', () => {
  const files = memoryFiles({ '/u/lamp.json': red }, ['/u/lamp.json'])
  expect(open(files, '/u', lamp, noon).told).toContain('EIO')
  expect(files.all.get(aside)).toBe(red)
})

test('an older version is lifted to today’s', () => {
  const files = memoryFiles({ '/u/lamp.json': '{"version":1,"color":"amber"}' })
  expect(open(files, '/u', lamp, noon)).toMatchObject({ value: { version: 2, colour: 'amber' }, told: '' })
})

test('a file of a later version is left untouched, and nothing is saved over it', () => {
  const later = '{"version":3,"colours":["red"]}'
  const files = memoryFiles({ '/u/lamp.json': later, '/u/lamp.backup-1.json': blue })
  const opened = open(files, '/u', lamp, noon)
  expect(opened).toMatchObject({ value: { colour: 'blue' }, writeNow: false })
  expect(opened.readOnly).toContain('newer Steelyard')
  expect(opened.told).toContain('not saved until Steelyard is updated')
  expect([...files.all]).toEqual([
    ['/u/lamp.json', later],
    ['/u/lamp.backup-1.json', blue]
  ])
})

test('whatever a file holds, the app starts with a value of the right shape and the bytes are still there', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.nat(red.length).map((cut) => red.slice(0, cut))
      ),
      (text) => {
        const files = memoryFiles({ '/u/lamp.json': text })
        const { value } = open(files, '/u', lamp, noon)
        expect(v.is(lamp.schema, value)).toBe(true)
        expect([...files.all.values()]).toContain(text)
      }
    )
  )
})

test('what a killed write left behind is swept, and nothing else', () => {
  const files = memoryFiles({
    '/u/lamp.json': red,
    '/u/lamp.json.tmp-1234': '{',
    '/u/other.json.tmp-1': '',
    '/u/lamp.tmp': ''
  })
  sweep(files, '/u', ['lamp'])
  expect(files.list('/u')).toEqual(['lamp.json', 'other.json.tmp-1', 'lamp.tmp'])
})

describe('on a disk that takes nothing', () => {
  const full = (files: Record<string, string>) => {
    const refuse = () => {
      throw new Error('ENOSPC: no space left on device')
    }
    return { ...memoryFiles(files), write: refuse, rename: refuse, remove: refuse }
  }

  test('a good file is used all the same, and that it has no backup is told', () => {
    const { value, told, readOnly } = open(full({ '/u/lamp.json': red }), '/u', lamp, noon)
    expect([value.colour, readOnly]).toEqual(['red', undefined])
    expect(told).toBe(
      'lamp.json is good, but no backup of it could be made (ENOSPC: no space left on device).'
    )
  })

  test('a bad file stays where it is and is not written over; the backup is used and the reason told', () => {
    const files = full({ '/u/lamp.json': '{', '/u/lamp.backup-1.json': blue })
    const { value, told, readOnly, writeNow } = open(files, '/u', lamp, noon)
    expect([value.colour, writeNow, files.all.get('/u/lamp.json')]).toEqual(['blue', false, '{'])
    expect(readOnly).toContain('ENOSPC')
    expect(told).toContain('Changes to them are not saved')
  })

  test('what a killed write left behind stays', () => {
    const files = full({ '/u/lamp.json.tmp-1': 'x' })
    sweep(files, '/u', ['lamp'])
    expect(files.all.has('/u/lamp.json.tmp-1')).toBe(true)
  })
})
