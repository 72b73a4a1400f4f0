import type { Book, Side } from './book'
import type { Changes } from './changes'
import { Levels } from './changes'

/**
 * Turns a whole book into the changes that make it of the one that stands, for venues that send nothing else: who counts what came and went is then told as
 * by any other venue. What came and went between two books is not seen. Allocates nothing once grown.
 */
export class Differences {
  readonly #bids = new Levels()
  readonly #asks = new Levels()

  /**
   * `changes` becomes a diff. What a full window no longer reaches is left to the window, which drops it without a word. False, with nothing done, where the
   * levels are not strictly best first.
   */
  turn(changes: Changes, standing: Book): boolean {
    if (!isBestFirst(changes.bids, 1) || !isBestFirst(changes.asks, -1)) return false
    compare(standing.bids, changes.bids, 1, changes.window, this.#bids)
    compare(standing.asks, changes.asks, -1, changes.window, this.#asks)
    changes.bids.take(this.#bids)
    changes.asks.take(this.#asks)
    changes.isSnapshot = changes.complete = false
    return true
  }
}

/** `sign` is 1 where a greater price is a better one. */
function isBestFirst({ price, size, count }: Levels, sign: 1 | -1): boolean {
  for (let row = 0; row < count; row++) {
    if (!(size[row]! > 0)) return false
    if (row > 0 && !(sign * price[row]! < sign * price[row - 1]!)) return false
  }
  return true
}

/** Both sides best first, walked together. */
function compare(standing: Side, { price, size, count }: Levels, sign: 1 | -1, window: number, into: Levels) {
  into.count = 0
  const end = count >= window ? sign * price[count - 1]! : -Infinity
  let rank = 0
  for (let row = 0; row < count; row++) {
    const key = sign * price[row]!
    for (; sign * standing.price(rank) > key; rank++) into.push(standing.price(rank), 0)
    const stays = standing.price(rank) === price[row]
    if (!stays || standing.size(rank) !== size[row]) into.push(price[row]!, size[row]!)
    if (stays) rank++
  }
  for (; rank < standing.count && sign * standing.price(rank) > end; rank++)
    into.push(standing.price(rank), 0)
}
