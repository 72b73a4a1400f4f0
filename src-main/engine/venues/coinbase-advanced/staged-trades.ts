import { Trades } from '../../book/changes'
import type { Lane, Sink } from '../venue'

/** Trades of one message, of several products and newest first or last, until the whole message has been read. */
export class StagedTrades {
  readonly #rows = new Trades()
  readonly #lanes: Lane[] = []

  reset(): void {
    this.#rows.reset()
  }

  push(lane: Lane, price: number, size: number, aggressor: 1 | -1, at: number, id: number): void {
    this.#lanes[this.#rows.count] = lane
    this.#rows.push(price, size, aggressor, at, id)
  }

  /** Hands them over oldest first, those of one product that follow one another together. */
  tell(sink: Sink): void {
    const { count } = this.#rows
    const isFalling = this.#isFalling()
    let open: Lane | undefined
    for (let n = 0; n < count; n++) {
      const row = isFalling ? count - 1 - n : n
      const lane = this.#lanes[row]!
      if (lane !== open) {
        if (open) sink.trades(open)
        lane.trades.reset()
        open = lane
      }
      this.#copy(row, lane)
    }
    if (open) sink.trades(open)
  }

  /** Ids of different products say nothing of each other: two trades of one decide, by their times where an id is too large to be known. */
  #isFalling(): boolean {
    const { id, at, count } = this.#rows
    for (let row = 1; row < count; row++)
      for (let before = row - 1; before >= 0; before--)
        if (this.#lanes[before] === this.#lanes[row])
          return Number.isNaN(id[before]! - id[row]!) ? at[before]! > at[row]! : id[before]! > id[row]!
    return false
  }

  #copy(row: number, { trades }: Lane): void {
    const { price, size, aggressor, at, id } = this.#rows
    trades.push(price[row]!, size[row]!, aggressor[row]! > 0 ? 1 : -1, at[row]!, id[row]!)
  }
}
