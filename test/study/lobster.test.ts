import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportLobster } from '../../src-main/study/lobster/report'
import { studyLobster } from '../../src-main/study/lobster/study'

const messages = [
  '34200.5,1,1,10,1000100,-1', // an ask at 100.01 USD
  '34201.5,1,2,20,1000000,1', // a bid joins the best at 100.00
  '34202.5,4,1,10,1000100,-1', // the ask is bought
  '34203.5,3,2,20,1000000,1' // the bid is taken back
]
const book = [
  '1000100,10,1000000,5,1000300,7,999900,1',
  '1000100,10,1000000,25,1000300,7,999900,1',
  '1000300,7,1000000,25,1000400,9,999900,1',
  '1000300,7,1000000,5,1000400,9,999900,1'
]

const folder = mkdtempSync(join(tmpdir(), 'study-'))
const written = (name: string, lines: readonly string[]) => {
  const path = join(folder, name)
  writeFileSync(path, lines.join('\n') + '\n')
  return path
}
const studied = (messageLines: readonly string[], bookLines: readonly string[]) =>
  studyLobster(written('HAND_message.csv', messageLines), written('HAND_orderbook.csv', bookLines))
const reasonOf = async (messageLines: readonly string[], bookLines: readonly string[]) => {
  const found = await studied(messageLines, bookLines)
  return found.ok ? undefined : found.reason.slice(folder.length + 1)
}

test('a day of four messages is what a reader finds by hand', async () => {
  const found = await studied(messages, book)
  expect(found).toMatchObject({
    ok: true,
    figures: {
      symbol: 'HAND',
      levels: 2,
      rows: 4,
      type_counts: { 1: 2, 3: 1, 4: 1 },
      spread_ticks_mean_rowweighted: 2,
      first_mid: 10000.5,
      last_mid: 10001.5,
      // Of three steps all hold: a level that is left alone agrees with what came up behind it.
      one_step_reconstruction: { checked: 3, pass_: 3, fail: 0 },
      trades: { n_type4: 1, vol_type4: 10, net_signed_vol_type4: 10 },
      queue_imbalance: { n_mid_changes: 1, rows_n: 2, rows_up: 1 },
      // Bought at 10001 ticks when the mid was 10000.5; a second later the mid is 10001.5.
      spreads: { n: 1, effective_ticks_mean: 1, realized_1s_volw: -1, impact_1s_volw: 2 },
      vwap_all_exec_usd: 100.01,
      limit_order_first_terminal_outcome: { at: { exec: 0, cancel: 1, open: 0 } }
    }
  })
})

test('what cannot be known of so short a day is unknown, in numbers and in words', async () => {
  const found = await studied(messages, book)
  expect(found.ok && found.figures.roll.roll_spread_usd).toBeNaN()
  expect(found.ok && found.figures.queue_imbalance.midpoint_sampled_auc).toBeNaN()
  expect(found.ok && reportLobster(found.figures)).toMatch(/AUC, once between moves +unknown {3}\(n 0\)/)
})

test('a book that does not follow from its messages is counted, and the row named', async () => {
  const wrong = book.with(1, '1000100,10,1000000,26,1000300,7,999900,1')
  const found = await studied(messages, wrong)
  expect(found).toMatchObject({
    figures: { one_step_reconstruction: { pass_: 1, fail: 2, first_fail_rows_0based: [1, 2] } }
  })
})

test('a bad file is told by line and by what is wrong', async () => {
  const spoiled = (line: string) => messages.with(1, line)
  expect(await reasonOf(spoiled('34201.5,1,2,20'), book)).toBe(
    'HAND_message.csv: line 2: 4 columns instead of 6 (time, type, order id, size, price, direction)'
  )
  expect(await reasonOf(spoiled('34201.5,1,2,many,1000000,1'), book)).toBe(
    'HAND_message.csv: line 2: column 4, size, is no number: "many"'
  )
  expect(await reasonOf(spoiled('34200,1,2,20,1000000,1'), book)).toBe(
    'HAND_message.csv: line 2: time 34200 is before the line above (34200.5)'
  )
  expect(await reasonOf(spoiled('34201.5,9,2,20,1000000,1'), book)).toBe(
    "HAND_message.csv: line 2: type 9 is none of LOBSTER's (1 to 7)"
  )
  expect(await reasonOf(messages, book.with(2, '1000300,7,1000000,25'))).toBe(
    'HAND_orderbook.csv: line 3: 4 columns where the lines before have 8'
  )
  expect(await reasonOf(messages, ['1000100,10,1000000,5,1'])).toBe(
    'HAND_orderbook.csv: line 1: 5 columns, not four a level'
  )
  expect(await reasonOf(messages, book.slice(1))).toMatch(/has 4 rows and .* has 3: they are not of one day/)
  expect(await reasonOf([], book)).toBe('HAND_message.csv: the file is empty')
})

test.each([
  ['34201.5,1,2,20,-1000000,1', 'price -1000000 is no whole number above 0'],
  ['34201.5,1,2,20,9999999999,1', 'price 9999999999 is no whole number above 0'],
  ['34201.5,1,0,20,1000000,1', 'order id 0 is no whole number from 1 on'],
  ['34201.5,5,-3,20,1000000,1', 'order id -3 is no whole number from 0 on'],
  ['34201.5,1,2,1.5,1000000,1', 'size 1.5 is no whole number from 0 on'],
  ['34201500,1,2,20,1000000,1', 'time 34201500 is not in seconds after midnight'],
  ['34201.5,7,0,0,1000000,-1', 'price 1000000 of a trading halt (type 7) is none of -1, 0 and 1']
])('a message that cannot be is refused by its line: %s', async (line, wrong) => {
  expect(await reasonOf(messages.with(1, line), book)).toBe(`HAND_message.csv: line 2: ${wrong}`)
})

test.each([
  ['1000300,7,-5,25,1000400,9,999900,1', 'column 3: price -5 is no whole number above 0'],
  ['1000300,7,1000000,25,1000400,9,999900,-1', 'column 8: size -1 is no whole number from 0 on'],
  [
    '1000300,7,1000300,25,1000400,9,999900,1',
    'best bid 1000300 is not below best ask 1000300, and trading is not halted'
  ],
  [
    '1000300,7,1000200,25,1000200,9,999900,1',
    'column 5: ask 1000200 is not behind 1000300, the level before it'
  ],
  [
    '1000300,7,1000000,25,1000400,9,1000100,1',
    'column 7: bid 1000100 is not behind 1000000, the level before it'
  ],
  [
    '1000300,7,-9999999999,0,1000400,9,999900,1',
    'column 7: price 999900 stands behind a level that is not there'
  ]
])('a book that cannot be is refused by its line: %s', async (line, wrong) => {
  expect(await reasonOf(messages, book.with(2, line))).toBe(`HAND_orderbook.csv: line 3: ${wrong}`)
})

test('levels that are not there and a book that is crossed while trading is halted are no fault of the file', async () => {
  const thin = '1000300,7,1000000,25,9999999999,0,-9999999999,0'
  expect(await reasonOf(messages, book.with(2, thin))).toBeUndefined()
  const [halt, quoting, resumed] = ['34202.5,7,0,0,-1,-1', '34202.6,7,0,0,0,-1', '34202.8,7,0,0,1,-1']
  const [open, crossed] = [book[1]!, '1000100,10,1000200,25,1000300,7,999900,1']
  const halted = [...messages.slice(0, 2), halt, quoting, '34202.7,1,9,20,1000200,1', resumed]
  expect(await reasonOf(halted, [...book.slice(0, 2), open, open, crossed, open])).toBeUndefined()
  expect(await reasonOf(halted, [...book.slice(0, 2), open, open, crossed, crossed])).toMatch(
    /line 6: best bid/
  )
})
