import { jsonOf } from '../../dialects/json'
import type { Wire } from '../../dialects/words'
import { isObject, textOf } from '../../dialects/words'

export type Channel = 'book' | 'trades' | 'status' | 'liquidations' | 'other'

export interface Subscription {
  readonly channel: Channel
  /** `tBTCUSD`; empty for liquidations, which are of all symbols. */
  readonly symbol: string
  /** Levels a side of a book. */
  readonly levels: number
}

/** The channel numbers of one line, as its acknowledgements told them. */
export class Channels {
  readonly #byNumber = new Map<number, Subscription>()
  /** To be left, though their numbers were not told yet. */
  readonly #unwanted = new Set<string>()

  find(number: number): Subscription | undefined {
    return this.#byNumber.get(number)
  }

  /** The number of one that is to be left; without one it is left when that is told. */
  leave(channel: string, symbol: string): number | undefined {
    for (const [number, it] of this.#byNumber)
      if (it.channel === channel && it.symbol === symbol) return number
    this.#unwanted.add(`${channel} ${symbol}`)
    return undefined
  }

  /** `{"event":"subscribe",...}` goes out: what it asks for is wanted. */
  sent(text: string): void {
    if (this.#unwanted.size === 0) return
    const frame = jsonOf(text)
    if (isObject(frame) && frame['event'] === 'subscribe')
      this.#unwanted.delete(nameOf(subscriptionOf(frame)))
  }

  /**
   * `{"event":"subscribed","channel":"book","chanId":17,"symbol":"tBTCUSD","len":"250",...}`: known from now on. Answers its number if nobody wants it any more:
   * it is to be left.
   */
  subscribed(frame: Wire): number | undefined {
    const { chanId } = frame
    if (typeof chanId !== 'number') return undefined
    const subscription = subscriptionOf(frame)
    this.#byNumber.set(chanId, subscription)
    return this.#unwanted.delete(nameOf(subscription)) ? chanId : undefined
  }

  unsubscribed({ chanId }: Wire): void {
    if (typeof chanId === 'number') this.#byNumber.delete(chanId)
  }
}

/** A channel is left by its number. */
export const leaving = (chanId: number): string => JSON.stringify({ event: 'unsubscribe', chanId })

const nameOf = ({ channel, symbol }: Subscription): string => `${channel} ${symbol}`

function subscriptionOf({ channel, symbol, key, prec, len }: Wire): Subscription {
  const told = Number(len)
  const levels = told > 0 ? told : Infinity
  const status = textOf(key)
  // Books of single orders (R0) and of coarser steps are no books of levels that we keep.
  if (channel === 'book' && (prec === undefined || prec === 'P0'))
    return { channel: 'book', symbol: textOf(symbol), levels }
  if (channel === 'trades') return { channel: 'trades', symbol: textOf(symbol), levels }
  if (status.startsWith('deriv:')) return { channel: 'status', symbol: status.slice('deriv:'.length), levels }
  if (status === 'liq:global') return { channel: 'liquidations', symbol: '', levels }
  return { channel: 'other', symbol: textOf(symbol), levels }
}
