/** Price and size as the numbers they are; a size of 0 removes. */
export type Row = readonly [price: number, size: number]
export type Succession = 'next' | 'stale' | 'gap'

/** One message of one book, read with JSON.parse. */
export interface NaiveMessage {
  readonly symbol: string
  readonly isSnapshot: boolean
  readonly bids: readonly Row[]
  readonly asks: readonly Row[]
  /** The id the book stands at after it; NaN where the venue tells none. */
  readonly last: number
  /** Venue time, ms, where an older snapshot is told from a younger by it. */
  readonly at?: number
  /** Levels a side that the venue keeps up, where the message says so. */
  readonly window?: number
  /** The venue's rule, where the book stands at `applied`; `joined`: another diff was applied since the snapshot. */
  readonly fits: (applied: number, joined: boolean) => Succession
}

/** What one frame says of books; `missed`: a counter over the line jumped before it. */
export interface NaiveFrame {
  readonly messages: readonly NaiveMessage[]
  readonly missed: boolean
}

/** Throws where a frame is no message as the venue documents them. */
export type NaiveReader = (frame: unknown) => NaiveFrame
type BookReader = (frame: unknown) => readonly NaiveMessage[]

const DECIMAL = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i

const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (it, key) => (typeof it === 'object' && it !== null ? (it as Record<string, unknown>)[key] : undefined),
    value
  )
function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('no text')
  return value
}
function wholeOf(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw new TypeError('no id')
  return number
}
/** As `wholeOf`; NaN where it says nothing. */
function idOf(value: unknown): number {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : NaN
}
/** A decimal, in quotes or not. */
function decimalOf(value: unknown): number {
  const number = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new TypeError('no decimal')
  return number
}
function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('no list')
  return value as readonly unknown[]
}
function rowOf(price: unknown, size: unknown): Row {
  const row = [decimalOf(price), decimalOf(size)] as const
  if (!(row[0] > 0) || row[1] < 0) throw new RangeError('no level')
  return row
}
/** A side that is not named has not changed. */
const rowsOf = (value: unknown = [], price: string | number = 0, size: string | number = 1): Row[] =>
  listOf(value).map((row) => rowOf(at(row, price), at(row, size)))

/** Ids of the first and the last change inside. */
const ranged =
  (first: number, last: number): NaiveMessage['fits'] =>
  (applied, joined) => {
    if (joined && first === applied + 1) return 'next'
    if (last <= applied) return 'stale'
    return !joined && first <= applied + 1 ? 'next' : 'gap'
  }
/** The id of the one before. */
const chained =
  (previous: number, last: number): NaiveMessage['fits'] =>
  (applied) => {
    if (previous === applied) return 'next'
    return last <= applied ? 'stale' : 'gap'
  }
const always = (): Succession => 'next'

const binance =
  (isSpot: boolean): BookReader =>
  (frame) => {
    const data = at(frame, 'data') ?? frame
    if (at(data, 'e') !== 'depthUpdate') return []
    const [first, last] = [wholeOf(at(data, 'U')), wholeOf(at(data, 'u'))]
    const previous = isSpot ? NaN : wholeOf(at(data, 'pu'))
    const futures: NaiveMessage['fits'] = (applied, joined) => {
      if (joined) return chained(previous, last)(applied, joined)
      if (last < applied) return 'stale'
      return first <= applied || previous === applied ? 'next' : 'gap'
    }
    const fits = isSpot ? ranged(first, last) : futures
    const sides = { bids: rowsOf(at(data, 'b')), asks: rowsOf(at(data, 'a')) }
    return [{ symbol: textOf(at(data, 's')), isSnapshot: false, ...sides, last, fits }]
  }

const bybit: BookReader = (frame) => {
  const [, depth, symbol] = /^orderbook\.([1-9]\d{0,4})\.(.+)$/.exec(String(at(frame, 'topic'))) ?? []
  // The best level alone is the channel of quotes.
  if (symbol === undefined || depth === '1') return []
  const window = Number(depth)
  const last = wholeOf(at(frame, 'data', 'u'))
  const type = textOf(at(frame, 'type'))
  if (type !== 'snapshot' && type !== 'delta') throw new TypeError('no type')
  const sides = { bids: rowsOf(at(frame, 'data', 'b')), asks: rowsOf(at(frame, 'data', 'a')) }
  const fits = (applied: number) =>
    last === applied + 1 ? 'next' : last === applied ? 'stale' : ('gap' as const)
  // "u" 1 is a snapshot after a restart of the service, whatever it is called.
  const isSnapshot = type === 'snapshot' || last === 1
  return [
    { symbol, isSnapshot, ...sides, last, at: Number(at(frame, 'cts') ?? at(frame, 'ts')), window, fits }
  ]
}

const okx: BookReader = (frame) => {
  if (at(frame, 'arg', 'channel') !== 'books') return []
  const action = at(frame, 'action')
  if (action === undefined) return []
  if (action !== 'snapshot' && action !== 'update') throw new TypeError('no action')
  const symbol = textOf(at(frame, 'arg', 'instId'))
  return listOf(at(frame, 'data')).map((data) => {
    const [last, previous] = [idOf(at(data, 'seqId')), idOf(at(data, 'prevSeqId'))]
    const sides = { bids: rowsOf(at(data, 'bids')), asks: rowsOf(at(data, 'asks')) }
    const fits: NaiveMessage['fits'] = (applied, joined) => {
      // Before 2023 there were no ids.
      if ([previous, last, applied].every(Number.isNaN) || previous === applied) return 'next'
      if (last === applied || (!joined && last < applied)) return 'stale'
      // A book by REST may stand between two messages.
      return !joined && previous < applied ? 'next' : 'gap'
    }
    return { symbol, isSnapshot: action === 'snapshot', ...sides, last, window: 400, fits }
  })
}

const deribit: BookReader = (frame) => {
  const symbol = /^book\.([^.]+)\.[^.]+$/.exec(String(at(frame, 'params', 'channel')))?.[1]
  if (symbol === undefined) return []
  const data = at(frame, 'params', 'data')
  const last = wholeOf(at(data, 'change_id'))
  const sides = { bids: rowsOf(at(data, 'bids'), 1, 2), asks: rowsOf(at(data, 'asks'), 1, 2) }
  const [type, before] = [at(data, 'type'), at(data, 'prev_change_id')]
  // The first of a channel follows none.
  const isSnapshot = type === 'snapshot' || before === 0 || (type === undefined && before === undefined)
  const fits = isSnapshot ? always : chained(wholeOf(before), last)
  return [{ symbol, isSnapshot, ...sides, last, fits }]
}

const kraken: BookReader = (frame) => {
  if (at(frame, 'channel') !== 'book') return []
  const isSnapshot = textOf(at(frame, 'type')) === 'snapshot'
  return listOf(at(frame, 'data')).map((data) => ({
    ...{ symbol: textOf(at(data, 'symbol')), isSnapshot, last: NaN, fits: always },
    ...{ bids: rowsOf(at(data, 'bids'), 'price', 'qty'), asks: rowsOf(at(data, 'asks'), 'price', 'qty') }
  }))
}

const krakenFutures: BookReader = (frame) => {
  const feed = at(frame, 'feed')
  if ((feed !== 'book' && feed !== 'book_snapshot') || at(frame, 'event') !== undefined) return []
  const [symbol, last] = [textOf(at(frame, 'product_id')), wholeOf(at(frame, 'seq'))]
  if (feed === 'book_snapshot') {
    const sides = {
      bids: rowsOf(at(frame, 'bids'), 'price', 'qty'),
      asks: rowsOf(at(frame, 'asks'), 'price', 'qty')
    }
    return [{ symbol, isSnapshot: true, ...sides, last, fits: always }]
  }
  const rows = [rowOf(at(frame, 'price'), at(frame, 'qty'))]
  const side = at(frame, 'side')
  if (side !== 'buy' && side !== 'sell') throw new TypeError('no side')
  const sides = { bids: side === 'buy' ? rows : [], asks: side === 'sell' ? rows : [] }
  return [{ symbol, isSnapshot: false, ...sides, last, fits: chained(last - 1, last) }]
}

const coinbase: BookReader = (frame) => {
  const type = at(frame, 'type')
  if (type !== 'snapshot' && type !== 'l2update') return []
  const common = { symbol: textOf(at(frame, 'product_id')), last: NaN, fits: always }
  if (type === 'snapshot')
    return [{ ...common, isSnapshot: true, bids: rowsOf(at(frame, 'bids')), asks: rowsOf(at(frame, 'asks')) }]
  const changes = listOf(at(frame, 'changes'))
  const rows = (side: string) =>
    rowsOf(
      changes.filter((row) => at(row, 0) === side),
      1,
      2
    )
  if (rows('buy').length + rows('sell').length < changes.length) throw new TypeError('no side')
  return [{ ...common, isSnapshot: false, bids: rows('buy'), asks: rows('sell') }]
}

function coinbaseAdvanced(): NaiveReader {
  const counted = counter()
  return (frame) => {
    const sequence = wholeOf(at(frame, 'sequence_num'))
    const messages = (at(frame, 'channel') === 'l2_data' ? listOf(at(frame, 'events')) : []).map((event) => {
      const type = textOf(at(event, 'type'))
      if (type !== 'snapshot' && type !== 'update') throw new TypeError('no type')
      const updates = listOf(at(event, 'updates'))
      const rows = (side: string) =>
        rowsOf(
          updates.filter((row) => at(row, 'side') === side),
          'price_level',
          'new_quantity'
        )
      const sides = { bids: rows('bid'), asks: rows('offer') }
      if (sides.bids.length + sides.asks.length < updates.length) throw new TypeError('no side')
      return {
        ...{ symbol: textOf(at(event, 'product_id')), isSnapshot: type === 'snapshot' },
        ...{ ...sides, last: NaN, fits: always }
      }
    })
    const place = counted(sequence)
    return { messages: place === 'again' ? [] : messages, missed: place === 'apart' }
  }
}

const hyperliquid: BookReader = (frame) => {
  if (at(frame, 'channel') !== 'l2Book') return []
  const [bids, asks] = listOf(at(frame, 'data', 'levels'))
  // The best twenty of each side; more are none of the window's.
  const best = (side: unknown, sign: number) =>
    [...new Map(rowsOf(side, 'px', 'sz'))]
      .filter(([, size]) => size > 0)
      .sort(([one], [other]) => sign * (one - other))
      .slice(0, 20)
  const sides = { bids: best(bids, -1), asks: best(asks, 1) }
  const last = idOf(at(frame, 'data', 'time'))
  const fits = (applied: number) => (last < applied ? 'stale' : ('next' as const))
  return [{ symbol: textOf(at(frame, 'data', 'coin')), isSnapshot: true, ...sides, last, fits }]
}

function bitfinex(): NaiveReader {
  const channels = new Map<number, { readonly symbol: string; readonly window: number }>()
  const counted = counter()
  return (frame) => {
    if (at(frame, 'event') === 'subscribed' && at(frame, 'channel') === 'book') {
      // As many levels a side as were asked for.
      const told = Number(at(frame, 'len'))
      const window = told > 0 ? told : Infinity
      channels.set(wholeOf(at(frame, 'chanId')), { symbol: textOf(at(frame, 'symbol')), window })
    }
    if (!Array.isArray(frame)) return { messages: [], missed: false }
    const [channel, body] = frame as readonly unknown[]
    const { symbol, window = Infinity } = channels.get(idOf(channel)) ?? {}
    const isBook = symbol !== undefined && Array.isArray(body)
    const [first = []] = (isBook ? body : []) as readonly unknown[]
    const isSnapshot = isBook && Array.isArray(first)
    // Behind the data stand the line's counter and the time, each where it was asked for.
    const tail = frame.slice(['cs', 'te', 'tu'].includes(String(body)) ? 3 : 2)
    const numbers = tail.filter((it) => typeof it === 'number' && (it > 0 || Object.is(it, 0)))
    const sequence = numbers.findLast((it) => it < 1e12 || !Number.isSafeInteger(it)) ?? NaN
    const place = Number.isSafeInteger(sequence) && sequence > 0 ? counted(sequence) : 'next'
    const missed = place === 'apart'
    const rows = (isBook ? (isSnapshot ? body : [body]) : []) as readonly unknown[]
    const read = rows.map((row) => {
      const [price, count] = [decimalOf(at(row, 0)), decimalOf(at(row, 1))]
      // Where a level goes, only the sign of the amount is looked at.
      const told = at(row, 2)
      const amount = count === 0 && typeof told === 'number' ? Math.sign(told) : decimalOf(told)
      if (!(price > 0) || count < 0) throw new RangeError('no level')
      return {
        isBid: !(amount < 0 || Object.is(amount, -0)),
        row: [price, count === 0 ? 0 : Math.abs(amount)] as const
      }
    })
    const side = (isBid: boolean) => read.filter((it) => it.isBid === isBid).map(({ row }) => row)
    if (!isBook || place === 'again') return { messages: [], missed }
    const sides = { bids: side(true), asks: side(false) }
    return { messages: [{ symbol, isSnapshot, ...sides, last: NaN, window, fits: always }], missed }
  }
}

const bitstamp: BookReader = (frame) => {
  const symbol = /^(?:diff_)?order_book_(.+)$/.exec(String(at(frame, 'channel')))?.[1]
  if (symbol === undefined || at(frame, 'event') !== 'data') return []
  const last = wholeOf(at(frame, 'data', 'microtimestamp'))
  const sides = { bids: rowsOf(at(frame, 'data', 'bids')), asks: rowsOf(at(frame, 'data', 'asks')) }
  // The best hundred as a whole are only held against the book.
  if (!String(at(frame, 'channel')).startsWith('diff_')) return []
  return [{ symbol, isSnapshot: false, ...sides, last, fits: (it) => (last <= it ? 'stale' : 'next') }]
}

const gate: BookReader = (frame) => {
  if (!/^(spot|futures)\.order_book_update$/.test(String(at(frame, 'channel')))) return []
  if (at(frame, 'event') !== 'update') return []
  const result = at(frame, 'result')
  const [first, last] = [wholeOf(at(result, 'U')), wholeOf(at(result, 'u'))]
  const isFutures = String(at(frame, 'channel')).startsWith('futures')
  const rows = (side: unknown) => (isFutures ? rowsOf(side, 'p', 's') : rowsOf(side))
  const sides = { bids: rows(at(result, 'b')), asks: rows(at(result, 'a')) }
  const symbol = textOf(at(result, 's'))
  // What is asked for: the best hundred of each side.
  return [{ symbol, isSnapshot: false, ...sides, last, window: 100, fits: ranged(first, last) }]
}

const kucoin: BookReader = (frame) => {
  const symbol = /:(.+)$/.exec(String(at(frame, 'topic')))?.[1]
  if (symbol === undefined || at(frame, 'subject') !== 'trade.l2update') return []
  const data = at(frame, 'data')
  const [first, last] = [wholeOf(at(data, 'sequenceStart')), wholeOf(at(data, 'sequenceEnd'))]
  const side = (name: string) => {
    // A price of zero only moves the sequence on.
    const rows = listOf(at(data, 'changes', name) ?? []).filter((row) => Number(at(row, 0)) !== 0)
    return rowsOf(rows)
  }
  const sides = { bids: side('bids'), asks: side('asks') }
  return [{ symbol, isSnapshot: false, ...sides, last, fits: ranged(first, last) }]
}

const simulated: BookReader = (frame) => {
  if (at(frame, 'ch') !== 'book') return []
  const isSnapshot = at(frame, 'type') === 'snap'
  const symbol = textOf(at(frame, 'i'))
  const sides = { bids: rowsOf(at(frame, 'bids')), asks: rowsOf(at(frame, 'asks')) }
  if (isSnapshot) return [{ symbol, isSnapshot, ...sides, last: wholeOf(at(frame, 'id')), fits: always }]
  if (at(frame, 'type') !== 'diff') throw new TypeError('no type')
  const [last, previous] = [wholeOf(at(frame, 'last')), wholeOf(at(frame, 'prev'))]
  const fits: NaiveMessage['fits'] = (applied, joined) =>
    !joined && last <= applied ? 'stale' : chained(previous, last)(applied, joined)
  return [{ symbol, isSnapshot, ...sides, last, fits }]
}

/** Where the number of a line's message stands: `next` after the last, the last `again`, or `apart` from it. */
function counter(): (sequence: number) => 'next' | 'again' | 'apart' {
  let last = NaN
  return (sequence) => {
    const before = last
    last = sequence
    if (sequence === before) return 'again'
    return Number.isNaN(before) || sequence === before + 1 ? 'next' : 'apart'
  }
}

const counterless =
  (read: BookReader): (() => NaiveReader) =>
  () =>
  (frame) => ({ messages: read(frame), missed: false })

const readers: Readonly<Record<string, () => NaiveReader>> = {
  'binance-spot': counterless(binance(true)),
  'binance-usdm': counterless(binance(false)),
  'binance-coinm': counterless(binance(false)),
  'bybit-spot': counterless(bybit),
  'bybit-linear': counterless(bybit),
  'bybit-inverse': counterless(bybit),
  'bybit-option': counterless(bybit),
  okx: counterless(okx),
  deribit: counterless(deribit),
  kraken: counterless(kraken),
  'kraken-futures': counterless(krakenFutures),
  coinbase: counterless(coinbase),
  'coinbase-advanced': coinbaseAdvanced,
  hyperliquid: counterless(hyperliquid),
  bitfinex,
  bitstamp: counterless(bitstamp),
  'gate-spot': counterless(gate),
  'gate-futures': counterless(gate),
  kucoin: counterless(kucoin),
  sim: counterless(simulated)
}

/** A venue's frames read as one would on a napkin, for one line. */
export function naiveReader(venue: string): NaiveReader {
  const reader = readers[venue]
  if (!reader) throw new RangeError(`nobody reads ${venue} naively`)
  return reader()
}

/** Ids and sides of the answer to a request for a snapshot. */
export function naiveSnapshot(answer: unknown): { last: number; bids: Row[]; asks: Row[] } {
  const data = at(answer, 'data', 0) ?? at(answer, 'data') ?? answer
  const last = ['seqId', 'lastUpdateId', 'id', 'sequence', 'microtimestamp']
    .map((key) => at(data, key))
    .find((it) => it !== undefined)
  const isNamed = !Array.isArray(at(data, 'bids', 0) ?? at(data, 'asks', 0))
  const rows = (side: unknown) => (isNamed ? rowsOf(side, 'p', 's') : rowsOf(side))
  return { last: wholeOf(last), bids: rows(at(data, 'bids')), asks: rows(at(data, 'asks')) }
}
