import { describe, expect, it, test } from 'vitest'
import { Trades } from '../../../src-main/engine/book/changes'
import { nobody } from '../../../src-main/engine/feed/nobody'
import { ToldTrades } from '../../../src-main/engine/feed/told-trades'
import type { TapeFrame } from '../../../src-main/engine/tape/line'
import { readTape } from '../../../src-main/engine/tape/reader'
import { Replay } from '../../../src-main/engine/tape/replay'
import { venues } from '../../../src-main/engine/venues/index'
import { capturePath, haveCapture } from '../../support/captures'

/** How many are said to be missing before or among those of each message. */
function counter(told = new ToldTrades()) {
  return (...rows: readonly (number | readonly [id: number, sums: number])[]) => {
    const trades = new Trades()
    for (const row of rows) {
      const [id, sums] = typeof row === 'number' ? [row, 1] : row
      trades.push(100, 1, 1, 0, id, 0, sums)
    }
    return told.keepNews(trades, NaN)
  }
}

describe('where ids count up by one', () => {
  it('the first ever follows nothing, and the next is the next', () => {
    const missed = counter()
    expect([missed(7), missed(8), missed(9, 10)]).toEqual([0, 0, 0])
  })

  it('a jump is what it leaves out, before a message and within it', () => {
    const missed = counter()
    expect([missed(7), missed(9), missed(12, 13), missed(14, 17)]).toEqual([0, 1, 2, 2])
  })

  it('those of a message come in any order', () => {
    const missed = counter()
    expect([missed(7), missed(10, 8, 9), missed(13, 11)]).toEqual([0, 0, 1])
  })

  it('repeats are none, and one that comes late is no count of its own', () => {
    const missed = counter()
    expect([missed(7), missed(7), missed(7, 8), missed(10), missed(9), missed(11)]).toEqual([
      0, 0, 0, 1, 0, 0
    ])
  })

  it('parts of one trade under one id are one', () => {
    const missed = counter()
    expect([missed(7), missed(8, 8), missed(10, 10)]).toEqual([0, 0, 1])
  })

  it('a sum of trades ends with its id', () => {
    const missed = counter()
    expect([missed(7), missed([10, 3]), missed([14, 3]), missed([16, 1], [15, 1])]).toEqual([0, 0, 1, 0])
  })

  it('those that are no trades of the market are not missing, however many a message tells', () => {
    const told = new ToldTrades()
    const missed = (passed: readonly number[], ...ids: readonly number[]) => {
      const trades = new Trades()
      for (const id of passed) trades.pass(id)
      for (const id of ids) trades.push(100, 1, 1, 0, id)
      return told.keepNews(trades, NaN)
    }
    expect(missed([], 4)).toBe(0)
    expect(missed([5, 6])).toBe(0)
    expect(missed([7, 9], 8)).toBe(0)
    expect(missed([11])).toBe(1)
    // Told again, one of them is no other that is missing; nor are two parts of one.
    expect(missed([11], 13)).toBe(1)
    expect(missed([15, 15])).toBe(1)
  })

  it('what has no id counts for nothing', () => {
    const missed = counter()
    expect([missed(7), missed(NaN), missed(8), missed(NaN, 10)]).toEqual([0, 0, 0, 1])
  })

  it('what is no trade of the market stands where it stood', () => {
    const told = new ToldTrades()
    const missed = counter(told)
    missed(7)
    const settled = new Trades()
    settled.pass(8)
    expect(told.keepNews(settled, NaN)).toBe(0)
    expect(missed(9)).toBe(0)
  })

  it('two counts told side by side are one count and no loss', () => {
    const missed = counter()
    const all = Array.from({ length: 50 }, (_, n) => [missed(1_000 + n), missed(500 + n)]).flat()
    expect(all).toEqual(all.map(() => 0))
  })

  it('a venue that counts anew is followed, and said to have lost something once', () => {
    const missed = counter()
    missed(1_000)
    expect([1, 2, 3, 4, 5, 6, 8].map((id) => missed(id))).toEqual([0, 0, 0, 1, 0, 0, 1])
  })
})

/** Every recording of a venue whose trades are said to count, and how many messages of trades it has. */
const recorded = [
  ['binance-spot_2021', 'binance-spot', 1],
  ['binance-spot_btcusdt_20240808', 'binance-spot', 9_757],
  ['binance-usdm_2021', 'binance-usdm', 46],
  ['binance-usdm_btcusdt_20240718-19', 'binance-usdm', 10_701],
  ['binance-coinm_2021', 'binance-coinm', 21],
  ['binance-coinm_btcusd_perp_20240808', 'binance-coinm', 2_286],
  ['okx_2022', 'okx', 5],
  ['deribit-perp_live-2026-08_excerpt', 'deribit', 1]
] as const

/** Messages that may be of trades: books take long, and tell nothing of them. */
async function tradesOf(name: string): Promise<readonly TapeFrame[]> {
  const frames: TapeFrame[] = []
  const end = await readTape(capturePath(`feeds/${name}.jsonl.gz`), (frame) => {
    const bytes = Buffer.from(frame.bytes)
    if (/trade/i.test(bytes.toString('latin1', 0, 200)))
      frames.push({ ...frame, bytes: new Uint8Array(bytes) })
  })
  expect(end).toMatchObject({ ok: true })
  return frames
}

/** How often trades are said to be lost, and told. */
function heard(venue: string, frames: readonly TapeFrame[]) {
  const said = { lost: 0, told: 0 }
  const listener = {
    ...nobody,
    onTrades: () => void said.told++,
    onTradesLost: () => void said.lost++
  }
  const tape = new Replay(
    venues.find(({ spec }) => spec.id === venue)!,
    listener
  )
  for (const frame of frames) tape.take(frame)
  return said
}

for (const [name, venue, told] of recorded)
  test.skipIf(!haveCapture(`feeds/${name}.jsonl.gz`))(
    `${name}: nothing is said to be lost, and of a trade that is left out it is, once`,
    async () => {
      const frames = await tradesOf(name)
      expect(heard(venue, frames)).toEqual({ lost: 0, told })
      if (told < 100) return
      const trades = frames.filter(({ bytes }) => Buffer.from(bytes).includes('@trade"'))
      const out = trades[Math.floor(trades.length / 2)]
      expect(
        heard(
          venue,
          frames.filter((it) => it !== out)
        )
      ).toEqual({ lost: 1, told: told - 1 })
    }
  )
