/** What the trade ids of one product, +1 from trade to trade, tell of lost messages. */
export class TradeTrail {
  /** Id of the latest trade heard, NaN before one. */
  #last = NaN
  /** The venue's latest trade by its last heartbeat, where that was ahead of ours. */
  #owed = NaN

  /** A trade came. How many were lost before it; -1 when it is a repetition. */
  trade(id: number): number {
    if (id <= this.#last) return -1
    const lost = Number.isNaN(this.#last) ? 0 : id - this.#last - 1
    this.#last = id
    return lost
  }

  /** The latest trade before a subscription. True when it was not heard. */
  began(id: number): boolean {
    const isNews = id > this.#last
    if (!(id <= this.#last)) this.#last = id
    return isNews
  }

  /**
   * A heartbeat tells the venue's latest trade. The channels may overtake one another by less than the second between two heartbeats: how many trades are
   * lost by what the last one said.
   */
  heartbeat(latest: number): number {
    const lost = this.#owed > this.#last ? this.#owed - this.#last : 0
    if (lost > 0) this.#last = this.#owed
    this.#owed = latest > this.#last ? latest : NaN
    return lost
  }
}
