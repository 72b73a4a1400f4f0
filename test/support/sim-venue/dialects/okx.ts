import { okx } from '../../../../src-main/engine/venues/okx/index'
import { familyOf, typeOf } from '../../../../src-main/engine/venues/okx/symbol-name'
import { tradeFlag } from '../../../../src-shared/trade-flag'
import type { Dialect, DialectLine, Listing, Market, Wire } from '../dialect'
import { pairsOf, parsed, printsOf, textOf } from '../dialect'
import type { Step } from '../truth'

const KEEPALIVE_MS = 60_000
const HOUR_MS = 3_600_000
/** Requests to subscribe or leave on one connection. */
const MOST_AN_HOUR = 480

interface Argument {
  readonly channel: string
  readonly instId?: string
}

/** Levels as the venue writes them, in the stream and by REST. */
function sidesOf({ bids, asks }: Pick<Step, 'bids' | 'asks'>, listing: Listing) {
  const rows = (levels: Step['bids']) => pairsOf(levels, listing).map((it) => [...it, '0', '1'])
  return { asks: rows(asks), bids: rows(bids) }
}

/** Chained by identity, snapshots by REST: https://www.okx.com/docs-v5/en/#order-book-trading-market-data-ws-order-book-channel */
export const okxDialect: Dialect = {
  venue: okx,
  listings: [
    { symbol: 'BTC-USDT', base: 'BTC', quote: 'USDT', price: 1, size: 8 },
    { symbol: 'BTC-USDT-SWAP', base: 'BTC', quote: 'USDT', price: 1, size: 2 }
  ],
  view: 400,
  ids: 'jump',
  proven: Infinity,
  numbersDeals: 'each',
  told: (flags) => flags & tradeFlag.rpi,
  line: (wire) => lineOf(wire, false),
  answer(url, _post, market) {
    if (url.pathname.endsWith('/instrument-tick-bands')) return { code: '0', msg: '', data: [] }
    if (url.pathname.endsWith('/underlying')) {
      const options = market.listings.filter(({ symbol }) => typeOf(symbol) === 'OPTION')
      return { code: '0', msg: '', data: [[...new Set(options.map(({ symbol }) => familyOf(symbol)))]] }
    }
    if (url.pathname.endsWith('/market/books')) return bookOf(url.searchParams.get('instId') ?? '', market)
    const type = url.searchParams.get('instType')
    const own = market.listings.filter(({ symbol }) => typeOf(symbol) === type)
    const data = own.map(({ symbol, base, quote, price, size }) => ({
      ...{
        instType: type,
        instId: symbol,
        baseCcy: base,
        quoteCcy: quote,
        settleCcy: type === 'OPTION' ? base : '',
        uly: `${base}-${quote}`
      },
      ...{ ctType: type === 'SWAP' ? 'linear' : '', ctVal: '0.01', ctMult: '1', expTime: '' },
      ...(type === 'OPTION' ? { stk: symbol.split('-')[3], optType: 'C' } : { stk: '', optType: '' }),
      ...{ tickSz: textOf(1, price), lotSz: textOf(1, size), state: 'live' }
    }))
    return { code: '0', msg: '', data }
  }
}

/** As it was for years, and may still be here and there: with a snapshot in the stream as well. */
export const okxSnapshotDialect: Dialect = { ...okxDialect, line: (wire) => lineOf(wire, true) }

function lineOf({ say, market }: Wire, bringsSnapshots: boolean): DialectLine {
  const books = new Set<string>()
  const prints = new Set<string>()
  /** When each book was last told of, venue time. */
  const toldAt = new Map<string, number>()
  let asked: number[] = []
  /** One that is refused counts, too. */
  const allows = () => {
    asked = asked.filter((at) => market.now() - at < HOUR_MS)
    return asked.push(market.now()) <= MOST_AN_HOUR
  }
  const book = (action: string, instId: string, data: object) => {
    toldAt.set(instId, market.now())
    say({ arg: { channel: 'books', instId }, action, data: [data] }, instId)
  }
  const snapshot = (symbol: string) => {
    const truth = market.truth(symbol)!
    const ids = { ts: String(truth.at), checksum: 0, seqId: truth.last, prevSeqId: -1 }
    book('snapshot', symbol, { ...sidesOf(truth, market.listing(symbol)!), ...ids })
  }
  const subscribe = (arg: Argument) => {
    say({ event: 'subscribe', arg, connId: 'c1' })
    if (arg.channel === 'trades') prints.add(arg.instId ?? '')
    if (arg.channel !== 'books' || !market.truth(arg.instId ?? '')) return
    books.add(arg.instId!)
    toldAt.set(arg.instId!, market.now())
    if (bringsSnapshots) snapshot(arg.instId!)
  }
  return {
    books,
    hear(text) {
      if (text === 'ping') {
        say('pong')
        return
      }
      if (!allows()) {
        say({ event: 'error', code: '60014', msg: 'Requests too frequent', connId: 'c1' })
        return
      }
      const { op, args = [] } = parsed(text) as { op?: string; args?: Argument[] }
      for (const arg of args)
        if (op === 'subscribe') subscribe(arg)
        else if (arg.channel === 'books') books.delete(arg.instId ?? '')
        else if (arg.channel === 'trades') prints.delete(arg.instId ?? '')
    },
    step(step) {
      const ids = { ts: String(step.at), checksum: 0, seqId: step.last, prevSeqId: step.previous }
      book('update', step.symbol, { ...sidesOf(step, market.listing(step.symbol)!), ...ids })
    },
    trade({ symbol, id, price, size, aggressor, at, flags }) {
      if (!prints.has(symbol)) return
      const listing = market.listing(symbol)!
      const row = {
        ...{ instId: symbol, tradeId: String(id), side: aggressor, ts: String(at), count: '1' },
        ...{ px: textOf(price, listing.price), sz: textOf(size, listing.size) },
        source: (flags & tradeFlag.rpi) > 0 ? '1' : '0'
      }
      say({ arg: { channel: 'trades', instId: symbol }, data: [row] }, printsOf(symbol))
    },
    /** A book that has not changed for a minute is told so, with the id it stands at. */
    beat() {
      for (const symbol of books) {
        if (market.now() - toldAt.get(symbol)! < KEEPALIVE_MS) continue
        const { last } = market.truth(symbol)!
        const ids = { ts: String(market.now()), checksum: 0, seqId: last, prevSeqId: last }
        book('update', symbol, { asks: [], bids: [], ...ids })
      }
    }
  }
}

function bookOf(symbol: string, market: Market): object {
  const truth = market.truth(symbol)
  if (!truth) return { code: '51001', msg: "Instrument ID doesn't exist", data: [] }
  const data = { ...sidesOf(truth, market.listing(symbol)!), ts: String(truth.at), seqId: truth.last }
  return { code: '0', msg: '', data: [data] }
}
