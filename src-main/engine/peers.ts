import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import { valueOn } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import type { Changes, Touch } from './book/changes'
import type { Quote } from './venues/venue'

/** Who listens to the mids of the same base elsewhere. */
export interface PeerListener {
  readonly id: InstrumentId
  readonly instrument: Instrument | undefined
  onPeer(peer: InstrumentId, mid: number, at: Millis): void
}

interface Known {
  readonly instrument: Instrument
  readonly listeners: readonly PeerListener[]
  /** Ids of the last book message and quote: whichever is higher knows the touch better. */
  bookId: number
  quoteId: number
  mid: number
}

/**
 * The watched instruments of one base, each told when the mid of another moves. Options and combos are other prices, and a simulated market is never told of a
 * real one.
 */
export class Peers {
  #known = new Map<InstrumentId, Known>()
  /** Too late to be held beside the others. */
  readonly #skewed = new Set<InstrumentId>()

  /** The whole of what is watched. Who is not watched any more is told as not known. */
  arrange(watched: Iterable<PeerListener>, at: Millis): void {
    const before = this.#known
    const all = [...watched].filter(({ instrument }) => instrument && hasPeers(instrument))
    this.#known = new Map(
      all.map((own) => {
        const instrument = own.instrument!
        const listeners = all.filter((it) => it !== own && kindOf(it.instrument!) === kindOf(instrument))
        const { bookId = NaN, quoteId = NaN, mid = NaN } = before.get(own.id) ?? {}
        return [own.id, { instrument, listeners, bookId, quoteId, mid }]
      })
    )
    for (const [id, { listeners }] of before)
      if (!this.#known.has(id)) for (const listener of listeners) listener.onPeer(id, NaN, at)
  }

  onBook(id: InstrumentId, { last, touchAfter }: Changes, at: Millis): void {
    const known = this.#listenedTo(id)
    if (!known) return
    known.bookId = last
    if (!(last < known.quoteId)) this.#tell(id, known, touchAfter, at)
  }

  /** Quotes without an id in the book's space cannot be ordered and are not used. */
  onQuote(id: InstrumentId, quote: Quote, at: Millis): void {
    const known = this.#listenedTo(id)
    if (!known) return
    if (Number.isNaN(known.mid) || !(quote.sequence >= known.bookId)) return
    known.quoteId = quote.sequence
    this.#tell(id, known, quote, at)
  }

  onSkewed(id: InstrumentId, isSkewed: boolean, at: Millis): void {
    if (isSkewed) {
      this.#skewed.add(id)
      this.onGap(id, at)
    } else this.#skewed.delete(id)
  }

  onGap(id: InstrumentId, at: Millis): void {
    const known = this.#known.get(id)
    if (!known) return
    known.bookId = known.quoteId = known.mid = NaN
    for (const listener of known.listeners) listener.onPeer(id, NaN, at)
  }

  #listenedTo(id: InstrumentId): Known | undefined {
    const known = this.#known.get(id)
    return known && known.listeners.length > 0 && !this.#skewed.has(id) ? known : undefined
  }

  #tell(id: InstrumentId, known: Known, { bid, ask }: Readonly<Touch>, at: Millis): void {
    const mid = ask > bid ? valueOn(known.instrument.price, (bid + ask) / 2) : NaN
    if (Object.is(mid, known.mid)) return
    known.mid = mid
    for (const listener of known.listeners) listener.onPeer(id, mid, at)
  }
}

const hasPeers = ({ product, members }: Instrument): boolean =>
  !members && product !== 'option' && product !== 'combo'
const kindOf = ({ base, simulated }: Instrument): string => `${base}|${simulated}`
