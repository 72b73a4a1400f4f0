import type { UniformEvent } from '../uniform/event'

/** The data types of Tardis.dev whose files are read and written, and their columns: https://docs.tardis.dev/downloadable-csv-files */
export const tardisColumns = {
  incremental_book_L2: ['is_snapshot', 'side', 'price', 'amount'],
  trades: ['id', 'side', 'price', 'amount'],
  liquidations: ['id', 'side', 'price', 'amount'],
  quotes: ['ask_amount', 'ask_price', 'bid_price', 'bid_amount'],
  derivative_ticker: [
    ...(['funding_timestamp', 'funding_rate', 'predicted_funding_rate', 'open_interest'] as const),
    ...(['last_price', 'index_price', 'mark_price'] as const)
  ]
} as const
export type TardisType = keyof typeof tardisColumns
export const tardisTypes = Object.keys(tardisColumns) as TardisType[]

const leading = ['exchange', 'symbol', 'timestamp', 'local_timestamp'] as const
export const headerOf = (type: TardisType): readonly string[] => [...leading, ...tardisColumns[type]]

/** The type of a file with this header. Trades and liquidations have the same one: `name` tells them apart. */
export function typeOf(header: readonly string[], name: string): TardisType | undefined {
  const found = tardisTypes.filter((type) => headerOf(type).join() === header.join())
  return found.length > 1 && name.includes('liquidations') ? found.at(-1) : found[0]
}

/** Gathers rows into events: the rows of one book message follow one another. */
export class TardisRows {
  readonly #type: TardisType
  #book: Extract<UniformEvent, { k: 'book' }> | undefined

  constructor(type: TardisType) {
    this.#type = type
  }

  /** The events that are complete once this row has come. */
  take(row: readonly string[]): readonly UniformEvent[] {
    const [exchange = '', symbol = '', at = '', t = '', ...rest] = row
    const head = { i: `${exchange}:${symbol}`, at, t }
    const [a = '', b = '', c = '', d = '', e = '', f = '', g = ''] = rest
    switch (this.#type) {
      case 'incremental_book_L2':
        return this.#level(head, a === 'true', [b === 'bid' ? 'bid' : 'ask', c, d])
      case 'trades':
      case 'liquidations': {
        const side = b === 'buy' || b === 'sell' ? b : 'unknown'
        return [
          { k: this.#type === 'trades' ? 'trade' : 'liquidation', ...head, id: a, side, price: c, size: d }
        ]
      }
      case 'quotes':
        return [{ k: 'quote', ...head, askSize: a, ask: b, bid: c, bidSize: d }]
      case 'derivative_ticker': {
        const told = { fundingAt: a, funding: b, predicted: c, openInterest: d, last: e, index: f, mark: g }
        return [{ k: 'reference', ...head, ...told }]
      }
    }
  }

  end(): readonly UniformEvent[] {
    const last = this.#book
    this.#book = undefined
    return last ? [last] : []
  }

  #level(
    head: Pick<UniformEvent, 'i' | 'at' | 't'>,
    snapshot: boolean,
    level: Extract<UniformEvent, { k: 'book' }>['levels'][number]
  ): readonly UniformEvent[] {
    const book = this.#book
    const { i, at, t } = head
    if (book?.i === i && book.at === at && book.t === t && book.snapshot === snapshot) {
      book.levels.push(level)
      return []
    }
    this.#book = { k: 'book', ...head, snapshot, levels: [level] }
    return book ? [book] : []
  }
}

/** Where an event belongs, and its rows. */
export function rowsOf(event: UniformEvent): {
  readonly type: TardisType
  readonly rows: readonly string[][]
} {
  const at = event.i.indexOf(':')
  const head = [event.i.slice(0, at), event.i.slice(at + 1), event.at, event.t]
  switch (event.k) {
    case 'book': {
      const snapshot = String(event.snapshot)
      const rows = event.levels.map((level) => [...head, snapshot, ...level])
      return { type: 'incremental_book_L2', rows }
    }
    case 'trade':
    case 'liquidation': {
      const rows = [[...head, event.id, event.side, event.price, event.size]]
      return { type: event.k === 'trade' ? 'trades' : 'liquidations', rows }
    }
    case 'quote':
      return { type: 'quotes', rows: [[...head, event.askSize, event.ask, event.bid, event.bidSize]] }
    case 'reference': {
      const { fundingAt, funding, predicted, openInterest, last, index, mark } = event
      const rows = [[...head, fundingAt, funding, predicted, openInterest, last, index, mark]]
      return { type: 'derivative_ticker', rows }
    }
  }
}
