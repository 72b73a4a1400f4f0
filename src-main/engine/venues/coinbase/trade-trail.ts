/** What the trade ids of one product, +1 from trade to trade, tell of lost messages. */
export class TradeTrail {
  /** Id of the latest trade heard, undefined before one. */
  #last: bigint | undefined
  /** The venue's latest trade by its last heartbeat, where that was ahead of ours. */
  #owed: bigint | undefined

  /** A trade came. How many were lost before it; -1 when it is a repetition. */
  trade(id: bigint): number {
    const last = this.#last
    if (last !== undefined && id <= last) return -1
    this.#last = id
    return last === undefined ? 0 : Number(id - last - 1n)
  }

  /** The latest trade before a subscription. True when it was not heard. */
  began(id: bigint): boolean {
    const last = this.#last
    if (last === undefined || id > last) this.#last = id
    return last !== undefined && id > last
  }

  /**
   * A heartbeat tells the venue's latest trade. The channels may overtake one another by less than the second between two heartbeats: how many trades are
   * lost by what the last one said.
   */
  heartbeat(latest: bigint): number {
    const [last, owed] = [this.#last, this.#owed]
    const lost = last !== undefined && owed !== undefined && owed > last ? Number(owed - last) : 0
    if (lost > 0) this.#last = owed
    this.#owed = this.#last !== undefined && latest > this.#last ? latest : undefined
    return lost
  }
}
