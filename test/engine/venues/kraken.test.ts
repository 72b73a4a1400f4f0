import { describe, expect, it, test } from 'vitest'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { kraken } from '../../../src-main/engine/venues/kraken/index'
import { haveCapture } from '../../support/captures'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { handBook } from '../../support/hand-book'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'
import { framesOf, played } from '../../support/replayed'
import type { TapeFrame } from '../../../src-main/engine/tape/line'
import { Replay } from '../../../src-main/engine/tape/replay'
import { nobody } from '../../../src-main/engine/feed/nobody'

const snapshot =
  '{"channel":"book","type":"snapshot","data":[{"symbol":"BTC/USD","bids":[{"price":105944.20,"qty":0.13600000},{"price":105935.40,"qty":0.02400000}],"asks":[{"price":105944.30,"qty":0.13600000}],"checksum":2439117997,"timestamp":"2023-10-06T17:35:55.440295Z"}]}'
const update =
  '{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":105944.20,"qty":0.250}],"asks":[{"price":105950,"qty":0}],"checksum":2114181697,"timestamp":"2023-10-06T17:35:55.440295Z"}]}'
const trades =
  '{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":105944.20,"qty":0.00027625,"ord_type":"limit","trade_id":10218208,"timestamp":"2023-10-06T17:35:55.440Z"},{"symbol":"BTC/USD","side":"sell","price":105910.50,"qty":0.00012460,"ord_type":"market","trade_id":10218209,"timestamp":"2023-10-06T17:35:56.123Z"}]}'
const ticker =
  '{"channel":"ticker","type":"update","data":[{"symbol":"BTC/USD","bid":99.9,"bid_qty":1.2,"ask":0,"ask_qty":0,"last":1,"timestamp":"2026-07-10T00:00:02.123Z"}]}'
const precisions =
  '{"channel":"instrument","type":"snapshot","data":{"assets":[],"pairs":[{"symbol":"BTC/USD","price_precision":1,"qty_precision":8,"status":"online"}]}}'

/** A sink whose grids are those of BTC/USD: ticks of 0.1, lots of 10^-8. */
function bitcoin(): RecordingSink {
  const sink = new RecordingSink(kraken, 'BTC/USD')
  const { instrument } = sink.lane1
  sink.lane1.instrument = { ...instrument, price: { decimals: 1, step: 1 }, size: { decimals: 8, step: 1 } }
  return sink
}
function heardOf(frame: string, sink = bitcoin()) {
  expect(kraken.reader().read(bytesOf(frame), sink)).toBe('taken')
  return sink.heard
}
/** One digit after the point, as BTC/USD is written today. */
const oneDigit = (frame: string) => frame.replaceAll(/(\.\d)0(?=,"qty)/g, '$1')

describe('Kraken books', () => {
  it('begin with a snapshot, in ticks and lots of the pair’s precision', () => {
    expect(heardOf(oneDigit(snapshot))).toMatchObject([
      {
        ...{
          isSnapshot: true,
          last: NaN,
          at: expect.closeTo(Date.UTC(2023, 9, 6, 17, 35, 55, 440) + 0.295, 2)
        },
        ...{ bids: [[1059442, 13600000], [1059354, 2400000]], asks: [[1059443, 13600000]] } // prettier-ignore
      }
    ])
  })

  it('go on with changes, where size 0 removes, and a checksum of what then stands', () => {
    const sink = bitcoin()
    expect(heardOf(update, sink)).toMatchObject([
      { isSnapshot: false, bids: [[1059442, 25000000]], asks: [[1059500, 0]] } // prettier-ignore
    ])
    expect(sink.lane1.changes.checksum).toBe(2114181697)
  })

  it('come without a checksum when thin, and a deeper snapshot may follow', () => {
    const sink = bitcoin()
    heardOf(oneDigit(snapshot).replace('"checksum":2439117997,', ''), sink)
    expect(sink.lane1.changes.checksum).toBeNaN()
    heardOf(oneDigit(snapshot), sink)
    expect(sink.heard.map((it) => it['isSnapshot'])).toEqual([true, true])
  })

  it('are windows of the depth acknowledged, of that of the snapshot, else of a thousand', () => {
    const reader = kraken.reader()
    const sink = bitcoin()
    const windowOf = (frame: string) => {
      expect(reader.read(bytesOf(frame), sink)).toBe('taken')
      return sink.lane1.changes.window
    }
    expect(windowOf(update)).toBe(1000)
    const ten = Array.from({ length: 10 }, (_, n) => `{"price":${100 - n}.5,"qty":1}`).join()
    expect(windowOf(oneDigit(snapshot).replace(/"bids":\[.*?\]/, `"bids":[${ten}]`))).toBe(10)
    expect(windowOf(update)).toBe(10)
    reader.decode(
      '{"method":"subscribe","result":{"channel":"book","depth":25,"snapshot":true,"symbol":"BTC/USD"},"success":true,"req_id":1}'
    )
    expect(windowOf(update)).toBe(25)
  })

  it('refine their grids to the precision told for the pair before anything is read', () => {
    const sink = new RecordingSink(kraken, 'BTC/USD')
    const reader = kraken.reader()
    reader.decode(precisions)
    expect(reader.read(bytesOf(update), sink)).toBe('off-grid')
    expect([sink.refined, sink.heard]).toEqual([['price 0.1', 'size 0.00000001'], []])
    expect(reader.read(bytesOf(update), sink)).toBe('taken')
  })

  it('of a pair whose precision changes are summed with the new one, and the list is asked for again', () => {
    const sink = new RecordingSink(kraken, 'BTC/USD')
    const reader = kraken.reader()
    const told = (decimals: number) =>
      reader.decode(precisions.replaceAll(/"price_precision":\d+/g, `"price_precision":${decimals}`))
    const isRelisted = (decimals: number) => told(decimals).some(({ kind }) => kind === 'relisted')
    expect([isRelisted(2), isRelisted(2)]).toEqual([false, false])
    expect(reader.read(bytesOf(update), sink)).toBe('off-grid')
    expect(isRelisted(1)).toBe(true)
    expect(reader.read(bytesOf(update), sink)).toBe('taken')
    expect(sink.lane1.changes).toMatchObject({ priceDecimals: 1, sizeDecimals: 8 })
    expect(sink.lane1.instrument.price).toEqual({ decimals: 2, step: 1 })
  })

  it('refine their grids to the digits that a snapshot is written with, zeros at the end included', () => {
    const sink = new RecordingSink(kraken, 'BTC/USD')
    expect(kraken.reader().read(bytesOf(snapshot), sink)).toBe('off-grid')
    expect(sink.refined).toEqual(['price 0.01', 'size 0.00000001'])
  })

  it('that nobody watches are passed', () => {
    expect(heardOf(update, new RecordingSink(kraken, 'ETH/USD'))).toEqual([])
  })
})

describe('Kraken checksum', () => {
  const btc = {
    ...kraken.catalogue.guess('BTC/USD'),
    price: { decimals: 1, step: 1 },
    size: { decimals: 8, step: 1 }
  }

  // The example of https://docs.kraken.com, "Book checksum": prices of five decimals, sizes of 0.00000500.
  it('is that of the documentation’s book', () => {
    const five = { ...btc, price: { decimals: 5, step: 1 } }
    const asks = [5005, 5010, 5015, 5020, 5025, 5030, 5035, 5040, 5045, 5050]
    const bids = [5000, 4995, 4990, 4980, 4975, 4970, 4965, 4960, 4955, 4950]
    const [bid, ask] = [bids, asks].map((side) => side.map((price) => [price, 500] as const))
    expect(kraken.checksum!.of(handBook(bid!, ask!), five)).toBe(974947235)
  })

  it('covers ten levels a side and no more, asks first, best first', () => {
    const side = (from: number, sign: number) =>
      Array.from({ length: 12 }, (_, n) => [from + sign * n, n + 1] as const)
    const text = [...side(101, 1).slice(0, 10), ...side(100, -1).slice(0, 10)].flat().join('')
    expect(kraken.checksum!.of(handBook(side(100, -1), side(101, 1)), btc)).toBe(crcOf(text))
  })

  it('counts decimals, not ticks, where a tick is several of them', () => {
    const coarse = { ...btc, price: { decimals: 1, step: 5 } }
    expect(kraken.checksum!.of(handBook([[20, 1]], []), coarse)).toBe(crcOf('1001'))
  })

  it('counts the decimals told where the grid has more, and of a level between them there is none', () => {
    const finer = { ...btc, price: { decimals: 3, step: 1 } }
    const told = { priceDecimals: 1, sizeDecimals: 8 }
    expect(kraken.checksum!.of(handBook([[10_000, 1]], []), finer, told)).toBe(crcOf('1001'))
    expect(kraken.checksum!.of(handBook([[10_050, 1]], []), finer, told)).toBe(-1)
  })

  it('of an empty book is zero', () => {
    expect(kraken.checksum!.of(new SortedBook(), btc)).toBe(0)
  })
})

/** CRC-32 bit by bit, from its definition. */
function crcOf(text: string): number {
  let crc = 0xffffffff
  for (const byte of bytesOf(text)) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

describe('Kraken trades and quotes', () => {
  it('name the side of the taker', () => {
    expect(heardOf(trades)).toEqual([
      {
        trade: 10218208,
        price: 1059442,
        size: 27625,
        aggressor: 1,
        at: Date.UTC(2023, 9, 6, 17, 35, 55, 440)
      },
      {
        trade: 10218209,
        price: 1059105,
        size: 12460,
        aggressor: -1,
        at: Date.UTC(2023, 9, 6, 17, 35, 56, 123)
      }
    ])
  })

  it('of before the subscription are none', () => {
    expect(heardOf(trades.replace('update', 'snapshot'))).toEqual([])
  })

  it('tell a side without orders as unknown', () => {
    expect(heardOf(ticker)).toEqual([
      {
        ...{ bid: 999, bidSize: 120000000, ask: NaN, askSize: NaN, sequence: NaN },
        at: Date.UTC(2026, 6, 10, 0, 0, 2, 123)
      }
    ])
  })
})

describe('Kraken lines', () => {
  const decode = (frame: string, reader = kraken.reader()) => reader.decode(frame)
  const system = (name: string) => `{"channel":"status","type":"update","data":[{"system":"${name}"}]}`
  const pair = (status: string) => precisions.replace('snapshot', 'update').replace('online', status)

  it('ask for precisions first, then for trades to come, book and best quotes', () => {
    const [leg] = kraken.legs
    expect([leg!.hello, leg!.subscribe(['BTC/USD', 'ETH/USD'], 4)]).toEqual([
      ['{"method":"subscribe","params":{"channel":"instrument","snapshot":true},"req_id":0}'],
      [
        '{"method":"subscribe","params":{"channel":"trade","symbol":["BTC/USD","ETH/USD"],"snapshot":false},"req_id":4}',
        '{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USD","ETH/USD"],"depth":1000},"req_id":4}',
        '{"method":"subscribe","params":{"channel":"ticker","symbol":["BTC/USD","ETH/USD"],"event_trigger":"bbo"},"req_id":4}'
      ]
    ])
    expect(kraken.snapshot.kind === 'in-band' && kraken.snapshot.request(['A/B'], 9)).toEqual([
      '{"method":"unsubscribe","params":{"channel":"book","symbol":["A/B"],"depth":1000},"req_id":9}',
      '{"method":"subscribe","params":{"channel":"book","symbol":["A/B"],"depth":1000},"req_id":9}'
    ])
  })

  it('say what was subscribed, and what was refused in the venue’s words', () => {
    expect(
      decode('{"method":"subscribe","result":{"channel":"trade","symbol":"BTC/USD"},"success":true}')
    ).toEqual([
      { kind: 'subscribed', symbols: ['BTC/USD'] },
      { kind: 'trades', symbols: ['BTC/USD'] }
    ])
    expect(
      decode(
        `{"error":"Currency pair not supported X/Y${'!'.repeat(300)}","method":"subscribe","success":false,"symbol":"X/Y"}`
      )
    ).toEqual([
      { kind: 'refused', symbol: 'X/Y', reason: `Currency pair not supported X/Y${'!'.repeat(169)}` }
    ])
    expect(
      decode('{"error":"Already subscribed to one or more channels","method":"subscribe","success":false}')
    ).toEqual([{ kind: 'heard' }])
  })

  it('tell of maintenance and its end, once, which may have been told while nobody listened', () => {
    const reader = kraken.reader()
    expect(decode(system('online'), reader)).toMatchObject([{ kind: 'maintenance', closed: false }])
    expect(decode(system('online'), reader)).toEqual([{ kind: 'heard' }])
    expect(decode(system('maintenance'), reader)).toMatchObject([{ kind: 'maintenance', closed: true }])
    expect(decode(system('online'), reader)).toMatchObject([{ kind: 'maintenance', closed: false }])
  })

  it('tell of pairs halted, resumed and delisted', () => {
    const reader = kraken.reader()
    expect(decode(pair('online'), reader)).toEqual([{ kind: 'resumed', symbol: 'BTC/USD' }])
    expect(decode(pair('work_in_progress'), reader)).toEqual([
      { kind: 'halted', symbol: 'BTC/USD', reason: 'Kraken: BTC/USD is work in progress' }
    ])
    expect(decode(pair('post_only'), reader)).toEqual([{ kind: 'resumed', symbol: 'BTC/USD' }])
    expect(decode(pair('delisted'), reader)).toMatchObject([{ kind: 'delisted', symbol: 'BTC/USD' }])
  })

  test.each([
    ['{"channel":"heartbeat"}', 'heard'],
    ['{"method":"pong","req_id":1}', 'heard'],
    ['{"channel":"ohlc","data":[]}', 'ignored'],
    ['[]', 'ignored'],
    ['null', 'ignored'],
    ['{"channel":', 'malformed']
  ])('survive what they need not know: %s', (frame, kind) => {
    expect(decode(frame)).toMatchObject([{ kind }])
  })

  it('survive cuts and garbage', () => {
    for (const frame of [update, trades, ticker]) expectCutsUnheard(kraken, 'BTC/USD', frame)
    expectMutationsHarmless(kraken, 'BTC/USD', [snapshot, update, trades, ticker, firstBook, firstTrade])
  }, 30_000)
})

const firstBook =
  '[1234,{"a":[["413.90000","27.71904764","1561939258.527125"],["403.50000","0.00000000","1561939258.530503","r"]]},{"b":[["400.00000","3.38983321","1561939258.526326"]],"c":"974942666"},"book-100","BTC/USD"]'
const firstTrade =
  '[0,[["5541.20000","0.15850568","1534614057.321000","s","l",""],["6060.00000","0.02455000","1534614057.324000","b","m",""]],"trade","BTC/USD"]'

describe('recordings of Kraken’s first protocol', () => {
  const settled = (frame: string) => {
    const sink = new RecordingSink(kraken, 'BTC/USD')
    const reader = kraken.reader()
    let reading = reader.read(bytesOf(frame), sink)
    while (reading === 'off-grid') reading = reader.read(bytesOf(frame), sink)
    expect(reading).toBe('taken')
    return sink
  }

  it('are read: changes of both sides, their checksum, and a window by the channel’s name', () => {
    const { heard, lane1 } = settled(firstBook)
    expect(heard).toMatchObject([
      { isSnapshot: false, bids: [[4000, 338983321]], asks: [[4139, 2771904764], [4035, 0]] } // prettier-ignore
    ])
    expect([lane1.changes.checksum, lane1.changes.window]).toEqual([974942666, 100])
  })

  it('are read: snapshots, whose texts have all the decimals of the pair', () => {
    const { heard, refined } = settled(
      '[1,{"as":[["2192.68000","3.00000000","1.0"]],"bs":[["2185.09000","4.51158730","1.0"]]},"book-1000","BTC/USD"]'
    )
    expect(refined).toEqual(['price 0.00001', 'size 0.00000001'])
    expect(heard).toMatchObject([
      { isSnapshot: true, bids: [[218509000, 451158730]], asks: [[219268000, 300000000]] } // prettier-ignore
    ])
  })

  it('are read: trades and best quotes, in seconds there', () => {
    expect(settled(firstTrade).heard).toMatchObject([
      { trade: NaN, aggressor: -1, at: 1534614057321 },
      { aggressor: 1, at: 1534614057324 }
    ])
    const quote =
      '[325,["43770.20000","0.00000","1633053779.5","0.00917717","0.00000000"],"spread","BTC/USD"]'
    expect(settled(quote).heard).toMatchObject([
      { bid: 437702, bidSize: 917717, ask: NaN, askSize: NaN, at: 1633053779500 }
    ])
  })

  it('are read: refusals and other answers', () => {
    const refusal =
      '{"errorMessage":"Currency pair not supported","event":"subscriptionStatus","pair":"A/B","status":"error"}'
    expect(kraken.reader().decode(refusal)).toEqual([
      { kind: 'refused', symbol: 'A/B', reason: 'Currency pair not supported' }
    ])
    expect(kraken.reader().decode('{"event":"heartbeat"}')).toEqual([{ kind: 'heard' }])
    const answer = refusal.replace('"error"', '"subscribed"')
    expect(kraken.reader().decode(answer)).toEqual([{ kind: 'subscribed', symbols: ['A/B'] }])
  })
})

describe('Kraken pairs', () => {
  const listed = (pair: Record<string, unknown>) => {
    const entry = { wsname: 'XBT/USD', pair_decimals: 1, lot_decimals: 8, status: 'online', ...pair }
    const read = kraken.catalogue.read(JSON.stringify({ error: [], result: { XXBTZUSD: entry } }), asked)
    return 'reason' in read ? read : read.instruments[0]
  }

  it('are listed under the names of protocol v2, with grids of exactly their precision', () => {
    expect(listed({ tick_size: '0.1' })).toEqual({
      ...{ id: 'kraken:BTC/USD', venue: 'kraken', symbol: 'BTC/USD', base: 'BTC', quote: 'USD' },
      ...{ product: 'spot', price: { decimals: 1, step: 1 }, tickSize: 1, size: { decimals: 8, step: 1 } },
      ...{ contract: { of: 1, currency: 'base' }, trading: 'trading', simulated: false }
    })
    expect(listed({ wsname: 'XDG/USD', pair_decimals: 3, tick_size: '0.5' })).toMatchObject({
      ...{ symbol: 'DOGE/USD', price: { decimals: 3, step: 500 } }
    })
    expect(listed({})).toMatchObject({ price: { decimals: 1, step: 1 } })
  })

  test.each([
    ['cancel_only', 'trading'],
    ['maintenance', 'halted'],
    ['delisted', 'delisted']
  ])('of status %s are %s', (status, trading) => {
    expect(listed({ status })).toMatchObject({ trading })
  })

  it('say why a list cannot be read', () => {
    for (const text of ['', '{}', '{"result":{}}', '{"result":{"A":{"wsname":"A"}}}'])
      expect(kraken.catalogue.read(text, asked)).toHaveProperty('reason')
  })
})

const derived = 'feeds/kraken-v2_derived-from-v1_2021.jsonl.gz'

describe.skipIf(!haveCapture(derived))('Kraken captures', () => {
  test.each([
    ['kraken-v1_2021', { books: 5, snapshots: 5, applied: 1167, checksums: { ok: 1167, bad: 0 } }],
    [
      'kraken-v2_derived-from-v1_2021',
      { books: 5, snapshots: 5, applied: 1167, checksums: { ok: 1167, bad: 0 } }
    ],
    ['kraken-v2_live-2026-10_excerpt', { books: 1, snapshots: 1, applied: 2, checksums: { ok: 3, bad: 0 } }],
    ['kraken-v1_gct_XDGUSD', { books: 1, snapshots: 1, applied: 14, checksums: { ok: 14, bad: 0 } }]
  ])('%s: every checksum holds', async (name, counts) => {
    const all = { gaps: 0, crossed: 0, trades: 0, rejected: {} }
    expect(played(kraken, await framesOf(`feeds/${name}.jsonl.gz`))).toEqual({ ...all, ...counts })
  })

  it('without a single trade are still Kraken’s', async () => {
    const tape = new Replay(kraken, nobody)
    for (const frame of await framesOf('feeds/kraken-v1-trades_2021.jsonl.gz')) tape.take(frame)
    expect([tape.lanes.size, tape.isRecognised]).toEqual([0, true])
  })

  it('without a change that the checksum covers do not stay live past the next message of the book', async () => {
    interface Told {
      readonly data: readonly [{ readonly symbol: string; readonly checksum?: number }]
    }
    const [precision, ...all] = await framesOf(derived)
    const told = (frame: TapeFrame) => (JSON.parse(Buffer.from(frame.bytes).toString()) as Told).data[0]
    const frames = all.filter((frame) => told(frame).symbol === 'OCEAN/XBT')
    let noticed = 0
    // Every 4th message of one pair, so that the test takes a second.
    for (let index = 4; index + 1 < frames.length; index += 4) {
      const isCovered = told(frames[index - 1]!).checksum !== told(frames[index]!).checksum
      if (!isCovered) continue
      const tape = new Replay(kraken, nobody)
      for (const frame of [precision!, ...frames.slice(0, index), frames[index + 1]!]) tape.take(frame)
      const lane = tape.lanes.get('OCEAN/XBT')!
      // The next change may put right what was lost, at the same price.
      const isRight = told(frames[index + 1]!).checksum === kraken.checksum!.of(lane.book, lane.instrument)
      expect(lane.isLive).toBe(isRight)
      if (!lane.isLive) noticed++
    }
    expect(noticed).toBeGreaterThan(10)
  })
})
