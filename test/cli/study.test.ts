import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { study } from '../../src-main/cli/study'
import { diff } from '../support/binance-tape'
import { heldTerminal } from '../support/terminal'

const folder = mkdtempSync(join(tmpdir(), 'steelyard-study-'))
const terminal = heldTerminal()
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
  expect(JSON.parse(terminal.said)).toMatchObject({ rows: 1, final_best_bid: 10.5, final_best_ask: null })
  expect(terminal.complained).toBe('')
})

test('without --json a report says how many stand behind each figure', async () => {
  expect(await study(['orders', orders('1,5,5,10.5,300000000,created,bid\n')])).toBe(0)
  expect(terminal.said).toContain('0 filled, 0 cancelled (n 0), 1 still there at the end')
  expect(terminal.said).toContain('less than an unknown time (n 0)')
})

test('a share stands beside its interval, and the foot says what that is', async () => {
  const lives = ['1,5,5,10.5,100,created,bid', '1,6,6,10.5,0,deleted,bid', '2,7,7,10.5,100,created,bid', '2,9,9,10.5,100,deleted,bid'] // prettier-ignore
  expect(await study(['orders', orders(lives.join('\n') + '\n')])).toBe(0)
  // Wilson's of one in two.
  expect(terminal.said).toContain('50.0 % [9.5 %, 90.5 %] of those that ended were filled')
  expect(terminal.said).toContain('In brackets: 95 % confidence')
})

test('a bad file is told by path and line, exit code 2, and nothing is printed', async () => {
  const path = orders('1,5,5,10.5,300000000,created,bid\n1,5\n')
  expect(await study(['orders', path, '--json'])).toBe(2)
  expect(terminal.said).toBe('')
  expect(terminal.complained).toMatch(`${path}: line 3: 2 columns instead of 7`)
})

test('a wrong question is answered with what the study wants, exit code 2', async () => {
  expect(await study(['lobster', 'only-one.csv'])).toBe(2)
  expect(terminal.complained).toContain(
    'study lobster wants <message.csv[.gz]> <orderbook.csv[.gz]>, not 1 file'
  )
  expect(await study(['orders', join(folder, 'absent.csv')])).toBe(2)
  expect(terminal.complained).toContain('there is no such file')
  expect(await study(['astrology'])).toBe(2)
  expect(terminal.complained).toContain('which study?')
})

test('captures of two venues are not taken as one, nor for what they are not', async () => {
  const capture = (name: string, keys: object) => {
    const path = join(folder, name)
    const frame = { stream: 'x', data: { ...(diff(1, 2, [], []) as { data: object }).data, ...keys } }
    writeFileSync(path, `1723161255030314667 ${JSON.stringify(frame)}\n`)
    return path
  }
  const [spot, future] = [capture('spot', {}), capture('future', { pu: 0, T: 1 })]
  expect(await study(['reconstruction', spot, future])).toBe(2)
  expect(terminal.complained).toContain(`${future}: line 1 is of binance-usdm, not of binance-spot`)
  expect(await study(['microstructure', spot, '--venue', 'binance-usdm'])).toBe(2)
  expect(terminal.complained).toContain(`${spot}: line 1 is of binance-spot, not of binance-usdm`)
})

test('a message file beside the book of another stock is told by its first line that cannot be', async () => {
  const [messages, book] = [join(folder, 'message.csv'), join(folder, 'orderbook.csv')]
  const lines = Array.from({ length: 30 }, (_, row) => row)
  writeFileSync(messages, lines.map((row) => `${34_200 + row},4,${row + 1},100,2231000,1\n`).join(''))
  writeFileSync(book, lines.map(() => '5859400,200,5853300,18\n').join(''))
  expect(await study(['lobster', messages, book])).toBe(2)
  expect(terminal.complained).toContain(
    'line 2: executed at 2231000, where the best price before was 5853300'
  )
  expect(terminal.said).toBe('')
})
