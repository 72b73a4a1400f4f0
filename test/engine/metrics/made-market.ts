import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import type { Session, SideColumns } from '../../../src-main/study/lobster/session'
import { executed, submitted } from '../../../src-main/study/lobster/session'
import type { Market } from '../../../src-main/study/microstructure/market'
import { changesOf, plainInstrument } from '../../support/hand-book'
import type { Message } from './made-stream'
import type { Streamed } from './streamed'

const levels = 5

interface Row {
  readonly at: number
  readonly trade?: Message['trades'][number]
  readonly bids: readonly (readonly [price: number, size: number])[]
  readonly asks: readonly (readonly [price: number, size: number])[]
}

/** A row for each trade, then one for the book after the message. */
function rowsOf(stream: readonly Message[]): Row[] {
  const book = new SortedBook()
  const best = (side: 'bids' | 'asks') =>
    Array.from({ length: levels }, (_, rank) => [book[side].price(rank), book[side].size(rank)] as const)
  return stream.flatMap(({ at, bids, asks, trades }, n): Row[] => {
    const before = { bids: best('bids'), asks: best('asks') }
    book.commit(changesOf(bids, asks, { isSnapshot: n === 0 }))
    const now = { at, bids: best('bids'), asks: best('asks') }
    // Before the first message there is no book to trade on; after it trades come a little before the message that shows them.
    return n === 0
      ? [now]
      : [...trades.map((trade, place) => ({ at: at - 10 + 2 * place, trade, ...before })), now]
  })
}

/** A made-up stream as the two files of a LOBSTER day; prices are taken for 1e-4 USD. */
export function sessionOf(stream: readonly Message[]): Session {
  const rows = rowsOf(stream)
  const column = (of: (row: Row) => number) => Float64Array.from(rows, of)
  const side = (which: 'bids' | 'asks', sign: 1 | -1): SideColumns => ({
    sign,
    prices: Array.from({ length: levels }, (_, level) => column((row) => row[which][level]![0])),
    sizes: Array.from({ length: levels }, (_, level) => column((row) => row[which][level]![1]))
  })
  return {
    ...{ symbol: 'MADE', levels, rows: rows.length },
    times: column(({ at }) => at / 1_000),
    types: column(({ trade }) => (trade ? executed : submitted)),
    ids: column(() => 0),
    sizes: column(({ trade }) => trade?.[1] ?? 0),
    prices: column(({ trade }) => trade?.[0] ?? 0),
    directions: column(({ trade }) => -(trade?.[2] ?? 0)),
    ...{ bids: side('bids', 1), asks: side('asks', -1) },
    mids: column(({ bids, asks }) => (bids[0]![0] + asks[0]![0]) / 200)
  }
}

/** The same stream as a capture's quotes and trades. */
export function marketOf(stream: readonly Message[]): Market {
  const rows = rowsOf(stream)
  const start = stream[0]!.at
  const quotes = rows.filter(({ trade }) => !trade)
  const prints = rows.flatMap(({ at, trade }) =>
    trade ? [{ at, price: trade[0], size: trade[1], sign: trade[2] }] : []
  )
  const ns = (at: number) => (at - start) * 1e6
  const made = <Of>(list: readonly Of[], of: (it: Of, place: number) => number) => Float64Array.from(list, of)
  return {
    instrument: plainInstrument,
    ...{ unit: 1, tick: 1, second: start / 1_000, excluded: 0, idsRise: true, isOfBook: false, stretches: 1 },
    quotes: {
      count: quotes.length,
      at: made(quotes, ({ at }) => ns(at)),
      bid: made(quotes, ({ bids }) => bids[0]![0]),
      ask: made(quotes, ({ asks }) => asks[0]![0]),
      step: 1,
      mid2: made(quotes, ({ bids, asks }) => bids[0]![0] + asks[0]![0]),
      bidSize: made(quotes, ({ bids }) => bids[0]![1]),
      askSize: made(quotes, ({ asks }) => asks[0]![1])
    },
    prints: {
      count: prints.length,
      at: made(prints, ({ at }) => ns(at)),
      price: made(prints, ({ price }) => price),
      size: made(prints, ({ size }) => size),
      aggressor: made(prints, ({ sign }) => sign),
      madeAt: made(prints, ({ at }) => at)
    }
  }
}

/** Quotes and trades in the order of their times, until `until` (ns). */
export function playMarket(
  streamed: Streamed,
  { quotes, prints, second }: Market,
  until = Infinity
): Streamed {
  const at = (ns: number) => second * 1_000 + ns / 1e6
  let print = 0
  for (let row = 0; row < quotes.count && quotes.at[row]! < until; row++) {
    for (; print < prints.count && prints.at[print]! < quotes.at[row]!; print++)
      streamed.trade(
        at(prints.at[print]!),
        prints.price[print]!,
        prints.aggressor[print]! * prints.size[print]!
      )
    const level = (price: number, size: number, before: number | undefined) =>
      before === undefined || before === price
        ? [[price, size] as const]
        : [[before, 0] as const, [price, size] as const]
    const bid = level(quotes.bid[row]!, quotes.bidSize[row]!, quotes.bid[row - 1])
    const ask = level(quotes.ask[row]!, quotes.askSize[row]!, quotes.ask[row - 1])
    if (row === 0) streamed.snapshot(at(quotes.at[0]!), bid, ask)
    else streamed.change(at(quotes.at[row]!), bid, ask)
  }
  return streamed
}
