import { millis } from '../../../src-shared/units'
import type { Levels } from '../book/changes'
import { Changes, Trades } from '../book/changes'

/** Numbers of a message before its levels, of a level, and of a trade. */
const [headWidth, levelWidth, tradeWidth] = [16, 3, 6] as const
const fewest = 512
const [isBook, isTrades] = [0, 1] as const

/** As what is kept is told: the same few objects for all instruments, which one after another finds in the processor's cache. */
const toldBooks: Changes[] = []
const toldTrades: Trades[] = []

/**
 * Messages of a book and trades as plain numbers, one after another in one array. As objects each of their columns would lie elsewhere in memory, some
 * dozen places for a single trade, and with twenty instruments none of them would still be in the processor's cache when it is told.
 */
export class KeptNumbers {
  #numbers = new Float64Array(fewest)
  #end = 0
  #kinds = new Uint8Array(fewest)
  #count = 0

  keepBook(changes: Changes): void {
    const { bids, asks, touchBefore, touchAfter } = changes
    let place = this.#claim(isBook, headWidth + levelWidth * (bids.count + asks.count))
    const numbers = this.#numbers
    numbers[place] = bids.count
    numbers[place + 1] = asks.count
    numbers[place + 2] = changes.first
    numbers[place + 3] = changes.last
    numbers[place + 4] = changes.previous
    numbers[place + 5] = changes.checksum
    numbers[place + 6] = changes.window
    numbers[place + 7] = changes.at
    numbers[place + 8] = touchBefore.bid
    numbers[place + 9] = touchBefore.bidSize
    numbers[place + 10] = touchBefore.ask
    numbers[place + 11] = touchBefore.askSize
    numbers[place + 12] = touchAfter.bid
    numbers[place + 13] = touchAfter.bidSize
    numbers[place + 14] = touchAfter.ask
    numbers[place + 15] = touchAfter.askSize
    place = keepLevels(bids, numbers, place + headWidth)
    keepLevels(asks, numbers, place)
  }

  keepTrades({ count, price, size, aggressor, at, id, flags }: Trades): void {
    let place = this.#claim(isTrades, 1 + tradeWidth * count)
    const numbers = this.#numbers
    numbers[place++] = count
    for (let row = 0; row < count; row++, place += tradeWidth) {
      numbers[place] = price[row]!
      numbers[place + 1] = size[row]!
      numbers[place + 2] = aggressor[row]!
      numbers[place + 3] = at[row]!
      numbers[place + 4] = id[row]!
      numbers[place + 5] = flags[row]!
    }
  }

  /** Makes objects of all that is kept. They hold until another is opened. */
  open(): void {
    let [place, books, trades] = [0, 0, 0]
    for (let nth = 0; nth < this.#count; nth++)
      if (this.#kinds[nth] === isBook)
        place = openBook(this.#numbers, place, (toldBooks[books++] ??= new Changes()))
      else place = openTrades(this.#numbers, place, (toldTrades[trades++] ??= new Trades()))
  }

  /** The n-th message, after `open`. */
  book(nth: number): Changes {
    return toldBooks[nth]!
  }

  /** The n-th message of trades, after `open`. */
  trades(nth: number): Trades {
    return toldTrades[nth]!
  }

  clear(): void {
    this.#end = this.#count = 0
  }

  /** Answers where the numbers go. */
  #claim(kind: number, width: number): number {
    const from = this.#end
    this.#end = from + width
    while (this.#end > this.#numbers.length) {
      const grown = new Float64Array(2 * this.#numbers.length)
      grown.set(this.#numbers)
      this.#numbers = grown
    }
    this.#kinds[this.#count++] = kind
    return from
  }
}

function keepLevels({ count, price, size, before }: Levels, numbers: Float64Array, from: number): number {
  let place = from
  for (let row = 0; row < count; row++, place += levelWidth) {
    numbers[place] = price[row]!
    numbers[place + 1] = size[row]!
    numbers[place + 2] = before[row]!
  }
  return place
}

function openBook(numbers: Float64Array, place: number, into: Changes): number {
  const { touchBefore, touchAfter } = into
  into.first = numbers[place + 2]!
  into.last = numbers[place + 3]!
  into.previous = numbers[place + 4]!
  into.checksum = numbers[place + 5]!
  into.window = numbers[place + 6]!
  into.at = millis(numbers[place + 7]!)
  touchBefore.bid = numbers[place + 8]!
  touchBefore.bidSize = numbers[place + 9]!
  touchBefore.ask = numbers[place + 10]!
  touchBefore.askSize = numbers[place + 11]!
  touchAfter.bid = numbers[place + 12]!
  touchAfter.bidSize = numbers[place + 13]!
  touchAfter.ask = numbers[place + 14]!
  touchAfter.askSize = numbers[place + 15]!
  const asks = openLevels(into.bids, numbers[place]!, numbers, place + headWidth)
  return openLevels(into.asks, numbers[place + 1]!, numbers, asks)
}

function openLevels(into: Levels, count: number, numbers: Float64Array, from: number): number {
  while (into.price.length < count) into.grow()
  const { price, size, before } = into
  let place = from
  for (let row = 0; row < count; row++, place += levelWidth) {
    price[row] = numbers[place]!
    size[row] = numbers[place + 1]!
    before[row] = numbers[place + 2]!
  }
  into.count = count
  return place
}

function openTrades(numbers: Float64Array, from: number, into: Trades): number {
  const count = numbers[from]!
  let place = from + 1
  into.count = 0
  for (let row = 0; row < count; row++, place += tradeWidth)
    into.push(
      numbers[place]!,
      numbers[place + 1]!,
      numbers[place + 2]! > 0 ? 1 : -1,
      numbers[place + 3]!,
      numbers[place + 4]!,
      numbers[place + 5]
    )
  return place
}
