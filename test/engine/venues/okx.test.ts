import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Changes, tradeFlag } from '../../../src-main/engine/book/changes'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import type { TapeFrame } from '../../../src-main/engine/tape/line'
import { Replay } from '../../../src-main/engine/tape/replay'
import { bookAnswer } from '../../../src-main/engine/venues/okx/book-answer'
import { decimal } from '../../../src-main/engine/venues/okx/checksum'
import { okx as venue } from '../../../src-main/engine/venues/okx/index'
import { baseOf, notionalOf, pointOn } from '../../../src-shared/instrument'
import { lots, millis, ticks } from '../../../src-shared/units'
import type { Request } from '../../../src-main/engine/venues/venue'
import { capturePath, haveCapture } from '../../support/captures'
import { dropEachDiff, framesOf } from '../../support/dropped-diffs'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'
import { nobody } from '../../../src-main/engine/feed/nobody'

const swap = 'BTC-USDT-SWAP'
const call = 'BTC-USD-250328-92000-C'
const snapshot = `{"arg":{"channel":"books","instId":"${swap}"},"action":"snapshot","data":[{"asks":[["8476.9","415","0","13"],["8477","7","0","2"]],"bids":[["8476.8","256","0","12"]],"ts":"1597026383085","checksum":0,"prevSeqId":-1,"seqId":123456}]}`
const update = `{"arg":{"channel":"books","instId":"${swap}"},"action":"update","data":[{"asks":[["8476.9","0","0","0"]],"bids":[["8475.5","101","0","1"]],"ts":"1597026383185","checksum":0,"prevSeqId":123456,"seqId":123549}]}`
const keepalive = `{"arg":{"channel":"books","instId":"${swap}"},"action":"update","data":[{"asks":[],"bids":[],"ts":"1597026443185","checksum":0,"prevSeqId":123549,"seqId":123549}]}`
const quote = `{"arg":{"channel":"bbo-tbt","instId":"${swap}"},"data":[{"asks":[["8476.9","415","0","13"]],"bids":[["8476.8","256","0","12"]],"ts":"1597026383085","seqId":123456}]}`
const trades = `{"arg":{"channel":"trades","instId":"${swap}"},"data":[{"instId":"${swap}","tradeId":"130639474","px":"42219.9","sz":"12","side":"buy","ts":"1630048897897","count":"3"},{"instId":"${swap}","tradeId":"130639475","px":"42219.8","sz":"1","side":"sell","ts":"1630048897898","count":"1","source":"1"}]}`
const mark = `{"arg":{"channel":"mark-price","instId":"${swap}"},"data":[{"instId":"${swap}","instType":"SWAP","markPx":"42310.6","ts":"1630049139746"}]}`
const funding = `{"arg":{"channel":"funding-rate","instId":"${swap}"},"data":[{"instId":"${swap}","fundingRate":"-0.0001","nextFundingRate":"","fundingTime":"1744590400000","nextFundingTime":"1744619200000","ts":"1744590349506"}]}`
const interest = `{"arg":{"channel":"open-interest","instId":"${swap}"},"data":[{"instId":"${swap}","instType":"SWAP","oi":"2216113","oiCcy":"22161.13","ts":"1743041250440"}]}`
const index =
  '{"arg":{"channel":"index-tickers","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","idxPx":"64280","open24h":"63848.2","ts":"1785870839964"}]}'
const liquidations = `{"arg":{"channel":"liquidation-orders","instType":"SWAP"},"data":[{"details":[{"bkLoss":"0","bkPx":"55205.5","ccy":"","posSide":"short","side":"buy","sz":"39","ts":"1680173247614"},{"bkLoss":"0","bkPx":"55205","ccy":"","posSide":"short","side":"buy","sz":"1","ts":"1680173247615"}],"instFamily":"BTC-USDT","instId":"${swap}","instType":"SWAP","uly":"BTC-USDT"},{"details":[{"bkPx":"1","side":"sell","sz":"1","ts":"1"}],"instId":"ETH-USDT-SWAP","instType":"SWAP"}]}`
const summary = `{"arg":{"channel":"opt-summary","instFamily":"BTC-USD"},"data":[{"instType":"OPTION","instId":"${call}","uly":"BTC-USD","delta":"0.1975745164","gamma":"4.72","vega":"0.0002005415","theta":"-0.004262964","markVol":"0.53","bidVol":"","askVol":"0.55","realVol":"","deltaBS":"0.5312","gammaBS":"0.0000134","thetaBS":"-16.47","vegaBS":"0.76","fwdPx":"92150.50","ts":"1711612800000"},{"instType":"OPTION","instId":"BTC-USD-250328-92000-P","deltaBS":"-0.46","ts":"1711612800000"}]}`
const frames = [snapshot, update, keepalive, quote, trades, mark, funding, interest, liquidations]

function sinkOf(symbol = swap) {
  const sink = new RecordingSink(venue, symbol)
  if (symbol === swap)
    sink.lane1.instrument = { ...sink.lane1.instrument, contract: { of: 0.01, currency: 'base' } }
  return sink
}
function heardOf(texts: readonly string[], symbol = swap) {
  const sink = sinkOf(symbol)
  const reader = venue.reader()
  for (const text of texts) expect(reader.read(bytesOf(text), sink)).toBe('taken')
  return sink.heard
}
const changes = (fields: Partial<Changes>) => Object.assign(new Changes(), fields)

describe('OKX', () => {
  it('takes snapshots and updates, whatever the third item of a level says', () => {
    expect(heardOf([snapshot, update])).toEqual([
      {
        ...{
          isSnapshot: true,
          complete: true,
          first: 123456,
          last: 123456,
          previous: NaN,
          at: 1597026383085
        },
        bids: [[84768, 256]],
        asks: [
          [84769, 415],
          [84770, 7]
        ]
      },
      {
        ...{
          isSnapshot: false,
          complete: false,
          first: 123549,
          last: 123549,
          previous: 123456,
          at: 1597026383185
        },
        ...{ bids: [[84755, 101]], asks: [[84769, 0]] }
      }
    ])
  })

  it('knows the best 400 and no checksum of 0', () => {
    const sink = sinkOf()
    const reader = venue.reader()
    reader.read(bytesOf(update), sink)
    expect([sink.lane1.changes.window, sink.lane1.changes.checksum]).toEqual([400, NaN])
    reader.read(bytesOf(update.replace('"checksum":0', '"checksum":-855196043')), sink)
    expect(sink.lane1.changes.checksum).toBe(-855196043)
  })

  it('reads best quotes apart from the book’s ids', () => {
    expect(heardOf([quote])).toEqual([
      { bid: 84768, bidSize: 256, ask: 84769, askSize: 415, sequence: NaN, at: 1597026383085 }
    ])
    expect(heardOf([quote.replace('[["8476.9","415","0","13"]]', '[]')])).toMatchObject([
      { ask: NaN, askSize: NaN }
    ])
  })

  it('tells trades by their taker', () => {
    const sink = sinkOf()
    venue.reader().read(bytesOf(trades), sink)
    expect(sink.heard).toEqual([
      { trade: 130639474, price: 422199, size: 12, aggressor: 1, at: 1630048897897 },
      { trade: 130639475, price: 422198, size: 1, aggressor: -1, at: 1630048897898 }
    ])
    expect([...sink.lane1.trades.flags.subarray(0, 2)]).toEqual([0, tradeFlag.rpi])
  })

  it('gathers mark, funding, open interest in coins, and the index that the mark follows', () => {
    expect(heardOf([mark, funding, interest, index]).at(-1)).toEqual({
      ...{ mark: 42310.6, index: 64280, funding: -0.0001, nextFundingAt: 1744590400000 },
      ...{ openInterest: 22161.13, at: 1785870839964 }
    })
    expect(heardOf([index])).toEqual([])
  })

  it('tells no index in dollars to an option that is quoted in the coin, and to one in dollars does', () => {
    const dollars = index.replaceAll('BTC-USDT', 'BTC-USD')
    const coinMark = mark.replaceAll(swap, call).replace('42310.6', '0.0415')
    expect(heardOf([coinMark, dollars], call)).toMatchObject([{ mark: 0.0415, index: NaN }])
    const inDollars = 'BTC-USD_UM-250328-92000-C'
    const dollarMark = mark.replaceAll(swap, inDollars).replace('42310.6', '2666.4')
    expect(heardOf([dollarMark, dollars], inDollars).at(-1)).toMatchObject({ mark: 2666.4, index: 64280 })
  })

  it('tells open interest of inverse contracts in dollars', () => {
    const inverse = interest.replaceAll(swap, 'BTC-USD-SWAP')
    expect(heardOf([inverse], 'BTC-USD-SWAP')).toMatchObject([{ openInterest: 221611300 }])
  })

  it('tells liquidations of the instrument that is watched', () => {
    const sink = sinkOf()
    venue.reader().read(bytesOf(liquidations), sink)
    expect(sink.heard).toEqual([{ liquidations: 2, size: 39 }])
    const { price, aggressor, at } = sink.lane1.liquidations
    expect([price[0], aggressor[0], at[1]]).toEqual([552055, 1, 1680173247615])
  })

  it('tells an option’s volatilities as shares and its greeks in dollars', () => {
    expect(heardOf([summary], call)).toEqual([
      {
        ...{ mark: NaN, index: NaN, funding: NaN, nextFundingAt: NaN, openInterest: NaN, at: 1711612800000 },
        ...{ underlying: 92150.5, markIv: 0.53, askIv: 0.55 },
        ...{ delta: 0.5312, gamma: 0.0000134, vega: 0.76, theta: -16.47 }
      }
    ])
  })

  it('refuses two books in one message and ids that cannot be told apart', () => {
    const twice = update.replace(/"data":\[(.*)\]}$/, '"data":[$1,$1]}')
    const huge = update.replace('"seqId":123549', '"seqId":9007199254740993')
    for (const text of [twice, huge]) {
      const sink = sinkOf()
      expect(venue.reader().read(bytesOf(text), sink)).toBe('malformed')
      expect(sink.heard).toEqual([])
    }
  })

  it('survives cuts', () => {
    for (const frame of frames) expectCutsUnheard(venue, swap, frame)
    expectCutsUnheard(venue, call, summary)
  })

  it('survives garbage', () => {
    expectMutationsHarmless(venue, swap, [...frames, index])
  })

  it('survives garbage about options', () => {
    expectMutationsHarmless(venue, call, [summary, update.replaceAll(swap, call)])
  })
})

describe('OKX sequence', () => {
  test.each([
    [100, 193, NaN, 'next'],
    [100, 100, NaN, 'next'],
    [100, 7, NaN, 'next'],
    [93, 100, NaN, 'stale'],
    [93, 107, NaN, 'gap'],
    [107, 114, NaN, 'gap'],
    [NaN, NaN, 5, 'gap']
  ])('an update from %d to %d after 100: %s', (previous, last, checksum, answer) => {
    expect(venue.sequence.follows(changes({ previous, last, checksum }), 100)).toBe(answer)
  })

  test.each([
    ['begins where it ends', 100, 193, 'next'],
    ['repeats its id', 100, 100, 'next'],
    ['begins before and ends after it', 93, 107, 'next'],
    ['ends with it', 93, 100, 'stale'],
    ['ends before it', 86, 93, 'stale'],
    ['begins after it', 107, 114, 'gap'],
    ['counts anew below it, from above it', 1000, 7, 'stale'],
    ['counts anew from where it ends', 100, 7, 'next'],
    ['names none before it', NaN, 107, 'gap']
  ])('an update that %s joins a snapshot at 100 or not: from %d to %d', (_, previous, last, answer) => {
    expect(venue.sequence.joins(changes({ previous, last, checksum: NaN }), 100)).toBe(answer)
  })

  it('joins no snapshot that was made before its ids began anew, though they lie below, and every one that was made since', () => {
    const reset = changes({ previous: 1000, last: 3, at: millis(500) })
    expect(venue.sequence.joins(reset, 900, 400)).toBe('gap')
    expect([7, 900, 1100].map((snapshot) => venue.sequence.joins(reset, snapshot, 600))).toEqual([
      ...['stale', 'stale', 'stale']
    ])
    expect(venue.sequence.joins(reset, 3, 500)).toBe('stale')
    expect(venue.sequence.joins(reset, 1000, 400)).toBe('next')
  })

  it('without ids lets only what a checksum proves follow', () => {
    expect(venue.sequence.follows(changes({ checksum: 5 }), NaN)).toBe('next')
    expect(venue.sequence.follows(changes({}), NaN)).toBe('gap')
  })
})

describe('an OKX book', () => {
  const tapeOf = (...texts: readonly string[]) => {
    const tape = new Replay(venue, nobody)
    texts.forEach((text, second) => {
      tape.take({
        ...{ kind: 'rx', at: millis(second * 1000), second, nanosecond: 0 },
        bytes: bytesOf(text)
      })
    })
    return tape.lanes.get(swap)!
  }
  const reset = update
    .replace('"prevSeqId":123456', '"prevSeqId":123549')
    .replace('"seqId":123549', '"seqId":5')

  const broken = update.replace('123456', '123550').replace('"seqId":123549', '"seqId":123600')

  it('lives on through keepalives and through a reset of its ids', () => {
    const lane = tapeOf(snapshot, update, keepalive, reset)
    expect([lane.isLive, lane.book.sequence, lane.counters.gaps]).toEqual([true, 5, 0])
  })

  it('is not taken from an answer of before its ids began anew, while that waits for one, and is from the next', () => {
    const tape = new Replay(venue, nobody)
    let second = 0
    const take = (frame: Pick<TapeFrame, 'kind' | 'bytes' | 'url'>) => {
      tape.take({ ...frame, at: millis(second * 1000), second: second++, nanosecond: 0 })
    }
    const counted = (from: number, to: number, at: number) => {
      const data = [{ asks: [], bids: [], ts: String(at), checksum: 0, prevSeqId: from, seqId: to }]
      const message = { arg: { channel: 'books', instId: swap }, action: 'update', data }
      take({ kind: 'rx', bytes: bytesOf(JSON.stringify(message)) })
    }
    const answered = (seqId: number, at: number) => {
      const data = [
        { asks: [['8477', '7', '0', '2']], bids: [['8476', '1', '0', '1']], ts: String(at), seqId }
      ]
      const url = `https://x.y/api/v5/market/books?instId=${swap}&sz=400&source=0`
      take({ kind: 'http', url, bytes: bytesOf(JSON.stringify({ code: '0', msg: '', data })) })
    }
    counted(1000, 3, 500)
    counted(3, 7, 600)
    answered(900, 400)
    const lane = tape.lanes.get(swap)!
    expect(lane.sync.state).toBe('void')
    counted(7, 9, 700)
    answered(8, 650)
    expect([lane.isLive, lane.book.sequence]).toEqual([true, 9])
  })

  it('is void from the first update whose predecessor is missing, until the next snapshot', () => {
    const lane = tapeOf(snapshot, keepalive)
    expect([lane.isLive, lane.sync.state]).toEqual([false, 'void'])
    const later = tapeOf(snapshot, update, broken)
    expect([later.isLive, later.sync.state, later.counters.gaps]).toEqual([false, 'void', 1])
    const next = snapshot.replace('"seqId":123456', '"seqId":123600')
    const after = update.replace('123456', '123600').replace('"seqId":123549', '"seqId":123700')
    expect(tapeOf(snapshot, update, broken, after).isLive).toBe(false)
    expect(tapeOf(snapshot, update, broken, next, after).isLive).toBe(true)
  })

  it('takes a repetition for one', () => {
    const lane = tapeOf(snapshot, update, update)
    expect([lane.isLive, lane.counters.applied, lane.counters.stale]).toEqual([true, 1, 1])
  })
})

describe('OKX checksum', () => {
  it('is that of the texts of both sides in turn', () => {
    const book = new SortedBook()
    const sink = sinkOf()
    venue.reader().read(bytesOf(snapshot), sink)
    book.commit(sink.lane1.changes)
    const sum = crc32('8476.8:256:8476.9:415:8477:7') | 0
    expect(venue.checksum!.of(book, sink.lane1.instrument)).toBe(sum)
  })

  it('writes numbers as the shortest decimals', () => {
    expect(decimal({ decimals: 1, step: 1 }, 84770)).toBe('8477')
    expect(decimal({ decimals: 8, step: 1 }, 455491)).toBe('0.00455491')
    expect(decimal({ decimals: 2, step: 25 }, 3)).toBe('0.75')
    expect(decimal({ decimals: 0, step: 10 }, 12)).toBe('120')
  })

  it('writes every point of a grid so that it is read as the same point', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.constantFrom(1, 5, 25), fc.nat(1e9), (decimals, step, n) => {
        expect(pointOn({ decimals, step }, decimal({ decimals, step }, n))).toBe(n)
      })
    )
  })
})

const decodeAll = (texts: readonly string[]) => {
  const reader = venue.reader()
  return texts.map((text) => reader.decode(text))
}

describe('OKX says', () => {
  test.each([
    ['pong', { kind: 'heard' }],
    [
      `{"event":"subscribe","arg":{"channel":"books","instId":"${swap}"},"connId":"c"}`,
      { kind: 'subscribed', symbols: [swap] }
    ],
    ['{"event":"subscribe","arg":{"channel":"status"},"connId":"c"}', { kind: 'heard' }],
    [
      '{"event":"subscribe","arg":{"channel":"trades","instId":"BTC-USDT"},"connId":"c"}',
      { kind: 'trades', symbols: ['BTC-USDT'] }
    ],
    [
      '{"event":"error","code":"60018","msg":"Wrong URL or channel:trades,instId:NO-USDT doesn\'t exist.","connId":"c"}',
      {
        kind: 'trades',
        symbols: ['NO-USDT'],
        refused: "60018 Wrong URL or channel:trades,instId:NO-USDT doesn't exist."
      }
    ],
    [
      '{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect.","connId":"c"}',
      {
        kind: 'closing',
        reason: '64008 The connection will soon be closed for a service upgrade. Please reconnect.'
      }
    ],
    [
      '{"event":"error","code":"60018","msg":"Wrong URL or channel:books,instId:NO-USDT doesn\'t exist.","connId":"c"}',
      {
        kind: 'refused',
        symbol: 'NO-USDT',
        reason: "60018 Wrong URL or channel:books,instId:NO-USDT doesn't exist."
      }
    ],
    [
      // Books do without their other channels, and nobody else is refused for them.
      '{"event":"error","code":"60018","msg":"Wrong URL or channel:funding-rate,instId:NO-USDT doesn\'t exist.","connId":"c"}',
      { kind: 'heard' }
    ],
    [
      '{"event":"error","code":"60012","msg":"Invalid request","connId":"c"}',
      { kind: 'refused', reason: '60012 Invalid request' }
    ],
    [
      '{"event":"channel-conn-count-error","channel":"bbo-tbt","connCount":"30","connId":"c"}',
      { kind: 'heard' }
    ],
    [
      '{"event":"channel-conn-count-error","channel":"books","connCount":"30","connId":"c"}',
      { kind: 'refused', reason: 'too many connections for books' }
    ],
    ['{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"last":"1"}]}', { kind: 'ignored' }],
    ['{"arg":{"channel":"candle1m","instId":"BTC-USDT"},"data":[["1"]]}', { kind: 'ignored' }],
    ['"x"', { kind: 'ignored' }],
    ['ping!', { kind: 'malformed', reason: 'no JSON: ping!' }]
  ])('%s', (text, event) => {
    // prettier-ignore
    expect(venue.reader().read(bytesOf(text), sinkOf())).toBe('ordinary')
    expect(venue.reader().decode(text)).toEqual([event])
  })

  it('what has changed of an instrument, not what its first list says', () => {
    const list = (state: string, tickSz = '0.1', more = '') =>
      `{"arg":{"channel":"instruments","instType":"SWAP"},"data":[{"instId":"${swap}","state":"${state}","tickSz":"${tickSz}","lotSz":"1","ctVal":"0.01","ctMult":"1"}${more}]}`
    expect(
      decodeAll([
        list('live'),
        list('live'),
        list('suspend'),
        list('live'),
        list('live', '0.01'),
        list('expired', '0.01'),
        list('expired', '0.01', ',{"instId":"NEW-USDT-SWAP","state":"preopen"}')
      ])
    ).toEqual([
      [{ kind: 'heard' }],
      [{ kind: 'heard' }],
      [{ kind: 'halted', symbol: swap, reason: 'the venue says: suspend' }],
      [{ kind: 'resumed', symbol: swap }],
      [{ kind: 'relisted' }],
      [{ kind: 'delisted', symbol: swap, reason: 'the venue says: expired' }],
      [{ kind: 'relisted' }]
    ])
  })

  it('when maintenance begins and when it has ended, once, also to a line that heard of no beginning', () => {
    const status = (state: string, serviceType = '5') =>
      `{"arg":{"channel":"status"},"data":[{"title":"Trading upgrade","state":"${state}","serviceType":"${serviceType}","ts":"1"}]}`
    expect(
      decodeAll([
        status('completed'),
        status('scheduled'),
        status('ongoing', '7'),
        status('ongoing'),
        status('ongoing'),
        status('completed')
      ])
    ).toMatchObject([
      [{ kind: 'maintenance', closed: false }],
      [{ kind: 'heard' }],
      [{ kind: 'heard' }],
      [{ kind: 'maintenance', closed: true, reason: 'maintenance: Trading upgrade' }],
      [{ kind: 'heard' }],
      [{ kind: 'maintenance', closed: false }]
    ])
  })
})

describe('OKX asks', () => {
  const args = (text: string | undefined) =>
    (JSON.parse(text ?? '{}') as { args: Record<string, string>[] }).args.map((it) =>
      [it['channel'], it['instId'] ?? it['instFamily'] ?? it['instType']].join(' ')
    )

  it('for what each kind of instrument has, and for what they share once', () => {
    const [leg] = venue.legs
    expect(args(leg!.subscribe(['BTC-USDT'], 1)[0])).toEqual([
      ...['books BTC-USDT', 'trades BTC-USDT', 'bbo-tbt BTC-USDT', 'instruments SPOT']
    ])
    expect(args(leg!.subscribe([swap, 'BTC-USDT-260327'], 1)[0]).slice(-6)).toEqual([
      ...['open-interest BTC-USDT-260327', 'instruments SWAP', 'index-tickers BTC-USDT'],
      ...['liquidation-orders SWAP', 'instruments FUTURES', 'liquidation-orders FUTURES']
    ])
    expect(args(leg!.subscribe([call], 1)[0]).slice(-4)).toEqual([
      ...['instruments OPTION', 'index-tickers BTC-USD', 'liquidation-orders OPTION', 'opt-summary BTC-USD']
    ])
    expect(args(leg!.unsubscribe([call], 1)[0])).toEqual(
      ['books', 'trades', 'bbo-tbt', 'mark-price', 'open-interest'].map((it) => `${it} ${call}`)
    )
  })
})

describe('OKX answers for a book', () => {
  const answer =
    '{"code":"0","msg":"","data":[{"asks":[["8476.9","415","0","13"]],"bids":[["8476.8","256","0","12"]],"ts":"1597026383085","seqId":123456}]}'
  const read = (text: string) => {
    const sink = sinkOf()
    return { reading: bookAnswer.read(bytesOf(text), sink.lane1), changes: sink.lane1.changes }
  }

  it('whole, as far as the stream reaches, with an id of the stream', () => {
    const { reading, changes } = read(answer)
    expect(reading).toBe('taken')
    expect([changes.bids.price[0], changes.asks.size[0]]).toEqual([84768, 415])
    expect(changes).toMatchObject({ isSnapshot: true, complete: true, last: 123456, window: 400 })
    expect(changes.at).toBe(1597026383085)
  })

  it('or not at all: without an id nothing could join it', () => {
    expect(read(answer.replace(',"seqId":123456', '')).reading).toBe('malformed')
    expect(read(answer.slice(0, -2)).reading).toBe('malformed')
    expect(read('{"code":"51001","msg":"Instrument ID does not exist","data":[]}').reading).toBe('malformed')
    expect(read('{"code":"50011","msg":"Too Many Requests"}').reading).toBe('ordinary')
  })

  it('at an address that names the instrument', () => {
    const { url } = bookAnswer.request('BTC-USD_UM-SWAP', venue.spec.endpoints)
    expect(bookAnswer.symbolOf(new URL(url))).toBe('BTC-USD_UM-SWAP')
    expect(bookAnswer.symbolOf(new URL(url.replace('books', 'tickers')))).toBeUndefined()
  })
})

describe('OKX lists', () => {
  const underlyings = 'https://www.okx.com/api/v5/public/underlying?instType=OPTION'
  const wire = (more: object) => ({
    ...{ baseCcy: '', quoteCcy: '', settleCcy: '', uly: '', ctType: '', ctVal: '', ctMult: '', expTime: '' },
    ...{ stk: '', optType: '', tickSz: '0.1', lotSz: '1', state: 'live' },
    ...more
  })
  const read = (data: readonly unknown[], url = asked.url) =>
    venue.catalogue.read(JSON.stringify({ code: '0', msg: '', data }), { url, weight: 1 })

  it('what a contract is worth', () => {
    const answer = read([
      wire({ instType: 'SPOT', instId: 'BTC-USDT', baseCcy: 'BTC', quoteCcy: 'USDT', lotSz: '0.00000001' }),
      wire({ instType: 'SWAP', instId: swap, uly: 'BTC-USDT', settleCcy: 'USDT', ctType: 'linear', ctVal: '0.01', ctMult: '1', lotSz: '0.01' }), // prettier-ignore
      wire({ instType: 'FUTURES', instId: 'BTC-USD-241220', uly: 'BTC-USD', settleCcy: 'BTC', ctType: 'inverse', ctVal: '100', ctMult: '1', expTime: '1734681600000' }), // prettier-ignore
      wire({ instType: 'OPTION', instId: call, uly: 'BTC-USD', settleCcy: 'BTC', ctVal: '1', ctMult: '0.01', expTime: '1743148800000', stk: '92000', optType: 'C', tickSz: '0.0001', state: 'suspend' }), // prettier-ignore
      wire({ instType: 'SWAP', instId: 'NO-USDT-SWAP', uly: 'NO-USDT', ctType: 'linear' }),
      { instType: 'EVENTS' }
    ])
    const instruments = 'instruments' in answer ? answer.instruments : []
    expect(instruments).toMatchObject([
      { id: 'okx:BTC-USDT', product: 'spot', base: 'BTC', quote: 'USDT', size: { decimals: 8, step: 1 } },
      {
        product: 'linear',
        base: 'BTC',
        quote: 'USDT',
        settle: 'USDT',
        contract: { of: 0.01, currency: 'base' }
      },
      {
        product: 'inverse',
        quote: 'USD',
        contract: { of: 100, currency: 'quote' },
        expiresAt: 1734681600000
      },
      {
        ...{ product: 'option', base: 'BTC', quote: 'BTC', settle: 'BTC', trading: 'halted' },
        ...{ contract: { of: 0.01, currency: 'base' }, expiresAt: 1743148800000 },
        option: { strike: 92000, strikeCurrency: 'USD', kind: 'call' }
      }
    ])
    expect(instruments).toHaveLength(4)
    // 250 lots of 0.01 contracts of 0.01 BTC at 60,000.0.
    expect(notionalOf(instruments[1]!, ticks(600000), lots(250))).toBe(1500)
    expect(baseOf(instruments[2]!, ticks(500000), lots(10))).toBe(0.02)
  })

  it('options underlying by underlying', () => {
    const requests = venue.catalogue.requests(venue.spec.endpoints)
    expect(requests.map(({ url }) => url.split('/public/')[1])).toEqual([
      ...['instruments?instType=SPOT', 'instruments?instType=SWAP', 'instruments?instType=FUTURES'],
      'instrument-tick-bands?instType=OPTION'
    ])
    expect(read([['BTC-USD', 'ETH-USD']], underlyings)).toEqual({
      instruments: [],
      next: ['BTC-USD', 'ETH-USD'].map((uly) => ({
        url: `https://www.okx.com/api/v5/public/instruments?instType=OPTION&uly=${uly}`,
        weight: 1
      }))
    })
  })

  it('options with the steps of their prices, which are asked for first', () => {
    const { catalogue, spec } = venue
    const bands = {
      ...{ instType: 'OPTION', instFamily: 'BTC-USD' },
      tickBand: [
        { minPx: '0.005', maxPx: '10000000', tickSz: '0.0005' },
        { minPx: '0', maxPx: '0.005', tickSz: '0.0001' }
      ]
    }
    const follow = (request: Request, text: string): Request => {
      const answer = catalogue.read(text, request)
      return [('next' in answer && answer.next) || []].flat()[0]!
    }
    const told = (data: readonly unknown[]) => JSON.stringify({ code: '0', msg: '', data })
    const option = wire({ instType: 'OPTION', instId: call, uly: 'BTC-USD', instFamily: 'BTC-USD', settleCcy: 'BTC', ctVal: '1', ctMult: '0.01', expTime: '1743148800000', stk: '92000', optType: 'C', tickSz: '0.0001' }) // prettier-ignore
    const asked = catalogue.requests(spec.endpoints)[3]!
    const listed = (answer: string) => {
      const list = follow(follow(asked, answer), told([['BTC-USD']]))
      const read = catalogue.read(told([option]), list)
      return 'instruments' in read ? read.instruments[0] : undefined
    }
    expect(listed(told([bands]))).toMatchObject({
      ...{ price: { decimals: 4, step: 1 }, tickSteps: [{ above: 0.005, step: 0.0005 }] }
    })
    // The list does without them.
    expect(asked.mayFail).toBe(true)
    expect(catalogue.read('<html>', asked)).toHaveProperty(
      'lacks',
      'the price steps of options could not be read'
    )
    expect(catalogue.read(told([bands]), asked)).not.toHaveProperty('lacks')
    expect(listed('')).toMatchObject({ id: `okx:${call}` })
    expect(listed('')).not.toHaveProperty('tickSteps')
  })

  test.each([
    ['no', 'the list of instruments is no JSON'],
    ['{"code":"50011","msg":"Requests too frequent."}', '50011 Requests too frequent.'],
    ['[]', 'the list of instruments has no entries']
  ])('%s: the reason', (text, reason) => {
    expect(venue.catalogue.read(text, asked)).toEqual({ reason })
  })

  test.each([
    ['BTC-USDT', { base: 'BTC', quote: 'USDT', product: 'spot', contract: { of: 1, currency: 'base' } }],
    [
      'UNI-USD-SWAP',
      { base: 'UNI', quote: 'USD', product: 'inverse', contract: { of: 10, currency: 'quote' } }
    ],
    ['BTC-USD-220527', { product: 'inverse', contract: { of: 100 }, expiresAt: Date.UTC(2022, 4, 27, 8) }],
    [swap, { product: 'linear', quote: 'USDT', contract: { of: NaN, currency: 'base' } }],
    [
      call,
      { product: 'option', quote: 'BTC', option: { strike: 92000, strikeCurrency: 'USD', kind: 'call' } }
    ]
  ])('guesses %s', (symbol, instrument) => {
    expect(venue.catalogue.guess(symbol)).toMatchObject(instrument)
  })
})

const capture = 'feeds/okx_2022.jsonl.gz'
describe.skipIf(!haveCapture(capture))('the recorded books of 2022', () => {
  it('match every checksum of snapshots and updates', async () => {
    const tape = new Replay(venue, nobody)
    for (const frame of await framesOf(capturePath(capture))) tape.take(frame)
    const { instruments, rejected } = tape.summary()
    expect(rejected.count).toBe(0)
    expect(
      instruments.map((it) => [it.instrument, it.snapshots, it.applied, it.checksums.ok, it.trades])
    ).toEqual([
      ['okx:BTC-USD-220527', 1, 98, 99, 4],
      ['okx:UNI-USD-SWAP', 1, 92, 93, 1]
    ])
    expect(instruments.every((it) => it.gaps + it.crossed + it.checksums.bad === 0)).toBe(true)
  })

  it('notice the loss of every update that the best 25 show', async () => {
    const frames = await framesOf(capturePath(capture))
    // Without ids there is the checksum alone: twelve changed nothing among the best 25 (or changed it back).
    expect(dropEachDiff(venue, frames)).toEqual({ dropped: 190, noticed: 176, last: 2 })
  })
})
