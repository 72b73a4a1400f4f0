import { quantile } from '../../engine/math/quantile'
import { shareInterval } from '../../engine/math/share-interval'
import { quantileInterval } from '../../engine/math/stretch-interval'
import type { OrderEvent, OrderSide } from './events'
import { Resting } from './resting'

const unitsPerCoin = 1e8
const topLevels = 5

interface Live {
  readonly side: OrderSide
  readonly createdAt: number
  price: number
  volume: number
}

/**
 * Follows every order that was seen being created to its end. Deleted with nothing left means filled, with something left cancelled; less volume at the same
 * price means filled in part. Orders that were there before are not known, and what happens to them is only counted.
 */
export class OrderLives {
  readonly #live = new Map<number, Live>()
  readonly #bids = new Resting('bid')
  readonly #asks = new Resting('ask')
  readonly #filled = { bid: 0, ask: 0 }
  readonly #lifetimes = { filled: [] as number[], cancelled: [] as number[] }
  #unknown = 0
  #crossed = 0

  take(event: OrderEvent): void {
    const order = this.#live.get(event.id)
    if (event.action === 'created') this.#create(event, order)
    else if (!order) this.#unknown++
    else if (event.action === 'changed') this.#change(event, order)
    else this.#delete(event, order)
    if (this.#bids.best >= this.#asks.best) this.#crossed++
  }

  figures() {
    const { filled, cancelled } = this.#lifetimes
    return {
      events_for_unknown_ids: this.#unknown,
      filled_volume_btc: { bid: this.#filled.bid / unitsPerCoin, ask: this.#filled.ask / unitsPerCoin },
      n_deleted_volume0: filled.length,
      n_deleted_remaining: cancelled.length,
      intervals_95: {
        filled_share: shareInterval(filled.length, filled.length + cancelled.length),
        median_lifetime_ms: {
          filled: quantileInterval(filled, 0.5),
          cancelled: quantileInterval(cancelled, 0.5)
        }
      },
      median_lifetime_ms: { filled: quantile(filled, 0.5), cancelled: quantile(cancelled, 0.5) },
      rows_with_crossed_book: this.#crossed,
      final_live_orders: this.#live.size,
      final_best_bid: this.#bids.best / unitsPerCoin,
      final_best_ask: this.#asks.best / unitsPerCoin,
      final_top5_bids: decimals(this.#bids),
      final_top5_asks: decimals(this.#asks)
    }
  }

  #create({ id, side, at, price, volume }: OrderEvent, before: Live | undefined): void {
    if (before) this.#resting(before.side).remove(before)
    this.#live.set(id, { side, createdAt: at, price, volume })
    this.#resting(side).add({ price, volume })
  }

  #change({ price, volume }: OrderEvent, order: Live): void {
    if (price === order.price) this.#filled[order.side] += Math.max(0, order.volume - volume)
    const side = this.#resting(order.side)
    side.remove(order)
    order.price = price
    order.volume = volume
    side.add(order)
  }

  #delete({ id, at, volume }: OrderEvent, order: Live): void {
    this.#live.delete(id)
    this.#resting(order.side).remove(order)
    if (volume === 0) this.#filled[order.side] += order.volume
    this.#lifetimes[volume === 0 ? 'filled' : 'cancelled'].push(at - order.createdAt)
  }

  #resting(side: OrderSide): Resting {
    return side === 'bid' ? this.#bids : this.#asks
  }
}

const decimals = (side: Resting): [price: number, volume: number][] =>
  side.top(topLevels).map(([price, volume]) => [price / unitsPerCoin, volume / unitsPerCoin])
