/** A frame of `steelyard-sim/1`, as loose as JSON is. */
export interface SimFrame {
  readonly ch: string
  readonly type?: string
  readonly i?: string
  readonly at: number
  readonly id?: number
  readonly first?: number
  readonly last?: number
  readonly prev?: number
  readonly bids?: readonly (readonly [string, string])[]
  readonly asks?: readonly (readonly [string, string])[]
  readonly b?: string
  readonly B?: string
  readonly a?: string
  readonly A?: string
}

/** A slow and plain reader of one instrument's frames, which counts whatever breaks the dialect's promises. */
export class WireBook {
  readonly bids = new Map<string, string>()
  readonly asks = new Map<string, string>()
  readonly seen = { diffs: 0, gaps: 0, crossed: 0, compared: 0, unequal: 0 }
  #last = NaN
  #quotes: SimFrame[] = []
  #quote: SimFrame | undefined

  read(frame: SimFrame): void {
    if (frame.ch === 'quote') this.#quotes.push(frame)
    if (frame.ch !== 'book') return
    if (frame.type === 'snap') {
      this.bids.clear()
      this.asks.clear()
      this.#last = frame.id!
    } else {
      this.seen.diffs++
      if (frame.prev !== this.#last || frame.first !== frame.prev + 1) this.seen.gaps++
      this.#last = frame.last!
    }
    put(this.bids, frame.bids!)
    put(this.asks, frame.asks!)
    this.#compare()
  }

  /** Id of the last change in it. */
  get last(): number {
    return this.#last
  }

  get touch(): { readonly bid: number; readonly ask: number } {
    return {
      bid: Math.max(...[...this.bids.keys()].map(Number)),
      ask: Math.min(...[...this.asks.keys()].map(Number))
    }
  }

  /** After a diff the touch is that of the last quote with an id up to the diff's. */
  #compare(): void {
    const { bid, ask } = this.touch
    if (bid >= ask) this.seen.crossed++
    while (this.#quotes[0] && this.#quotes[0].id! <= this.#last) this.#quote = this.#quotes.shift()
    const quote = this.#quote
    if (!quote) return
    this.seen.compared++
    const isEqual =
      Number(quote.b) === bid &&
      Number(quote.a) === ask &&
      this.bids.get(quote.b!) === quote.B &&
      this.asks.get(quote.a!) === quote.A
    if (!isEqual) this.seen.unequal++
  }
}

function put(side: Map<string, string>, levels: readonly (readonly [string, string])[]): void {
  for (const [price, size] of levels) {
    if (Number(size) === 0) side.delete(price)
    else side.set(price, size)
  }
}
