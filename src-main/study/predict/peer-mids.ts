import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Book } from '../../engine/book/book'
import type { Changes } from '../../engine/book/changes'
import type { FeedListener } from '../../engine/feed/listener'
import type { PeerListener } from '../../engine/peers'
import { Peers } from '../../engine/peers'
import type { Quote } from '../../engine/venues/venue'

/** Moves kept, some 30 bytes each; what comes later is left out, and `isCut` tells. */
const most = 20_000_000
const nothing = (): void => undefined

/** Every move of the mids of one coin's other instruments over a recording, to be heard again beside a recording of one of them. */
export class PeerMids implements FeedListener {
  readonly #peers = new Peers()
  readonly #known: Map<InstrumentId, PeerListener>
  readonly #own: InstrumentId
  readonly #moves: { readonly id: InstrumentId; readonly mid: number; readonly at: Millis }[] = []
  #next = 0
  isCut = false

  /** `instrument`: whose coin it is; itself is not heard. */
  constructor(instrument: Instrument) {
    const { id } = instrument
    this.#own = id
    const onPeer: PeerListener['onPeer'] = (peer, mid, at) => {
      if (this.#moves.length < most) this.#moves.push({ id: peer, mid, at })
      else this.isCut = true
    }
    this.#known = new Map([[id, { id, instrument, onPeer }]])
  }

  get count(): number {
    return this.#moves.length
  }

  /** Which instruments moved. */
  get instruments(): readonly InstrumentId[] {
    return [...new Set(this.#moves.map(({ id }) => id))]
  }

  /** Several recordings read one after the other become one, in the order of time. */
  sort(): void {
    this.#moves.sort((one, other) => one.at - other.at)
  }

  /** Tells every move up to `at`, wall ms, that was not told yet. */
  hear(at: number, told: (id: InstrumentId, mid: number, at: Millis) => void): void {
    for (let move = this.#moves[this.#next]; move && move.at <= at; move = this.#moves[++this.#next])
      told(move.id, move.mid, move.at)
  }

  onBook(id: InstrumentId, _book: Book, changes: Changes, at: Millis): void {
    if (id !== this.#own) this.#peers.onBook(id, changes, at)
  }
  onQuote(id: InstrumentId, quote: Quote, at: Millis): void {
    if (id !== this.#own) this.#peers.onQuote(id, quote, at)
  }
  onGap(id: InstrumentId, at: Millis): void {
    if (id !== this.#own) this.#peers.onGap(id, at)
  }
  onRescale(_id: InstrumentId, instrument: Instrument): void {
    this.onInstruments([instrument])
  }
  onInstruments(list: readonly Instrument[]): void {
    for (const instrument of list)
      if (instrument.id !== this.#own)
        this.#known.set(instrument.id, { id: instrument.id, instrument, onPeer: nothing })
    this.#peers.arrange(this.#known.values(), millis(NaN))
  }
  onTrades = nothing
  onTradesLost = nothing
  onLiquidations = nothing
  onReference = nothing
  onStatus = nothing
}
