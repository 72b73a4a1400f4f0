import { describe, expect, it, test } from 'vitest'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { bitfinex } from '../../../src-main/engine/venues/bitfinex/index'
import type { Reader } from '../../../src-main/engine/venues/venue'
import { haveCapture } from '../../support/captures'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'
import { framesOf, played } from '../../support/replayed'

const joined = (chanId: number, channel: string, more: object = {}) =>
  JSON.stringify({ event: 'subscribed', channel, chanId, symbol: 'tBTCUSD', prec: 'P0', len: '250', ...more })

/** A line that knows channel 1 as the book of tBTCUSD, 2 as its trades. */
function line(): Reader {
  const reader = bitfinex.reader()
  reader.decode(joined(1, 'book'))
  reader.decode(joined(2, 'trades'))
  return reader
}
function heardOf(reader: Reader, ...frames: readonly string[]) {
  const sink = new RecordingSink(bitfinex, 'tBTCUSD')
  for (const frame of frames) {
    let reading = reader.read(bytesOf(frame), sink)
    if (reading === 'off-grid') reading = reader.read(bytesOf(frame), sink)
    expect(reading).toBe('taken')
  }
  return sink.heard
}

const snapshot = '[1,[[101,2,0.5],[100,1,1],[102,1,-2]],1,1600000000100]'
const row = '[1,[101,0,1],2,1600000000200]'
const ask = '[1,[102,3,-0.25],3,1600000000300]'
const hb = (sequence: number) => `[1,"hb",${sequence},1600000000400]`
const executed = '[2,"te",[382489563,1564617600709,-0.5,101],4,1600000000400]'

describe('Bitfinex', () => {
  it('takes the first array of arrays as the book, then rows: count 0 removes, the sign tells the side', () => {
    expect(heardOf(line(), snapshot, row, ask)).toMatchObject([
      {
        ...{ isSnapshot: true, last: 1, at: 1600000000100, asks: [[102, 200_000_000]] },
        bids: [
          [101, 50_000_000],
          [100, 100_000_000]
        ]
      },
      { isSnapshot: false, last: 2, bids: [[101, 0]], asks: [] },
      { last: 3, bids: [], asks: [[102, 25_000_000]] }
    ])
  })

  it.each(['""', '"x"', 'null', '{}', '-'])(
    'refuses the removal of a level with an amount of %s: it would name no side',
    (amount) => {
      const sink = new RecordingSink(bitfinex, 'tBTCUSD')
      const reader = line()
      expect(reader.read(bytesOf(`[1,[101,0,${amount}],2,1600000000200]`), sink)).toBe('malformed')
      expect(sink.heard).toEqual([])
    }
  )

  it('takes an empty book', () => {
    expect(heardOf(line(), '[1,[],1,1600000000100]')).toMatchObject([
      { isSnapshot: true, bids: [], asks: [] }
    ])
  })

  it('reads executed trades once: their repetition and those of the past are passed', () => {
    const past = '[2,[[382489562,1564617600700,0.5,101]],1,1600000000100]'
    const again = executed.replace('"te"', '"tu"').replace('],4,', '],5,')
    expect(heardOf(line(), past.replace('],1,', '],3,'), executed, again)).toEqual([
      { trade: 382489563, price: 101, size: 50_000_000, aggressor: -1, at: 1564617600709 }
    ])
  })

  it('a jump of the line’s counter is told before the message, whatever channel it is of', () => {
    expect(heardOf(line(), snapshot, hb(2), hb(4), '[77,"hb",8,1600000000500]')).toMatchObject([
      { isSnapshot: true },
      { missed: 1 },
      { missed: 3 }
    ])
    expect(heardOf(line(), hb(5), hb(2))).toEqual([{ missed: NaN }])
  })

  it('a message that comes again is none, and no jump', () => {
    const sink = heardOf(line(), snapshot, row, row, ask, ask, executed, executed, hb(5))
    expect(sink).toMatchObject([{ isSnapshot: true }, { last: 2 }, { last: 3 }, { trade: 382489563 }])
    expect(sink).toHaveLength(4)
  })

  it('counts on lines without time stamps, and on lines without a counter not at all', () => {
    expect(heardOf(line(), '[1,"hb",5]', '[1,"hb",7]')).toEqual([{ missed: 1 }])
    expect(heardOf(line(), '[1,"hb",1600000000400]', '[1,"hb",1600000000900]')).toEqual([])
  })

  it('a message that cannot be read is missing from the count', () => {
    const reader = line()
    const sink = new RecordingSink(bitfinex, 'tBTCUSD')
    reader.read(bytesOf(hb(1)), sink)
    expect(reader.read(bytesOf('[1,[101,0,1x],2,1600000000200]'), sink)).toBe('malformed')
    reader.read(bytesOf(hb(3)), sink)
    expect(sink.heard).toEqual([{ missed: 1 }])
  })

  it('hands over checksums, below zero too', () => {
    expect(heardOf(line(), '[1,"cs",-1234567,1,1600000000100]')).toEqual([{ checksum: -1234567 }])
  })

  it('refines its whole first grids by the first book', () => {
    const sink = new RecordingSink(bitfinex, 'tBTCUSD')
    const reader = line()
    const small = bytesOf('[1,[[7e-7,1,10000],[6.6e-7,1,0.123456789]],1]')
    expect(reader.read(small, sink)).toBe('off-grid')
    expect(sink.refined).toEqual(['price 0.00000066', 'size 0.123456789'])
    expect(reader.read(small, sink)).toBe('taken')
    expect(sink.heard).toMatchObject([
      {
        bids: [
          [70, 10000e9],
          [66, 123456789]
        ]
      }
    ])
  })

  it('reads the figures of a derivative and leaves those that are not told', () => {
    const reader = bitfinex.reader()
    reader.decode('{"event":"subscribed","channel":"status","chanId":9,"key":"deriv:tBTCUSD"}')
    const figures =
      '[9,[1590596819000,null,9166.3,9169.35,null,1372762.95,null,1590624000000,-0.00001415,533,null,0.0002,null,null,9170.3525,null,null,3005.25],1590596820986]'
    const later =
      '[9,[1590596820000,null,9166.3,9170,null,1,null,null,0,1,null,null,null,null,null],1590596820986]'
    const told = { nextFundingAt: 1590624000000, funding: 0.0002, mark: 9170.3525, openInterest: 3005.25 }
    expect(heardOf(reader, figures, later)).toEqual([
      { ...told, index: 9169.35, at: 1590596819000 },
      { ...told, index: 9170, at: 1590596820000 }
    ])
  })

  it('tells liquidations once, when they begin, a long closed by selling', () => {
    const reader = bitfinex.reader()
    reader.decode('{"event":"subscribed","channel":"status","chanId":9,"key":"liq:global"}')
    const entry = (isMatch: number) =>
      `["pos",143683674,1593522802742,null,"tBTCUSD",0.5,9135.972557016,null,${isMatch},1,null,9080]`
    const sink = new RecordingSink(bitfinex, 'tBTCUSD')
    expect(reader.read(bytesOf(`[9,[${entry(0)},${entry(1)}],1593566593351]`), sink)).toBe('taken')
    expect(sink.heard).toEqual([{ liquidations: 1, size: 50_000_000 }])
    const { liquidations } = sink.lane1
    expect([liquidations.price[0], liquidations.aggressor[0], liquidations.flags[0]]).toEqual([9136, -1, 4])
  })

  it('asks for counter, checksums and times before anything else', () => {
    expect(bitfinex.legs[0]!.hello).toEqual(['{"event":"conf","flags":229376}'])
  })

  it('leaves channels by the numbers this line gave them', () => {
    const reader = line()
    const [leg] = bitfinex.legs
    expect(leg!.unsubscribe(['tBTCUSD', 'tETHUSD'], 1, reader)).toEqual([
      '{"event":"unsubscribe","chanId":1}',
      '{"event":"unsubscribe","chanId":2}'
    ])
    const { snapshot: source } = bitfinex
    expect(source.kind === 'in-band' && source.request(['tBTCUSD'], 1, reader)).toEqual([
      '{"event":"unsubscribe","chanId":1}',
      '{"event":"subscribe","channel":"book","symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"250"}'
    ])
    reader.decode('{"event":"unsubscribed","status":"OK","chanId":1}')
    expect(heardOf(reader, snapshot)).toEqual([])
  })

  it('leaves a channel whose number was not told yet when it is, unless it was asked for again', () => {
    const left = (chanId: number) => [{ kind: 'answer', text: `{"event":"unsubscribe","chanId":${chanId}}` }]
    const [leg] = bitfinex.legs
    const reader = bitfinex.reader()
    const ask = () => {
      for (const text of leg!.subscribe(['tBTCUSD'], 1)) reader.sent!(text)
    }
    ask()
    expect(leg!.unsubscribe(['tBTCUSD'], 2, reader)).toEqual([])
    expect(reader.decode(joined(1, 'trades'))).toEqual(left(1))
    expect(reader.decode(joined(2, 'book'))).toEqual(left(2))
    for (const chanId of [1, 2]) reader.decode(`{"event":"unsubscribed","status":"OK","chanId":${chanId}}`)

    ask()
    expect(leg!.unsubscribe(['tBTCUSD'], 3, reader)).toEqual([])
    ask()
    expect(reader.decode(joined(4, 'book'))).toEqual([{ kind: 'subscribed', symbols: ['tBTCUSD'] }])
    expect(reader.decode(joined(3, 'trades'))).toEqual([{ kind: 'subscribed', symbols: ['tBTCUSD'] }])
  })

  it('has a line of figures for derivatives only', () => {
    const [, status] = bitfinex.legs
    expect(['tBTCF0:USTF0', 'tBTCUSD'].map((symbol) => status!.serves!(symbol))).toEqual([true, false])
  })

  test.each([
    ['{"event":"info","code":20051,"msg":"Stopping"}', { kind: 'reconnect', reason: 'Stopping' }],
    ['{"event":"info","code":20060,"msg":"Entering"}', { kind: 'maintenance', closed: true }],
    ['{"event":"info","code":20061,"msg":"Ended"}', { kind: 'maintenance', closed: false }],
    ['{"event":"info","version":2,"platform":{"status":0}}', { kind: 'maintenance', closed: true }],
    ['{"event":"info","version":2,"platform":{"status":1}}', { kind: 'maintenance', closed: false }],
    [
      '{"event":"error","code":10300,"msg":"symbol: invalid","symbol":"tFOO"}',
      { kind: 'refused', symbol: 'tFOO', reason: '10300 symbol: invalid' }
    ],
    ['{"event":"error","code":10301,"msg":"subscribe: dup","symbol":"tBTCUSD"}', { kind: 'heard' }],
    ['{"event":"conf","status":"OK","flags":229376}', { kind: 'heard' }],
    ['x', { kind: 'malformed' }]
  ])('%s', (frame, event) => {
    expect(bitfinex.reader().decode(frame)).toMatchObject([event])
  })

  it('lists pairs by their names, perpetuals among them', () => {
    const list = '[[["BTCUSD",[null,"0.0001"]],["AVAX:UST",[]],["TESTBTC:TESTUSD",[]]],[["BTCF0:USTF0",[]]]]'
    expect(bitfinex.catalogue.read(list, asked)).toMatchObject({
      instruments: [
        { symbol: 'tBTCUSD', base: 'BTC', quote: 'USD', product: 'spot' },
        { symbol: 'tAVAX:UST', base: 'AVAX', quote: 'USDT', product: 'spot' },
        { symbol: 'tBTCF0:USTF0', base: 'BTC', quote: 'USDT', product: 'linear' }
      ]
    })
    expect(bitfinex.catalogue.read('{}', asked)).toHaveProperty('reason')
  })

  it('survives cuts and garbage', () => {
    const frames = [snapshot, row, hb(1), executed, '[1,"cs",-12,1]']
    for (const frame of frames) expectCutsUnheard({ ...bitfinex, reader: line }, 'tBTCUSD', frame)
    expectMutationsHarmless({ ...bitfinex, reader: line }, 'tBTCUSD', frames)
  })
})

/** The book that a line's messages leave. */
function summed(...frames: readonly string[]) {
  const sink = new RecordingSink(bitfinex, 'tBTCUSD')
  const reader = line()
  const book = new SortedBook()
  sink.lane1.instrument = {
    ...sink.lane1.instrument,
    ...{ price: { decimals: 8, step: 1 }, size: { decimals: 8, step: 1 } }
  }
  for (const frame of frames) {
    expect(reader.read(bytesOf(frame), sink)).toBe('taken')
    book.commit(sink.lane1.changes)
  }
  return bitfinex.checksum!.of(book, sink.lane1.instrument)
}

describe('the venue’s published checksums', () => {
  it('is 30026640 for its XRPBTC book', () => {
    expect(
      summed(
        '[1,[[0.0000886,1,1060.55466114],[0.00008859,1,1000],[0.00008858,1,2713.47159343],[0.00008857,1,4276.92870916],[0.00008856,2,6764.75562319],[0.00008854,1,5641.48532401],[0.00008853,1,2255.92632223],[0.0000885,1,2256.69584601],[0.00008848,2,3630.3],[0.00008845,1,28195.70625766],[0.00008844,1,15571.7],[0.00008843,1,2500],[0.00008841,1,64196.16117814],[0.00008838,1,7500],[0.00008837,2,2764.12999012],[0.00008834,2,10886.476298],[0.00008831,1,20000],[0.0000883,1,1000],[0.00008829,2,2517.22175358],[0.00008828,1,450.45],[0.00008827,1,13000],[0.00008824,1,1500],[0.0000882,1,300],[0.00008817,1,3000],[0.00008816,1,100],[0.00008864,1,-481.8549041],[0.0000887,2,-2141.77009092],[0.00008871,1,-2256.45433182],[0.00008872,1,-2707.58122743],[0.00008874,1,-5640.31794092],[0.00008876,1,-29004.93294912],[0.00008878,1,-2500],[0.0000888,1,-20000],[0.00008881,2,-2880.15595827],[0.00008882,1,-27705.42933984],[0.00008883,1,-4509.83708214],[0.00008884,1,-1500],[0.00008885,1,-2500],[0.00008888,1,-902.91405442],[0.00008889,1,-900],[0.00008891,1,-7500],[0.00008894,1,-775.08564697],[0.00008896,1,-150],[0.00008899,3,-11628.02590049],[0.000089,2,-1299.7],[0.00008902,2,-4841.8],[0.00008904,3,-25320.46250083],[0.00008909,1,-14000],[0.00008913,1,-123947.999],[0.00008915,2,-28019.6]]]',
        '[1,[0.00008915,0,-1]]',
        '[1,[0.00008837,1,56.54876269]]',
        '[1,[0.00008873,1,-15699.9]]'
      )
    ).toBe(30026640)
  })

  it('is 1770440002 for its VETBTC book, with exponents', () => {
    expect(
      summed(
        '[1,[[0.00000121,5,249013.0209708],[0.0000012,6,518315.33310128],[0.00000119,4,566200.89],[0.00000118,2,260000],[0.00000117,1,100000],[0.00000116,2,160000],[0.00000114,1,60000],[0.00000113,2,198500],[0.00000112,1,60000],[0.0000011,1,60000],[0.00000106,2,113868.87735849],[0.00000105,2,105000],[0.00000103,1,3000],[0.00000102,2,105000],[0.00000101,2,202970],[0.000001,2,21000],[7e-7,1,10000],[6.6e-7,1,10000],[6e-7,1,100000],[4.9e-7,1,10000],[2.5e-7,1,2000],[6e-8,1,100000],[5e-8,1,200000],[1e-8,4,640000],[0.00000122,7,-312043.19],[0.00000123,6,-415094.8939744],[0.00000124,5,-348181.23],[0.00000125,1,-12000],[0.00000126,2,-143872.31],[0.00000127,1,-5000],[0.0000013,1,-5000],[0.00000134,1,-8249.18938656],[0.00000135,2,-230043.1337899],[0.00000136,1,-13161.25184766],[0.00000145,1,-2914],[0.0000015,3,-54448.5],[0.00000152,2,-5538.54849594],[0.00000153,1,-62691.75475079],[0.00000159,1,-2914],[0.0000016,1,-52631.10296831],[0.00000164,1,-4000],[0.00000166,1,-3831.46784605],[0.00000171,1,-14575.17730379],[0.00000174,1,-3124.81815395],[0.0000018,1,-18000],[0.00000182,1,-16000],[0.00000186,1,-4000],[0.00000189,1,-10000.686624],[0.00000191,1,-14500]]]',
        '[1,[0.00000121,4,228442.6609708]]',
        '[1,[0.00000121,6,304023.8109708]]'
      )
    ).toBe(1770440002)
  })
})

const capture = 'feeds/bitfinex_2021_first60pct.jsonl.gz'
describe.skipIf(!haveCapture(capture))('the capture of seven Bitfinex books', () => {
  test('holds 939 book messages, 7 of them snapshots, without a jump of the counter', async () => {
    expect(played(bitfinex, await framesOf(capture))).toEqual({
      ...{ books: 7, snapshots: 7, applied: 932, gaps: 0, crossed: 0, checksums: { ok: 0, bad: 0 } },
      ...{ trades: 0, rejected: {} }
    })
  })

  test('losing any message but the last is a gap of every book', async () => {
    const frames = await framesOf(capture)
    const counted = frames.flatMap((frame, index) =>
      frame.kind === 'rx' && frame.bytes[0] === 0x5b ? [index] : []
    )
    // From where all books stand: there it is a gap of all seven.
    for (const lost of counted.slice(60, -1).filter((_, n) => n % 90 === 0))
      expect(
        played(
          bitfinex,
          frames.filter((_, index) => index !== lost)
        ).gaps
      ).toBe(7)
  })
})
