import { describe, expect, test } from 'vitest'
import { MicropriceFit, quoteState } from '../../../src-main/engine/math/microprice-table'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { microprice } from '../../../src-main/engine/metrics/microprice'
import { paramsOf } from '../../../src-main/engine/metrics/params'
import { captureMarket } from '../../support/capture-market'
import { millis, ticks } from '../../../src-shared/units'
import { haveCapture } from '../../support/captures'
import { changesOf, plainInstrument } from '../../support/hand-book'
import { Streamed } from './streamed'

const start = 1_000_000
const capture = 'market/binance/usdm_btcusdt_20240808.gz'

describe('the micro-price', () => {
  test('leans on the weighted mid while its states are young: 3 of 4 on the bid is a quarter of a tick', () => {
    const streamed = new Streamed(microprice).snapshot(start, [[99, 3]], [[100, 1]])
    expect(streamed.figures(start + 100)).toMatchObject({
      fitted: 99.75,
      weighted: 99.75,
      best: 99.75,
      edge: 0.25
    })
  })

  test('wanted between two messages, it is fitted to nothing before a minute is seen, and trusted by what its table has seen', () => {
    const book = new SortedBook()
    const say = (size: number) => {
      const changes = changesOf([[99, size]], [[100, 1]], { isSnapshot: Number.isNaN(book.touch.bid) })
      book.commit(changes)
      return changes
    }
    say(3)
    const run = microprice.start(
      {
        book,
        instrument: () => plainInstrument,
        tell: () => undefined,
        placeOf: () => -1,
        paramsOf: () => ({})
      },
      paramsOf(microprice.spec)
    )
    const row = new Float64Array(6)
    const sampled = (at: number) => {
      run.sample(millis(at), row, 0)
      return { fitted: row[0], trust: row[5] }
    }
    expect(sampled(start)).toEqual({ fitted: 99.75, trust: NaN })
    for (let n = 0; n < 100; n++) run.onBook!(say(3), millis(start + 1 + n))
    expect(sampled(start + 59_000)).toEqual({ fitted: 99.75, trust: NaN })
    // The mid never moved: nothing can be fitted to that.
    expect(sampled(start + 61_000)).toEqual({ fitted: 99.75, trust: 0 })
    say(1)
    expect(sampled(start + 62_000)).toEqual({ fitted: 99.5, trust: 0 })
  })

  test('has no state in a wide spread, and then the best guess is the mid', () => {
    const streamed = new Streamed(microprice).snapshot(start, [[90, 3]], [[100, 1]])
    expect(streamed.figures(start + 100)).toMatchObject({ fitted: NaN, best: 95, edge: 0, large: 0 })
    expect(streamed.why(start + 100, 'fitted')!.why).toContain('wider than 2 price steps')
  })

  test('takes the mid on small ticks even when the spread is tight for a moment', () => {
    const streamed = new Streamed(microprice).snapshot(start, [[90, 3]], [[100, 1]])
    streamed.change(start + 60_000, [[99, 3]], [])
    const { best, weighted, large } = streamed.figures(start + 61_000)
    expect(best).toBe(99.5)
    expect(weighted).toBe(99.75)
    expect(large).toBeLessThan(0.1)
  })

  test('counts no move over a gap', () => {
    const streamed = new Streamed(microprice)
    const seen = () =>
      streamed.run.table!(start as never)!
        .filter((_, i) => i % 4 === 2)
        .reduce((sum, it) => sum + it, 0)
    streamed.snapshot(start, [[99, 3]], [[100, 1]]).change(start + 10, [[99, 2]], [])
    expect(seen()).toBe(2)
    streamed.gap(start + 20).snapshot(start + 30, [[109, 3]], [[110, 1]])
    expect(seen()).toBe(2)
  })

  test('a finer grid changes nothing by itself; with a finer step of the price all states are others and are counted anew', () => {
    const book = new SortedBook()
    let instrument = plainInstrument
    const run = microprice.start(
      { book, instrument: () => instrument, tell: () => undefined, placeOf: () => -1, paramsOf: () => ({}) },
      paramsOf(microprice.spec)
    )
    const say = (at: number, bid: number, ask: number, size: number): void => {
      const changes = changesOf([[bid, size]], [[ask, 1]], { isSnapshot: Number.isNaN(book.touch.bid) })
      book.commit(changes)
      run.onBook!(changes, millis(at))
    }
    const seen = () =>
      run.table!(millis(start))!
        .filter((_, i) => i % 4 === 2)
        .reduce((sum, it) => sum + it, 0)
    for (let n = 0; n < 10; n++) say(start + n * 10, 99, 100, 1 + (n % 3))
    expect(seen()).toBe(18)
    const rescale = (tickSize: number): void => {
      instrument = { ...plainInstrument, price: { decimals: 1, step: 1 }, tickSize: ticks(tickSize) }
      book.rescale(10, 1)
      run.onRescale!(10, 1)
    }
    rescale(10)
    say(start + 100, 990, 1_000, 2)
    expect(seen()).toBe(20)
    rescale(10)
    say(start + 110, 9_900, 10_000, 3)
    expect(seen()).toBe(0)
    say(start + 120, 9_900, 9_910, 3)
    say(start + 130, 9_900, 9_910, 2)
    expect(seen()).toBe(2)
  })

  test.skipIf(!haveCapture(capture))(
    'is fitted on real quotes as the study fits it',
    async () => {
      const read = await captureMarket(capture)
      if (!read.ok) throw new Error(read.reason)
      const { quotes } = read.figures
      const fit = new MicropriceFit()
      const stateAt = (row: number) =>
        quoteState(quotes.bid[row]!, quotes.ask[row]!, quotes.bidSize[row]!, quotes.askSize[row]!)
      const streamed = new Streamed(microprice)
      const at = (row: number) => start + quotes.at[row]! / 1e6
      // Nothing fades before the first minute is over.
      let row = 0
      for (; at(row) < at(0) + 59_000; row++) {
        if (row === 0)
          streamed.snapshot(
            at(0),
            [[quotes.bid[0]!, quotes.bidSize[0]!]],
            [[quotes.ask[0]!, quotes.askSize[0]!]]
          )
        else {
          const gone = (price: number, before: number) => (price === before ? [] : [[before, 0] as const])
          const bid = [
            ...gone(quotes.bid[row]!, quotes.bid[row - 1]!),
            [quotes.bid[row]!, quotes.bidSize[row]!] as const
          ]
          const ask = [
            ...gone(quotes.ask[row]!, quotes.ask[row - 1]!),
            [quotes.ask[row]!, quotes.askSize[row]!] as const
          ]
          streamed.change(at(row), bid, ask)
          const [from, to] = [stateAt(row - 1), stateAt(row)]
          if (from && to) fit.add(from, to, (quotes.mid2[row]! - quotes.mid2[row - 1]!) / 2)
        }
      }
      const table = fit.solve()
      streamed.figures(at(0) + 60_001)
      const rows = streamed.run.table!(start as never)!
      for (const spread of [1, 2])
        for (const [bin, adjustment] of table.all(spread).entries()) {
          const from = ((spread - 1) * 10 + bin) * 4
          expect(rows[from + 2]).toBeCloseTo(fit.visits({ bin, spread }) * Math.exp(-60.001 / 3_600), 6)
          expect(rows[from + 3]).toBeCloseTo(adjustment, 9)
        }
      const now = stateAt(row - 1)
      if (!now) return
      const { fitted, trust } = streamed.figures(at(0) + 60_001)
      expect(trust).toBe(1)
      expect(fitted! - quotes.mid2[row - 1]! / 2).toBeCloseTo(table.all(now.spread)[now.bin]!, 9)
    },
    30_000
  )
})
