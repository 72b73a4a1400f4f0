/** What a topic brings. `book` and `quote` are the same channel at different depths. */
export interface Topic {
  readonly kind: 'book' | 'quote' | 'trades' | 'liquidations' | 'ticker'
  /** The instrument; for an option's trades the base currency of all of them. */
  readonly symbol: string
  /** Levels a side, of books only. */
  readonly depth: number
}

const kinds: Readonly<Record<string, Topic['kind']>> = {
  publicTrade: 'trades',
  allLiquidation: 'liquidations',
  tickers: 'ticker'
}

/** Reads `orderbook.50.BTCUSDT`, `publicTrade.BTC`; undefined for channels that we do not take. Strikes have points too: a symbol is all of the rest. */
export function topicOf(text: string): Topic | undefined {
  const book = /^orderbook\.([1-9]\d{0,4})\.(.+)$/.exec(text)
  if (book) {
    const depth = Number(book[1])
    return { kind: depth === 1 ? 'quote' : 'book', symbol: book[2]!, depth }
  }
  const at = text.indexOf('.')
  const kind = at < 0 ? undefined : kinds[text.slice(0, at)]
  return kind && { kind, symbol: text.slice(at + 1), depth: 0 }
}

/** More topics than any line carries; a table that is fuller is being fed garbage and starts anew. */
const MOST = 8192

/** Topics by their text, parsed once. */
export class Topics {
  readonly #known = new Map<string, Topic | undefined>()

  of(text: string): Topic | undefined {
    if (this.#known.has(text)) return this.#known.get(text)
    const topic = topicOf(text)
    if (this.#known.size >= MOST) this.#known.clear()
    this.#known.set(text, topic)
    return topic
  }
}
