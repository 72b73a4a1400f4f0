/** Answers that do not come by then never will. */
const MOST_OPEN = 256

interface Open {
  readonly symbols: Set<string>
  /** Frames it was sent in that are not answered yet. */
  unanswered: number
}

/** The subscriptions of one line whose answers name nobody, only the request: whom each asked for. */
export class OpenRequests {
  readonly #open = new Map<number, Open>()

  /** The request of this number asks for `symbols` in so many frames. */
  asked(id: number, symbols: readonly string[], frames: number): void {
    this.#open.set(id, { symbols: new Set(symbols), unanswered: frames })
    const [oldest] = this.#open.keys()
    if (this.#open.size > MOST_OPEN) this.#open.delete(oldest!)
  }

  /** It is left: what was asked for it before says nothing of it any more. */
  left(symbol: string): void {
    for (const { symbols } of this.#open.values()) symbols.delete(symbol)
  }

  /** Every frame of a request has an answer of its own: with the last one, whom it asked for. */
  answered(id: number): Iterable<string> {
    const request = this.#open.get(id)
    if (!request || --request.unanswered > 0) return []
    this.#open.delete(id)
    return request.symbols
  }
}
