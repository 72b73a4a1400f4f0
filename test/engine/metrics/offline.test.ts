import { describe, expect, test } from 'vitest'
import type { Metric } from '../../../src-main/engine/metrics/metric'
import { delta } from '../../../src-main/engine/metrics/delta'
import { imbalance } from '../../../src-main/engine/metrics/imbalance'
import { microprice } from '../../../src-main/engine/metrics/microprice'
import { ofi } from '../../../src-main/engine/metrics/ofi'
import { spreads } from '../../../src-main/engine/metrics/spreads'
import { tfi } from '../../../src-main/engine/metrics/tfi'
import { tradeFrequency } from '../../../src-main/engine/metrics/trade-frequency'
import { vpin } from '../../../src-main/engine/metrics/vpin'
import { vwap } from '../../../src-main/engine/metrics/vwap'
import { MicropriceFit, quoteState } from '../../../src-main/engine/math/microprice-table'
import { cumulativeOrderFlow, cumulativeSignedVolume } from '../../../src-main/study/lobster/order-flow'
import { isTrade } from '../../../src-main/study/lobster/session'
import { trueSignVpin } from '../../../src-main/study/lobster/toxicity'
import { vwap as dayVwap } from '../../../src-main/study/lobster/traded-value'
import { arrivals } from '../../../src-main/study/microstructure/arrivals'
import { spreads as studiedSpreads } from '../../../src-main/study/microstructure/spreads'
import { vpin as studiedVpin, vwap as studiedVwap } from '../../../src-main/study/microstructure/traded'
import { play, tick, timeOf } from './lobster-stream'
import { marketOf, playMarket, sessionOf } from './made-market'
import { madeStream } from './made-stream'
import { Streamed } from './streamed'

/** A made-up day of two and a half minutes. The same on real days is in each metric's own test, where the captures are. */
const stream = madeStream(5, 1_500)
const session = sessionOf(stream)
const market = marketOf(stream)
const end = timeOf(session, session.rows - 1)
const first = timeOf(session, 0)

/** What a metric says after each row that `at` chooses. */
function watched(metric: Metric, overrides = {}, at = (row: number): boolean => row % 97 === 0) {
  const streamed = new Streamed(metric, overrides)
  const seen: { readonly row: number; readonly at: number; readonly says: Record<string, number> }[] = []
  play(session, session.rows, streamed, (row) => {
    if (at(row)) seen.push({ row, at: timeOf(session, row), says: streamed.figures(timeOf(session, row)) })
  })
  expect(seen.length).toBeGreaterThan(10)
  return { seen, streamed }
}
/** The last row before a window of so many seconds, whose oldest hundredth leaves as a whole. */
const rowBefore = (at: number, seconds: number): number => {
  const slot = seconds * 10
  const from = (Math.floor(at / slot) - 99) * slot
  for (let row = 0; row < session.rows; row++) if (timeOf(session, row) >= from) return row - 1
  return NaN
}

describe('streamed figures equal those of the study on the same events', () => {
  test('imbalance of 1 and 5 levels', () => {
    const sum = (sizes: readonly Float64Array[], row: number, levels: number) =>
      sizes.slice(0, levels).reduce((total, column) => total + column[row]!, 0)
    for (const { row, says } of watched(imbalance).seen)
      for (const levels of [1, 5]) {
        const [bid, ask] = [sum(session.bids.sizes, row, levels), sum(session.asks.sizes, row, levels)]
        expect(says[`l${levels}`]).toBe((bid - ask) / (bid + ask))
      }
  })

  test('order flow at the touch over 1, 10 and 60 s', () => {
    const flow = cumulativeOrderFlow(session, 0)
    const later = watched(ofi).seen.filter(({ at }) => at >= first + 60_000)
    expect(later.length).toBeGreaterThan(5)
    for (const { row, at, says } of later)
      for (const seconds of [1, 10, 60])
        expect(says[`ofi${seconds}`]).toBeCloseTo(flow[row]! - flow[rowBefore(at, seconds)]!, 6)
  })

  test('signed volume: of all time, and of the last 60 s', () => {
    const signed = cumulativeSignedVolume(session, isTrade)
    for (const { row, says } of watched(delta).seen) expect(says['cvd']).toBe(signed[row])
    for (const { row, at, says } of watched(tfi).seen)
      if (at >= first + 60_000)
        expect(says['net60']).toBeCloseTo(signed[row]! - signed[rowBefore(at, 60)]!, 9)
  })

  test('VPIN of true signs', () => {
    const golden = trueSignVpin(session, 100)
    const { streamed } = watched(vpin, { bucket: golden.bucket_volume, coverage: 0 })
    expect(streamed.figures(end)['vpin']! / golden.vpin_last).toBeCloseTo(1, 9)
    const other = studiedVpin(market)
    const second = playMarket(new Streamed(vpin, { bucket: other.bucket_volume, coverage: 0 }), market)
    expect(second.figures(end)['vpin']! / other.last).toBeCloseTo(1, 9)
  })

  test('VWAP, on the way and at the end', () => {
    for (const { row, says } of watched(vwap, { coverage: 0 }).seen) {
      const wanted = dayVwap({ ...session, rows: row + 1 })
      if (wanted > 0) expect(says['session']! / (wanted * tick * 100)).toBeCloseTo(1, 12)
    }
    const streamed = playMarket(new Streamed(vwap, { coverage: 0 }), market)
    expect(streamed.figures(end + 1)['session']! / studiedVwap(market)).toBeCloseTo(1, 12)
  })

  test('effective and realised spreads', () => {
    const golden = studiedSpreads(market)
    const found = playMarket(
      new Streamed(spreads, { window: 3_600 }).idle(first - 3_660_000),
      market
    ).figures(end)
    expect(found['effective']! / golden.effective_bps_volw).toBeCloseTo(1, 9)
    expect(found['realised1']! / golden.realized_1s_bps_volw).toBeCloseTo(1, 9)
    expect(found['realised5']! / golden.realized_5s_bps_volw).toBeCloseTo(1, 9)
    expect(found['realised10']! / golden.realized_10s_bps_volw).toBeCloseTo(1, 9)
  })

  test('excitation of trades by trades', () => {
    const found = playMarket(new Streamed(tradeFrequency), market).figures(end + 60_000)
    const { mle_mu: mu, mle_beta: beta, branching_ratio } = arrivals(market)
    expect([found['branching'], found['base'], found['memory']]).toEqual([branching_ratio, mu, 1 / beta])
  })

  test('the table of the micro-price', () => {
    const { quotes } = market
    const fit = new MicropriceFit()
    const stateAt = (row: number) =>
      quoteState(quotes.bid[row]!, quotes.ask[row]!, quotes.bidSize[row]!, quotes.askSize[row]!)
    for (let row = 1; row < quotes.count && quotes.at[row]! < 59e9; row++) {
      const [from, to] = [stateAt(row - 1), stateAt(row)]
      if (from && to) fit.add(from, to, (quotes.mid2[row]! - quotes.mid2[row - 1]!) / 2)
    }
    const table = fit.solve()
    const streamed = playMarket(new Streamed(microprice), market, 59e9)
    streamed.figures(first + 60_001)
    const rows = streamed.run.table!(first as never)!
    for (const spread of [1, 2])
      for (const [bin, adjustment] of table.all(spread).entries())
        expect(rows[((spread - 1) * 10 + bin) * 4 + 3]).toBeCloseTo(adjustment, 9)
  })
})
