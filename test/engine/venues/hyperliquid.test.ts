import { describe, expect, it, test } from 'vitest'
import { flowVelocity } from '../../../src-main/engine/metrics/flow-velocity'
import { imbalanceResting } from '../../../src-main/engine/metrics/imbalance-resting'
import { ofi } from '../../../src-main/engine/metrics/ofi'
import { MetricRunner } from '../../../src-main/engine/metrics/runner'
import { Replay } from '../../../src-main/engine/tape/replay'
import { hyperliquid } from '../../../src-main/engine/venues/hyperliquid/index'
import { columnsOf } from '../../../src-shared/contract/catalogue'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { haveCapture } from '../../support/captures'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'
import { framesOf, played } from '../../support/replayed'
import { nobody } from '../../../src-main/engine/feed/nobody'

const book = (time: number) =>
  `{"channel":"l2Book","data":{"coin":"BTC","time":${time},"levels":[[{"px":"105055.0","sz":"3.03622","n":5},{"px":"105054.0","sz":"0.1428","n":1}],[{"n":2,"px":"105056.0","sz":"0.5"}]]}}`
const trade = (time: number, side = 'B') =>
  `{"coin":"BTC","side":"${side}","px":"105056.0","sz":"0.00219","time":${time},"hash":"0x00","tid":917211710228416,"users":["0xe9","0x68"]}`
const trades = (...items: readonly string[]) => `{"channel":"trades","data":[${items.join(',')}]}`
const best =
  '{"channel":"bbo","data":{"coin":"BTC","time":1750948919838,"bbo":[{"px":"107575.0","sz":"3.87947","n":17},null]}}'

function heardOf(...frames: readonly string[]) {
  const sink = new RecordingSink(hyperliquid, 'BTC')
  const reader = hyperliquid.reader()
  for (const frame of frames) expect(reader.read(bytesOf(frame), sink)).toBe('taken')
  return sink.heard
}

describe('Hyperliquid', () => {
  it('takes every book as the whole window, known to its end where it is short', () => {
    expect(heardOf(book(1000))).toEqual([
      {
        ...{ isSnapshot: true, complete: true, first: NaN, last: NaN, previous: NaN, at: 1000 },
        bids: [
          [1050550, 303622],
          [1050540, 14280]
        ],
        asks: [[1050560, 50000]]
      }
    ])
  })

  it('takes an empty book', () => {
    expect(heardOf('{"channel":"l2Book","data":{"coin":"BTC","time":5,"levels":[[],[]]}}')).toMatchObject([
      { bids: [], asks: [] }
    ])
  })

  it('drops a book that is older than the last one, and takes one that is as old', () => {
    expect(heardOf(book(1000), book(999), book(1000), book(1001))).toMatchObject([
      { at: 1000 },
      { at: 1000 },
      { at: 1001 }
    ])
  })

  it('takes the first message after a second request for trades for the past, and what follows for news', () => {
    const sink = new RecordingSink(hyperliquid, 'BTC')
    const reader = hyperliquid.reader()
    const read = (text: string) => reader.read(bytesOf(text), sink)
    for (const text of [book(1000), trades(trade(1001))]) read(text)
    for (const text of hyperliquid.legs[0]!.subscribe(['BTC'], 1)) reader.sent!(text)
    for (const text of [trades(trade(1001), trade(1002)), book(1003), trades(trade(1003), trade(1004))])
      read(text)
    expect(sink.heard.map(({ at }) => at)).toEqual([1000, 1001, 1003, 1003, 1004])
  })

  it('takes the first message of a subscription for the past, but for what is younger than the first book, and every other for news', () => {
    const aggressors = heardOf(
      book(1000),
      trades(trade(900), trade(1001)),
      trades(trade(1000), trade(1002, 'A'))
    ).slice(1)
    expect(aggressors.map((it) => ('trade' in it ? [it.at, it.aggressor] : []))).toEqual([
      [1001, 1],
      [1000, 1],
      [1002, -1]
    ])
  })

  it('reads a best quote with an empty side', () => {
    expect(heardOf(best)).toEqual([
      { bid: 1075750, bidSize: 387947, ask: NaN, askSize: NaN, sequence: NaN, at: 1750948919838 }
    ])
  })

  it('reads the figures of a perpetual and leaves out what is not told', () => {
    const figures =
      '{"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":{"funding":"-0.00004863","openInterest":"18617.5","oraclePx":"0.1995","markPx":"0.19963","midPx":null}}}'
    const { decode } = hyperliquid.reader()
    expect(decode(figures)).toEqual([
      {
        ...{ kind: 'reference', symbol: 'BTC' },
        reference: { funding: -0.00004863, openInterest: 18617.5, index: 0.1995, mark: 0.19963 }
      }
    ])
    expect(decode(figures.replace(',"markPx":"0.19963"', ''))).not.toHaveProperty('0.reference.mark')
  })

  it('says whom the venue refuses, in its words', () => {
    const { decode } = hyperliquid.reader()
    const refused = JSON.stringify({
      channel: 'error',
      data: 'Invalid subscription {"type":"l2Book","coin":"FOO"}'
    })
    expect(decode(refused)).toEqual([
      { kind: 'refused', symbol: 'FOO', reason: 'Invalid subscription {"type":"l2Book","coin":"FOO"}' }
    ])
    expect(decode('{"channel":"pong"}')).toEqual([{ kind: 'heard' }])
    expect(
      decode(
        '{"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{"type":"trades","coin":"BTC"}}}'
      )
    ).toEqual([
      { kind: 'subscribed', symbols: ['BTC'] },
      { kind: 'trades', symbols: ['BTC'] }
    ])
  })

  it('lists perpetuals and spot pairs: five significant figures, and decimals that go with the size', () => {
    const meta = {
      universe: [{ name: 'BTC', szDecimals: 5 }, { name: 'OLD', szDecimals: 0, isDelisted: true }, 7]
    }
    expect(hyperliquid.catalogue.read(JSON.stringify(meta), asked)).toMatchObject({
      instruments: [
        {
          ...{
            symbol: 'BTC',
            product: 'linear',
            price: { decimals: 1, step: 1 },
            size: { decimals: 5, step: 1 }
          },
          ...{ tickSteps: [{ above: 10_000, step: 1 }], trading: 'trading', settle: 'USDC' }
        },
        { symbol: 'OLD', price: { decimals: 6, step: 1 }, trading: 'delisted' }
      ]
    })
    const token = (name: string, index: number, szDecimals: number) => ({ name, index, szDecimals })
    const spot = {
      tokens: [token('USDC', 0, 8), token('HYPE', 150, 2)],
      universe: [{ name: '@107', tokens: [150, 0] }]
    }
    expect(hyperliquid.catalogue.read(JSON.stringify(spot), asked)).toMatchObject({
      instruments: [
        {
          ...{ symbol: '@107', base: 'HYPE', quote: 'USDC', product: 'spot' },
          ...{ price: { decimals: 6, step: 1 }, size: { decimals: 2, step: 1 } }
        }
      ]
    })
    expect(hyperliquid.catalogue.read('[]', asked)).toHaveProperty('reason')
  })

  it('asks for its lists with bodies, and for four channels an instrument', () => {
    expect(hyperliquid.catalogue.requests(hyperliquid.spec.endpoints).map(({ post }) => post)).toEqual([
      '{"type":"meta"}',
      '{"type":"spotMeta"}'
    ])
    expect(hyperliquid.legs[0]!.subscribe(['BTC'], 1)).toHaveLength(4)
  })

  it('survives cuts and garbage', () => {
    const frames = [book(1000), trades(trade(1001), trade(1002, 'A')), best]
    for (const frame of frames) expectCutsUnheard(hyperliquid, 'BTC', frame)
    expectMutationsHarmless(hyperliquid, 'BTC', frames)
  })
})

test('whole books in a row are a flow: what was added, cancelled and is young is known', () => {
  const watched = [ofi, flowVelocity, imbalanceResting]
  let runner: MetricRunner | undefined
  const tape = new Replay(hyperliquid, {
    ...nobody,
    onBook(_id, told, changes, at) {
      runner ??= new MetricRunner(watched, tape.lanes.get('BTC')!.instrument)
      runner.onBook(told, changes, at)
    }
  })
  const level = (px: string, sz: number) => ({ px, sz: sz.toFixed(5), n: 1 })
  const say = (at: number, bids: readonly object[], asks: readonly object[]): void => {
    const bytes = bytesOf(
      JSON.stringify({ channel: 'l2Book', data: { coin: 'BTC', time: at, levels: [bids, asks] } })
    )
    tape.take({ kind: 'rx', at: millis(at), second: Math.floor(at / 1_000), nanosecond: 0, bytes })
  }
  /** Two books a second: the best bid grows by 0.01, one behind it is 2 and 1 in turn. */
  const bids = (n: number) => [level('100000.0', 1 + n / 100), level('99999.0', 2 - (n % 2))]
  const start = 1_000_000_000
  for (let n = 0; n <= 160; n++) say(start + n * 500, bids(n), [level('100001.0', 1)])
  const now = millis(start + 80_000)
  const figures = (): Record<string, number> => {
    const row = runner!.sample(now, true).slice(sampleHeadLength)
    return Object.fromEntries(
      columnsOf(watched.map(({ spec }) => spec)).map(({ field }, place) => [field, row[place]!])
    )
  }
  const { ofi1, ofi10, ofi60, ...others } = figures()
  expect(ofi1).toBeCloseTo(0.02, 6)
  expect(ofi10).toBeCloseTo(0.2, 6)
  // The window of a minute may lack a message at its far edge.
  expect(Math.abs(ofi60! - 1.2)).toBeLessThan(0.011)
  // One a second each, and the growth of the best.
  expect(others['cancel-bid-near']).toBeCloseTo(1, 0)
  expect(others['cancelToAdd']).toBeCloseTo(1 / 1.02, 0)
  expect([others['youngBid'], others['youngAsk']]).toEqual([0, 0])
  say(now, bids(160), [level('100001.0', 1), level('100002.0', 3)])
  expect(figures()['youngAsk']).toBe(0.75)
})

const capture = 'feeds/hyperliquid_btc_20250126_first30.jsonl.gz'
test.skipIf(!haveCapture(capture))(
  'the capture holds 26 books and, apart from 30 of the past, 3 trade messages',
  async () => {
    expect(played(hyperliquid, await framesOf(capture))).toEqual({
      ...{ books: 1, snapshots: 26, applied: 0, gaps: 0, crossed: 0, checksums: { ok: 0, bad: 0 } },
      ...{ trades: 3, rejected: {} }
    })
  }
)
