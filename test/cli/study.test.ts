import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { study } from '../../src-main/cli/study'

const folder = mkdtempSync(join(tmpdir(), 'steelyard-study-'))
let said = ''
let complained = ''
beforeEach(() => {
  said = complained = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((complained += String(text)), true))
})
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const head = 'id,timestamp,exchange.timestamp,price,volume,action,direction\n'
const orders = (text: string) => {
  const path = join(folder, 'orders.csv')
  writeFileSync(path, head + text)
  return path
}

test('--json prints one object and nothing else; what is unknown is null', async () => {
  expect(await study(['orders', orders('1,5,5,10.5,300000000,created,bid\n'), '--json'])).toBe(0)
  expect(JSON.parse(said)).toMatchObject({ rows: 1, final_best_bid: 10.5, final_best_ask: null })
  expect(complained).toBe('')
})

test('without --json a report says how many stand behind each figure', async () => {
  expect(await study(['orders', orders('1,5,5,10.5,300000000,created,bid\n')])).toBe(0)
  expect(said).toContain('0 filled, 0 cancelled (n 0), 1 still there at the end')
  expect(said).toContain('less than an unknown time (n 0)')
})

test('a bad file is told by path and line, exit code 2, and nothing is printed', async () => {
  const path = orders('1,5,5,10.5,300000000,created,bid\n1,5\n')
  expect(await study(['orders', path, '--json'])).toBe(2)
  expect(said).toBe('')
  expect(complained).toMatch(`${path}: line 3: 2 columns instead of 7`)
})

test('a wrong question is answered with what the study wants, exit code 2', async () => {
  expect(await study(['lobster', 'only-one.csv'])).toBe(2)
  expect(complained).toContain('study lobster wants <message.csv[.gz]> <orderbook.csv[.gz]>, not 1 file')
  expect(await study(['orders', join(folder, 'absent.csv')])).toBe(2)
  expect(complained).toContain('there is no such file')
  expect(await study(['astrology'])).toBe(2)
  expect(complained).toContain('which study?')
})
