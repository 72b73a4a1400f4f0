import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tradeFlag } from '../../../src-main/engine/book/changes'
import { vwap } from '../../../src-main/engine/metrics/vwap'
import { captureMarket } from '../../support/capture-market'
import { vwap as studied } from '../../../src-main/study/microstructure/traded'
import { vwap as studiedDay } from '../../../src-main/study/lobster/traded-value'
import { millis } from '../../../src-shared/units'
import { haveCapture } from '../../support/captures'
import { inverseInstrument, plainInstrument } from '../../support/hand-book'
import { amazon, haveAmazon, play, tick, timeOf } from './lobster-stream'
import { Streamed } from './streamed'

const dayMs = 86_400_000
const midnight = 20_000 * dayMs
const all = { coverage: 0 }
const quiet = (streamed: Streamed, at = midnight): Streamed => streamed.snapshot(at, [[99, 5]], [[101, 4]])

describe('volume-weighted average price', () => {
  test('1 at 100 and 3 at 104 cost 103 on average, give or take the root of 3', () => {
    const streamed = quiet(new Streamed(vwap))
      .trade(midnight + 41_000, 100, 1)
      .trade(midnight + 42_000, 104, -3)
    const sigma = Math.sqrt((1 * 9 + 3 * 1) / 4)
    const { session, sessionUp1, sessionDown2, sessionUp3, anchored, rolling, sessionSeen } =
      streamed.figures(midnight + 50_000)
    expect([session, anchored, sessionSeen]).toEqual([103, 103, 1])
    expect(sessionUp1).toBeCloseTo(103 + sigma, 12)
    expect(sessionDown2).toBeCloseTo(103 - 2 * sigma, 12)
    expect(sessionUp3).toBeCloseTo(103 + 3 * sigma, 12)
    expect(rolling).toBeNaN()
    expect(streamed.figures(midnight + 3_600_000).rolling).toBe(103)
    expect(streamed.figures(midnight + 3_600_000).away).toBeCloseTo((104 / 103 - 1) * 1e4, 9)
  })

  test('of contracts worth fixed money is the harmonic mean: 1 at 100 and 1 at 200 cost 133.3', () => {
    const streamed = quiet(new Streamed(vwap, {}, inverseInstrument))
      .trade(midnight + 1_000, 100, 1)
      .trade(midnight + 1_000, 200, 1)
    expect(streamed.figures(midnight + 2_000).session).toBeCloseTo(400 / 3, 10)
  })

  test('a session that was watched from its middle is unknown, and says how much is missing', () => {
    const streamed = quiet(new Streamed(vwap), midnight + dayMs / 2).trade(midnight + dayMs / 2, 100, 1)
    const { session, sessionSeen, anchored } = streamed.figures(midnight + dayMs * 0.75)
    expect(session).toBeNaN()
    expect(sessionSeen).toBeCloseTo(1 / 3, 12)
    expect(anchored).toBe(100)
    expect(streamed.why(midnight + dayMs * 0.75, 'session')!.why).toContain(
      '33 % of the time since 00:00 UTC'
    )
  })

  test('a new day begins a new session', () => {
    const streamed = quiet(new Streamed(vwap), midnight + dayMs / 2).trade(midnight + dayMs / 2, 100, 1)
    streamed.trade(midnight + dayMs + 5, 50, 1)
    expect(streamed.figures(midnight + dayMs + 10)).toMatchObject({
      session: 50,
      anchored: 75,
      sessionSeen: 1
    })
  })

  test('counts nothing over a gap: rolling begins anew, the others lose what came after the last trade', () => {
    const streamed = quiet(new Streamed(vwap))
      .trade(midnight + 40_000, 100, 1)
      .gap(midnight + 50_000)
    quiet(streamed, midnight + 100_000)
    const { session, sessionSeen, rolling } = streamed.figures(midnight + 200_000)
    expect(sessionSeen).toBeCloseTo(0.7, 12)
    expect([session, rolling]).toEqual([NaN, NaN])
  })

  test('begins at the anchor, and not before', () => {
    const anchor = midnight / 1_000 + 60
    const streamed = quiet(new Streamed(vwap, { anchor })).trade(midnight + 59_999, 10, 1)
    expect(streamed.figures(midnight + 59_999)).toMatchObject({ anchored: NaN, anchoredFor: NaN })
    expect(streamed.why(midnight + 59_999, 'anchored')!.why).toContain('lies ahead')
    streamed.trade(midnight + 60_000, 100, 1)
    expect(streamed.figures(midnight + 60_001)).toMatchObject({ anchored: 100, session: 55 })
    expect(streamed.figures(midnight + 72_500).anchoredFor).toBe(12.5)
  })

  test('an anchor chosen over a restart counts from there, as far as it was watched', () => {
    const first = quiet(new Streamed(vwap), midnight)
    for (const [second, price] of [
      [5, 10],
      [15, 100],
      [25, 200]
    ] as const)
      first.trade(midnight + second * 1_000, price, 1)
    first.gap(midnight + 28_000)
    quiet(first, midnight + 29_000).trade(midnight + 30_000, 300, 1)
    const kept = first.run.save!()
    const from = (seconds: number) => {
      const next = new Streamed(vwap, { anchor: midnight / 1_000 + seconds, coverage: 0 })
      expect(next.run.restore!(kept)).toBe(true)
      return quiet(next, midnight + 30_000)
        .trade(midnight + 32_000, 400, 1)
        .figures(midnight + 40_000)
    }
    // 4 of 30 s went between the last trade before the gap and the new book.
    expect(from(10)).toMatchObject({ anchored: 250, anchoredSeen: (40 - 10 - 4) / 30 })
    // A bucket that the anchor cuts is not counted, nor its time.
    expect(from(11)).toMatchObject({ anchored: 300, anchoredSeen: (40 - 20 - 4) / 29 })
    expect(first.run.restore!([...kept.slice(0, 11), 3, 1])).toBe(false)
    for (let minute = 1; minute < 80; minute++) first.trade(midnight + minute * 60_000, 7, 1)
    expect(first.run.save!().length).toBeLessThan(4_096)
  })

  const anchorAt = (seconds: number) => ({ anchor: midnight / 1_000 + seconds })
  const isAnchored = (field: string): boolean => field.startsWith('anchored')
  const others = (figures: Record<string, number>) =>
    Object.fromEntries(Object.entries(figures).filter(([field]) => !isAnchored(field)))

  test('an anchor changes the anchored figures alone: session and rolling go on', () => {
    const streamed = quiet(new Streamed(vwap))
    for (let minute = 0; minute < 90; minute++) streamed.trade(midnight + minute * 60_000, 100 + minute, 1)
    const at = midnight + 90 * 60_000
    const before = streamed.figures(at)
    for (const field of ['session', 'rolling', 'away', 'sessionSeen'])
      expect(before[field], field).not.toBeNaN()
    // Of the last hour and of the one before, in the future, and none, which is all: 80, 20 and 0 to 89 cost 184.5, 154.5 and 144.5.
    for (const [params, anchored] of [
      [anchorAt(80 * 60), 184.5],
      [anchorAt(20 * 60), 154.5],
      [anchorAt(100 * 60), NaN],
      [{}, 144.5]
    ] as const) {
      const after = streamed.adjust(params).figures(at)
      expect(others(after)).toEqual(others(before))
      if (Number.isNaN(anchored)) expect(after['anchored']).toBeNaN()
      else expect(after['anchored']).toBeCloseTo(anchored, 9)
      expect(after['anchoredSeen']).toBe(Number.isNaN(anchored) ? NaN : 1)
    }
  })

  test('cleared, it counts since watching began again, in the middle of a bucket too, and no more than a day', () => {
    const streamed = quiet(new Streamed(vwap), midnight + 3_300).trade(midnight + 4_000, 100, 1)
    streamed.trade(midnight + 15_000, 200, 1)
    const before = streamed.figures(midnight + 20_000)
    expect(before).toMatchObject({ anchored: 150, anchoredSeen: 1, anchoredFor: 16.7 })
    expect(streamed.adjust(anchorAt(10)).figures(midnight + 20_000)['anchored']).toBe(200)
    expect(streamed.adjust({}).figures(midnight + 20_000)).toEqual(before)
    for (let hour = 1; hour <= 30; hour++) streamed.trade(midnight + hour * 3_600_000, 300, 1)
    streamed.adjust(anchorAt(10)).adjust({})
    expect(streamed.figures(midnight + 30 * 3_600_000)).toMatchObject({
      ...{ anchored: 300, anchoredSeen: 1, anchoredFor: 1_439 * 60 }
    })
  })

  test('one chosen while it runs says what one that was there all along says, over gaps too', () => {
    const play = (streamed: Streamed, from: number, to: number): void => {
      for (let second = from; second < to; second += 7) {
        if (second % 280 === 0)
          quiet(streamed.gap(midnight + second * 1_000 + 500), midnight + second * 1_000 + 900)
        streamed.trade(midnight + second * 1_000 + 1_000, 100 + (second % 13), 1 + (second % 5))
      }
    }
    for (const anchor of [300, 3_600, 6_000, 6_010]) {
      const [all, chosen] = [anchorAt(anchor), {}].map(
        (params) => new Streamed(vwap, { coverage: 0, ...params })
      )
      for (const streamed of [all!, chosen!]) play(quiet(streamed), 0, 7_000)
      chosen!.adjust({ coverage: 0, ...anchorAt(anchor) })
      for (const until of [7_000, 7_350]) {
        if (until > 7_000) for (const streamed of [all!, chosen!]) play(streamed, 7_000, until)
        const [wanted, found] = [all!, chosen!].map((it) => it.figures(midnight + until * 1_000))
        for (const field of Object.keys(wanted!).filter(isAnchored))
          expect(found![field], `${field} since ${anchor} at ${until}`).toBeCloseTo(wanted![field]!, 9)
      }
    }
  })

  test('reaches a day back, in whole minutes beyond the last hour, and takes no time for watched that it does not know', () => {
    const streamed = quiet(new Streamed(vwap, all))
    for (let minute = 0; minute < 30 * 60; minute++)
      streamed.trade(midnight + minute * 60_000 + 30_000, minute, 1)
    const at = midnight + 30 * 3_600_000
    const since = (minutes: number, seconds = 0) =>
      streamed.adjust({ ...all, ...anchorAt(minutes * 60 + seconds) }).figures(at)
    // From minute 400 to 1,799.
    expect(since(400)['anchored']).toBeCloseTo((400 + 1_799) / 2, 9)
    expect(since(400)['anchoredSeen']).toBe(1)
    // A minute that the anchor cuts is not counted, nor its time.
    expect(since(400, 10)['anchored']).toBeCloseTo((401 + 1_799) / 2, 9)
    expect(since(400, 10)['anchoredSeen']).toBeCloseTo(1_399 / (1_400 - 10 / 60), 12)
    // The day ends at minute 1,800, so its oldest is 361.
    expect(since(0)['anchored']).toBeCloseTo((361 + 1_799) / 2, 9)
    expect(since(0)['anchoredSeen']).toBeCloseTo(1_439 / 1_800, 12)
    expect(streamed.run.save!().length).toBeLessThan(4_096)
  })

  test('over a restart as far as there is room for: what was left out was not watched', () => {
    const first = quiet(new Streamed(vwap, all))
    for (let minute = 0; minute < 24 * 60; minute++)
      first.trade(midnight + minute * 60_000 + 30_000, minute, 1)
    const next = new Streamed(vwap, { ...all, ...anchorAt(60) })
    expect(next.run.restore!(first.run.save!())).toBe(true)
    const at = midnight + 24 * 3_600_000
    quiet(next, at)
    // The last 980 minutes: the oldest is cut off, as it need not be whole.
    expect(next.figures(at + 1)['anchored']).toBeCloseTo((461 + 1_439) / 2, 9)
    // Last seen with the trade in the middle of the last minute.
    expect(next.figures(at + 1)['anchoredSeen']).toBeCloseTo(978.5 / 1_439, 5)
  })

  test('another rolling window begins that anew, and another coverage is only what is asked for', () => {
    const streamed = quiet(new Streamed(vwap)).trade(midnight + 1_000, 100, 1)
    const before = streamed.figures(midnight + 3_700_000)
    const after = streamed.adjust({ window: 60 }).figures(midnight + 3_700_000)
    const rolling = Object.keys(before).filter((field) => field.startsWith('rolling') || field === 'away')
    for (const [field, value] of Object.entries(after))
      expect(value, field).toBe(rolling.includes(field) ? NaN : before[field])
    expect(streamed.why(midnight + 3_730_000, 'rolling')!.why).toContain(
      'needs 60 s of trades, 30 s are watched'
    )
    streamed.trade(midnight + 3_755_000, 200, 1)
    expect(streamed.figures(midnight + 3_760_000)).toMatchObject({ rolling: 200, session: 150 })
    streamed.gap(midnight + 3_761_000)
    quiet(streamed, midnight + 8_000_000)
    expect(streamed.figures(midnight + 8_000_001)).toMatchObject({ session: NaN, anchored: NaN })
    expect(streamed.adjust({ window: 60, coverage: 0.1 }).figures(midnight + 8_000_001)).toMatchObject({
      ...{ session: 150, anchored: 150 }
    })
  })

  test('leaves out blocks and legs of combinations, not liquidations', () => {
    const streamed = quiet(new Streamed(vwap)).trade(midnight + 1, 100, 1, tradeFlag.liquidation)
    streamed.trade(midnight + 2, 500, 9, tradeFlag.block).trade(midnight + 3, 500, 9, tradeFlag.combo)
    expect(streamed.figures(midnight + 4).session).toBe(100)
  })

  test('a restart goes on with the session, and refuses nonsense', () => {
    const first = quiet(new Streamed(vwap)).trade(midnight + 30_000, 100, 1)
    const next = new Streamed(vwap)
    expect(next.run.restore!(first.run.save!())).toBe(true)
    quiet(next, midnight + 31_000).trade(midnight + 32_000, 200, 1)
    const { session, sessionSeen, anchored } = next.figures(midnight + 40_000)
    expect([session, anchored]).toEqual([150, 200])
    expect(sessionSeen).toBeCloseTo(39 / 40, 12)
    expect(next.run.restore!([1, 2, -3, 4, 5])).toBe(false)
    expect(next.run.restore!([1])).toBe(false)
  })

  test('stays within low and high, whatever is traded, and does not change with the unit of size', () => {
    const tape = fc.array(fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e6 })), {
      minLength: 1
    })
    const averageOf = (trades: readonly (readonly [number, number])[], factor = 1) => {
      const streamed = quiet(new Streamed(vwap))
      for (const [price, size] of trades) streamed.trade(midnight + 1, price, size * factor)
      return streamed.figures(midnight + 2)
    }
    fc.assert(
      fc.property(tape, (trades) => {
        const { session, sessionUp1, sessionDown1 } = averageOf(trades)
        const prices = trades.map(([price]) => price)
        const [low, high] = [Math.min(...prices), Math.max(...prices)]
        expect(session).toBeGreaterThanOrEqual(low * (1 - 1e-12))
        expect(session).toBeLessThanOrEqual(high * (1 + 1e-12))
        expect(sessionUp1! - session!).toBeCloseTo(session! - sessionDown1!, 3)
        expect(averageOf(trades, 7).session! / session!).toBeCloseTo(1, 12)
      })
    )
  })

  test('keeps a spread of a tick at a price of a billion', () => {
    const streamed = quiet(new Streamed(vwap))
    for (let i = 0; i < 1_000; i++) streamed.trade(midnight + 1, 1e9 + (i % 2), 1)
    const { session, sessionUp1 } = streamed.figures(midnight + 2)
    expect(sessionUp1! - session!).toBeCloseTo(0.5, 6)
  })

  test.skipIf(!haveAmazon(1))(
    'equals the offline study at times of a real day',
    async () => {
      const whole = await amazon(1)
      const rows = 20_000
      const streamed = new Streamed(vwap, all)
      play(whole, rows, streamed, (row) => {
        if (row % 4_999 !== 0 || row === 0) return
        const wanted = studiedDay({ ...whole, rows: row + 1 })
        // The stream's prices are in 1e-4 USD, as the file's.
        const { session, anchored } = streamed.figures(timeOf(whole, row))
        for (const found of [session!, anchored!]) expect(found / (wanted * tick * 100)).toBeCloseTo(1, 12)
      })
    },
    30_000
  )

  for (const name of ['spot_btcusdt_20240808', 'usdm_btcusdt_20240808', 'cm_btcusd_perp_20240808']) {
    const path = `market/binance/${name}.gz`
    test.skipIf(!haveCapture(path))(
      `equals the offline study: ${name}`,
      async () => {
        const read = await captureMarket(path)
        if (!read.ok) throw new Error(read.reason)
        const { prints, instrument, unit } = read.figures
        const { product, contract } = instrument
        const streamed = new Streamed(vwap, all, { ...plainInstrument, product, contract })
        for (let row = 0; row < prints.count; row++)
          streamed.trade(
            midnight + prints.at[row]! / 1e6,
            prints.price[row]!,
            prints.aggressor[row]! * prints.size[row]!
          )
        const found = streamed.figures(millis(midnight + prints.at[prints.count - 1]! / 1e6 + 1))
        expect((found.session! * unit) / studied(read.figures)).toBeCloseTo(1, 12)
      },
      30_000
    )
  }
})
