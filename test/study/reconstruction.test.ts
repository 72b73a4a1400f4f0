import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { study } from '../../src-main/cli/study'
import type { Reconstruction } from '../../src-main/study/reconstruction/study'
import { diff, line, quote, snapshot } from '../support/binance-tape'
import { heldTerminal } from '../support/terminal'

let folder = ''
const terminal = heldTerminal()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-study-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const file = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, lines.map((it) => it + '\n').join(''))
  return path
}
/** Two diffs wait for the snapshot at 10, one of them older; two more follow, and the last quote is not the book's. */
const opening = [
  line(0.1, diff(8, 9, [['100.00', '9']], [])),
  line(0.2, quote(10, ['100.00', '2'], ['100.01', '4'])),
  line(0.3, diff(10, 12, [['100.00', '3']], [])),
  line(0.4, snapshot(10, [['100.00', '2'], ['99.99', '1']], [['100.01', '4']])), // prettier-ignore
  line(0.5, quote(12, ['100.00', '3'], ['100.01', '4'])),
  line(0.6, diff(13, 14, [['100.00', '0']], [['100.02', '1.5']]))
]
const closing = [
  line(0.7, quote(14, ['100.00', '3'], ['100.01', '4'])),
  line(0.8, diff(15, 15, [], [['100.01', '5']]))
]
const figures = async (...lines: readonly (readonly string[])[]): Promise<Reconstruction> => {
  const paths = lines.map((it, i) => file(`${i}.txt`, it))
  expect(await study(['reconstruction', ...paths, '--json'])).toBe(0)
  return JSON.parse(terminal.said) as Reconstruction
}

test('diffs are counted as discarded, applied and compared with the quote whose id they reached', async () => {
  const found = await figures([...opening, ...closing])
  expect(found).toEqual({
    ...{ depth_events: 4, discarded_before_snapshot: 1, applied: 3, gaps: 0, snapshots: 1, crossed: 0 },
    ...{ bt_checks: 3, bt_match: 1, max_bt_mismatch: 0.01, first_event_ok: true, final_update_id: 15 },
    final_best: [99.99, 1, 100.01, 5],
    final_top5_bids: [[99.99, 1]],
    final_top5_asks: [
      [100.01, 5],
      [100.02, 1.5]
    ],
    ...{ final_levels: [1, 2], final_total_bid_qty: 1, final_total_ask_qty: 6.5 },
    mismatch_examples: [
      [14, 14, [100, 3, 100.01, 4], [99.99, 1, 100.01, 4]],
      [15, 14, [100, 3, 100.01, 4], [99.99, 1, 100.01, 5]]
    ]
  })
})

test('several files are one capture', async () => {
  const whole = await figures([...opening, ...closing])
  terminal.forget()
  expect(await figures(opening, closing)).toEqual(whole)
})

test('a hole is a gap, and no book stands after it', async () => {
  const { gaps, applied, depth_events, final_best, final_update_id } = await figures([
    ...opening,
    line(0.9, diff(17, 17, [], []))
  ])
  expect({ gaps, applied, depth_events }).toEqual({ gaps: 1, applied: 2, depth_events: 4 })
  expect({ final_best, final_update_id }).toEqual({ final_best: null, final_update_id: null })
})

test('what comes after a hole is counted, and the line at which it shows is told', async () => {
  const holed = [...opening, line(0.9, diff(17, 17, [], [])), line(1, diff(18, 19, [], []))]
  const { gaps_at, not_applied_after_gaps } = await figures(holed)
  expect({ gaps_at, not_applied_after_gaps }).toEqual({ gaps_at: ['at line 7'], not_applied_after_gaps: 2 })
  terminal.forget()
  expect(await study(['reconstruction', file('holed.txt', holed)])).toBe(0)
  expect(terminal.said).toContain(
    '5 book messages: 2 applied, 1 older than the snapshot, 2 after the gap at line 7, not applied'
  )
  terminal.forget()
  const later = file('later.txt', holed.slice(6))
  expect(await study(['reconstruction', file('first.txt', opening), later])).toBe(0)
  expect(terminal.said).toContain(`2 after the gap at line 1 of ${later}, not applied`)
})

test('gaps that later snapshots heal are told by their lines, and only what they cost is called lost', async () => {
  const healed = [
    ...opening,
    line(0.9, diff(17, 17, [], [])),
    line(1, snapshot(16, [['100.00', '2']], [['100.01', '4']])),
    line(1.1, diff(18, 18, [], [])),
    '',
    line(1.2, diff(20, 20, [], []))
  ]
  const { gaps, gaps_at, applied, not_applied_after_gaps } = await figures(healed)
  expect({ gaps, gaps_at, applied }).toEqual({ gaps: 2, gaps_at: ['at line 7', 'at line 11'], applied: 4 })
  expect(not_applied_after_gaps).toBe(1)
  terminal.forget()
  expect(await study(['reconstruction', file('healed.txt', healed)])).toBe(0)
  expect(terminal.said).toContain('1 after gaps, not applied')
  expect(terminal.said).toContain('2 gaps (at line 7, at line 11)')
})

test('a snapshot older than what was kept for it is told', async () => {
  const late = [opening[0]!, line(0.2, diff(12, 13, [], [])), opening[3]!]
  const { first_event_ok, applied, discarded_before_snapshot } = await figures(late)
  expect({ first_event_ok, applied }).toEqual({ first_event_ok: false, applied: 0 })
  expect(discarded_before_snapshot).toBe(2)
})

test('the report says how many books were held against the quote', async () => {
  expect(await study(['reconstruction', file('report.txt', [...opening, ...closing])])).toBe(0)
  expect(terminal.said).toContain('1 of n = 3 books name the same best bid')
  expect(terminal.said).toContain('bid 1 at 99.99, ask 5 at 100.01')
})

test.each([
  ['broken inside a line', [...opening, line(0.7, {}).replace('{}', '{"e":"depthUpdate",')], 'line 7: '],
  [
    'of a level below nothing',
    [...opening, line(0.7, diff(15, 15, [], [['100.01', '-5']]))],
    'line 7: malformed message: "a", level 1: size is below zero: "-5"'
  ],
  [
    'cut off inside a frame',
    [...opening, line(0.7, diff(15, 15, [], [])).slice(0, -9)],
    'line 7: malformed message: it is cut off after …'
  ],
  ['no capture line', [...opening, 'hello'], 'line 7 is no capture line'],
  ['an empty file', [], 'the file is empty'],
  ['of nobody we know', [line(0, { hello: 1 })], 'no book, quote or trade that Binance would send'],
  [
    'two instruments',
    [...opening, line(0.7, diff(1, 2, [], [])).replace('"BTCUSDT"', '"ETHUSDT"')],
    'found binance-spot:BTCUSDT, binance-spot:ETHUSDT'
  ]
])('a bad file is named with what is wrong, exit code 2: %s', async (name, lines, reason) => {
  const path = file(`${name}.txt`, lines)
  expect(await study(['reconstruction', path, '--json'])).toBe(2)
  expect(terminal.complained).toContain(path)
  expect(terminal.complained).toContain(reason)
  expect(terminal.said).toBe('')
})

test.each([
  [['reconstruction', '/nowhere/at-all.gz'], 'there is no such file'],
  [['reconstruction'], 'which capture?'],
  [['reconstruction', 'x', '--venue', 'nobody'], '--venue is one of'],
  [['reconstruction', 'x', '--colour'], 'colour'],
  [['weather', 'x'], 'which study?']
])('a wrong question %j is answered with exit code 2', async (args, reason) => {
  expect(await study(args)).toBe(2)
  expect(terminal.complained).toContain(reason)
})
