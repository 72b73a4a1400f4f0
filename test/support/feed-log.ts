import type { FeedListener } from '../../src-main/engine/feed/listener'

export interface FeedEvent {
  readonly kind: string
  readonly id: string
  readonly text: string
}

/** A listener that writes down what it is told, in order. */
export class FeedLog implements FeedListener {
  readonly events: FeedEvent[] = []

  of(kind: string, id?: string): FeedEvent[] {
    return this.events.filter((event) => event.kind === kind && (id === undefined || event.id === id))
  }

  /** States an instrument went through. */
  states(id: string): string[] {
    return this.of('status', id).map(({ text }) => text.split(':')[0]!)
  }

  onBook: FeedListener['onBook'] = (id, book) => this.#write('book', id, String(book.sequence))
  onTrades: FeedListener['onTrades'] = (id, trades) => this.#write('trades', id, String(trades.count))
  onQuote: FeedListener['onQuote'] = (id) => this.#write('quote', id, '')
  onLiquidations: FeedListener['onLiquidations'] = (id, { count }) =>
    this.#write('liquidations', id, String(count))
  onReference: FeedListener['onReference'] = (id) => this.#write('reference', id, '')
  onGap: FeedListener['onGap'] = (id) => this.#write('gap', id, '')
  onSkewed: NonNullable<FeedListener['onSkewed']> = (id, isSkewed) =>
    this.#write('skewed', id, String(isSkewed))
  onTradesLost: FeedListener['onTradesLost'] = (id, from) => this.#write('trades-lost', id, String(from))
  onRescale: FeedListener['onRescale'] = (id, _instrument, price, size) =>
    this.#write('rescale', id, `${price} ${size}`)
  onStatus: FeedListener['onStatus'] = (id, status) =>
    this.#write('status', id, `${status.state}: ${status.reason}`)
  onInstruments: FeedListener['onInstruments'] = (list) =>
    this.#write('instruments', list[0]?.id ?? '', String(list.length))

  #write(kind: string, id: string, text: string): void {
    this.events.push({ kind, id, text })
  }
}
