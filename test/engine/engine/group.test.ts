import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Changes } from '../../../src-main/engine/book/changes'
import { Trades, tradeFlag } from '../../../src-main/engine/book/changes'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { AggregatedBook } from '../../../src-main/engine/book/aggregated-book'
import { conversionOf, groupInstrument } from '../../../src-main/engine/group-grid'
import { GroupMarket } from '../../../src-main/engine/group-market'
import { metrics } from '../../../src-main/engine/metrics'
import { MetricRunner } from '../../../src-main/engine/metrics/runner'
import { columnsOf } from '../../../src-shared/contract/catalogue'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import type { BookStatus } from '../../../src-shared/status'
import { millis } from '../../../src-shared/units'
import type { HandLevel } from '../../support/hand-book'
import { columnOf } from './fake-feed'
import { changesOf, handBook, inverseInstrument, plainInstrument } from '../../support/hand-book'

/** Ticks of 0.1 and lots of 0.01 base. */
const fine: Instrument = {
  ...plainInstrument,
  ...{ id: 'fine:BASE', venue: 'fine', price: { decimals: 1, step: 1 }, size: { decimals: 2, step: 1 } }
}
const coarse: Instrument = { ...plainInstrument, id: 'coarse:BASE', venue: 'coarse' }
const group = { id: 'group:BASE', name: 'Base', members: [coarse.id, fine.id] }

/** A group and everything it tells, as words. */
function listening(definition = group, runner?: MetricRunner) {
  const said: string[] = []
  const seen = { book: undefined as AggregatedBook | undefined, trades: undefined as Trades | undefined }
  const market = new GroupMarket(definition, {
    onBook: (_id, book, changes, now) => {
      runner?.onBook(book, changes, now)
      seen.book = book as AggregatedBook
      said.push(changes.isSnapshot ? 'book anew' : 'book')
    },
    onTrades: (_id, trades, now) => {
      runner?.onTrades(trades, now)
      seen.trades = trades
    },
    onTradesLost: (_id, from) => {
      runner?.onTradesLost(from)
      said.push(`trades lost since ${from}`)
    },
    onTradesBack: (_id, now) => {
      runner?.onTradesBack(now)
      said.push('trades back')
    },
    onGap: (_id, now) => {
      runner?.onGap(now)
      said.push('gap')
    },
    onInterruption: (_id, now) => {
      runner?.onInterruption(now, now)
      said.push('interruption')
    },
    onStatus: (_id, { state, reason }) => said.push(reason ? `${state}: ${reason}` : state),
    onInstruments: ([instrument]) => said.push(`grid ${instrument!.members!.length}`)
  })
  return { market, said, seen }
}
const traded = metrics.filter(({ spec }) => ['vwap', 'delta'].includes(spec.id))
const sessions = ['vwap.session', 'delta.session', 'vwap.sessionSeen', 'delta.sessionSeen'].map(
  (key) =>
    sampleHeadLength +
    columnsOf(traded.map(({ spec }) => spec)).findIndex(({ metric, field }) => `${metric}.${field}` === key)
)
function bought(price: number, size: number): Trades {
  const trades = new Trades()
  trades.push(price, size, 1, NaN, NaN)
  return trades
}

/** Both members are known, and in. */
function both(market: GroupMarket) {
  const books = { coarse: handBook([[99, 2]], [[101, 1]]), fine: handBook([[990, 100]], [[1_010, 100]]) }
  market.describe(coarse, at)
  market.describe(fine, at)
  market.onBook(coarse.id, books.coarse, changesOf([], []), at)
  market.onBook(fine.id, books.fine, changesOf([], []), at)
  return books
}
const at = millis(1)
const live: BookStatus = { state: 'live', reason: '', since: at }

describe('a group of instruments', () => {
  test('adds up its books in base currency on the coarsest price step, bids rounded down and asks up', () => {
    const { market, seen } = listening()
    market.describe(coarse, at)
    market.describe(fine, at)
    market.onBook(coarse.id, handBook([[99, 2]], [[101, 1]]), changesOf([], []), at)
    market.onBook(fine.id, handBook([[994, 150]], [[1_006, 50]]), changesOf([], []), at)
    const book = seen.book!
    const levels = [book.bids, book.asks].map((side) => [side.price(0), side.size(0) / 100])
    expect(levels).toEqual([
      [99, 3.5],
      [101, 1.5]
    ])
    expect([0, 1].map((member) => book.members.lots('bids', 99, member) / 100)).toEqual([2, 1.5])
  })

  test('counts inverse contracts as the base currency they stand for', () => {
    const inverse = { ...inverseInstrument, id: 'fine:BASE' }
    const whole = groupInstrument(group, [coarse, inverse])!
    expect(conversionOf(whole, () => inverse).lots(10_000, 5)).toBe(0.05 * 1e8)
  })

  test('says who is missing, and stays live without them', () => {
    const { market, said } = listening()
    market.describe(coarse, at)
    market.describe(fine, at)
    market.onBook(coarse.id, handBook([[99, 2]], [[101, 1]]), changesOf([], []), at)
    market.onStatus(coarse.id, live, at)
    market.onBook(fine.id, handBook([[990, 1]], [[1_010, 1]]), changesOf([], []), at)
    market.onStatus(fine.id, live, at)
    said.length = 0
    market.onGap(fine.id, at)
    market.onStatus(fine.id, { state: 'gap', reason: '3 lost', since: at }, at)
    expect(said).toEqual(['interruption', 'book anew', 'live: 1 of 2 venues: fine is resyncing'])
    said.length = 0
    market.onGap(coarse.id, at)
    expect(said[0]).toBe('gap')
    expect(said[1]).toContain('connecting: 0 of 2 venues')
  })

  test('F41: is the live member alone while another is stale, however lately that was live', () => {
    const { market, said } = listening()
    market.describe(coarse, at)
    market.describe(fine, at)
    for (const [{ id }, book] of [
      [coarse, handBook([[99, 2]], [[101, 1]])],
      [fine, handBook([[1_020, 1]], [[1_030, 1]])]
    ] as const) {
      market.onBook(id, book, changesOf([], []), at)
      market.onStatus(id, live, at)
    }
    said.length = 0
    market.onGap(fine.id, at)
    market.onStatus(fine.id, { state: 'stale', reason: 'nothing heard for 5 s, asking', since: at }, at)
    expect(said.at(-1)).toContain('live: 1 of 2 venues: fine is')
  })

  test('F41: is without a member that is over half a second late, and says so, until its next message in time', () => {
    const { market, said } = listening()
    const books = both(market)
    for (const { id } of [coarse, fine]) market.onStatus(id, live, at)
    said.length = 0
    market.onSkewed(fine.id, true, at)
    expect(said.splice(0)).toEqual(['interruption', 'book anew', 'live: 1 of 2 venues: fine is late'])
    market.onBook(fine.id, books.fine, changesOf([], []), at)
    expect(said.splice(0), 'its own book goes on').toEqual([])
    market.onSkewed(fine.id, false, at)
    expect(said.splice(0)).toEqual([])
    market.onBook(fine.id, books.fine, changesOf([], []), at)
    expect(said.splice(0)).toEqual(['interruption', 'book anew', 'live'])
  })

  test('has lost trades while a member has, until that member trades again or leaves, whatever others trade', () => {
    const { market, said } = listening()
    const books = both(market)
    const trades = new Trades()
    trades.push(101, 1, 1, 5, 9)
    said.length = 0
    market.onTradesLost(coarse.id, millis(7))
    market.onTrades(fine.id, trades, at)
    expect(said).toEqual(['trades lost since 7'])
    market.onTrades(coarse.id, trades, at)
    expect(said.splice(0)).toEqual(['trades lost since 7', 'trades back'])

    market.onTradesLost(coarse.id, millis(8))
    market.onGap(coarse.id, at)
    expect(said.splice(0).slice(0, 4)).toEqual([
      ...['trades lost since 8', 'interruption', 'trades back'],
      'book anew'
    ])
    market.onBook(coarse.id, books.coarse, changesOf([], []), at)
    expect(said.splice(0).slice(0, 2), 'it came back and has not traded').toEqual([
      ...['interruption', 'trades lost since 1']
    ])
  })

  test('shows no figure of trades while a member lost some, though the other trades on', () => {
    const instrument = groupInstrument(group, [coarse, fine])!
    const runner = new MetricRunner(metrics, instrument)
    const bought = columnOf('flow', 'buy1')
    const { market, said } = listening(group, runner)
    both(market)
    const trades = new Trades()
    trades.push(101, 1, 1, 5, 9)
    expect(runner.sample(millis(2_000), true)[bought]).toBe(0)
    market.onTradesLost(coarse.id, millis(2_000))
    market.onTrades(fine.id, trades, millis(2_500))
    expect(runner.sample(millis(9_000), true)[bought]).toBeNaN()
    market.onTrades(coarse.id, trades, millis(9_000))
    expect(runner.sample(millis(9_999), true)[bought]).toBeNaN()
    expect(runner.sample(millis(10_000), true)[bought]).toBe(0)
    expect(said).toContain('trades back')
  })

  test('takes a snapshot of a member whose book stands as a new baseline, and no interruption', () => {
    const { market, said, seen } = listening()
    const { coarse: book } = both(market)
    said.length = 0
    for (let lots = 3; lots < 103; lots++) {
      const whole = changesOf([[99, lots]], [[101, 1]])
      book.commit(whole)
      market.onBook(coarse.id, book, whole, at)
    }
    expect(new Set(said)).toEqual(new Set(['book anew']))
    expect(seen.book!.bids.size(0) / 100).toBe(103)
  })

  test('does not count the time without a member as watched: a session without its trades is unknown', () => {
    const day = 20_000 * 86_400_000
    const runner = new MetricRunner(traded, groupInstrument(group, [coarse, fine])!)
    const { market } = listening(group, runner)
    const books = both(market)
    // One is bought every ten seconds at 100 here and at 102 there: 101 on average, 720 an hour.
    const watch = (from: number, until: number, isWhole: boolean): readonly number[] => {
      for (let second = from; second < until; second += 10) {
        const now = millis(day + second * 1_000)
        market.onTrades(coarse.id, bought(100, 1), now)
        if (isWhole) market.onTrades(fine.id, bought(1_020, 100), now)
      }
      const row = runner.sample(millis(day + until * 1_000), true)
      return sessions.map((column) => row[column]!)
    }
    expect(watch(0, 3_600, true)).toEqual([101, 720, 1, 1])
    market.onGap(fine.id, millis(day + 3_600_000))
    expect(watch(3_600, 3_700, false)).toEqual([101, 720, expect.closeTo(0.97, 2), expect.closeTo(0.97, 2)])
    expect(watch(3_700, 4 * 3_600, false)).toEqual([
      NaN,
      NaN,
      ...Array<unknown>(2).fill(expect.closeTo(0.25, 2))
    ])
    market.onBook(fine.id, books.fine, changesOf([], []), millis(day + 4 * 3_600_000))
    const [price, , seen] = watch(4 * 3_600, 5 * 3_600, true)
    expect([price, seen]).toEqual([NaN, expect.closeTo(0.4, 2)])
  })

  test('has watched nothing of its session before the last of its members is there, known or not', () => {
    const runner = new MetricRunner(traded, groupInstrument(group, [coarse])!)
    const { market } = listening(group, runner)
    market.describe(coarse, at)
    market.onBook(coarse.id, handBook([[99, 2]], [[101, 1]]), changesOf([], []), at)
    market.onTrades(coarse.id, bought(100, 1), at)
    const row = runner.sample(millis(10_000), true)
    expect(sessions.map((column) => row[column])).toEqual([NaN, NaN, 0, 0])
    const reasons = runner.unready(new Set(['vwap']), millis(10_000))
    expect(reasons.find(({ field }) => field === 'anchored')!.why).toBe('Begins when every member is there.')
    expect(reasons.find(({ field }) => field === 'session')!.why).toContain('watched with every member')
  })

  test('takes the trades of its members in its own units', () => {
    const { market, seen } = listening()
    market.describe(coarse, at)
    market.describe(fine, at)
    market.onBook(fine.id, handBook([[994, 150]], [[1_006, 50]]), changesOf([], []), at)
    const trades = new Trades()
    trades.push(1_006, 25, 1, 5, 9, tradeFlag.block)
    market.onTrades(fine.id, trades, at)
    expect([seen.trades!.price[0], seen.trades!.size[0]! / 100, seen.trades!.at[0]]).toEqual([101, 0.25, 5])
    expect(seen.trades!.flags[0], 'a block of a member is a block of the group').toBe(tradeFlag.block)
  })

  test('does not take in what is another base currency, and says so', () => {
    const { market, said } = listening()
    market.describe(coarse, at)
    market.describe({ ...fine, base: 'OTHER' }, at)
    expect(said.at(-1)).toContain('fine:BASE is OTHER, not BASE')
  })

  test('is at every step what its members are when added up anew', () => {
    const price = fc.integer({ min: 0, max: 12 })
    const message = fc.record({
      member: fc.integer({ min: 0, max: 1 }),
      isSnapshot: fc.boolean(),
      bids: fc.array(fc.tuple(price, fc.integer({ min: 0, max: 9 })), { maxLength: 6 }),
      asks: fc.array(fc.tuple(price, fc.integer({ min: 0, max: 9 })), { maxLength: 6 })
    })
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 0, max: 5 }),
        (messages, levels) => {
          const instruments = [coarse, fine]
          const whole = groupInstrument(group, instruments)!
          const conversions = instruments.map((it) => conversionOf(whole, () => it))
          const books = [new SortedBook(), new SortedBook()]
          if (levels > 0) books[1]!.window(levels)
          const own = new AggregatedBook(group.members, conversions)
          for (const [member, book] of books.entries()) {
            book.commit(changesOf([], [], { isSnapshot: true }))
            own.join(member, book)
          }
          for (const { member, isSnapshot, bids, asks } of messages) {
            const change: Changes = changesOf(
              bids.map(([far, size]): HandLevel => [(member ? 990 : 99) - far, size]),
              asks.map(([far, size]): HandLevel => [(member ? 1_010 : 101) + far, size]),
              { isSnapshot }
            )
            books[member]!.commit(change)
            if (isSnapshot) own.join(member, books[member]!)
            else own.take(member, change)
          }
          const anew = new AggregatedBook(group.members, conversions)
          for (const [member, book] of books.entries()) anew.join(member, book)
          for (const side of ['bids', 'asks'] as const) {
            const levelsOf = ({ [side]: it }: AggregatedBook) =>
              Array.from({ length: it.count }, (_, rank) => [it.price(rank), it.size(rank)])
            expect(levelsOf(own)).toEqual(levelsOf(anew))
            expect(own[side].known).toEqual(anew[side].known)
          }
        }
      )
    )
  })
})
