import type { Series } from '../../state/market'

export type Traded = readonly [buy: number, sell: number]
/** Not counted: the view was frozen before this row came into sight. */
const unknown: Traded = [NaN, NaN]

/** Lots traded in each row since the window looks, counted anew at most twice a second: a wide row has a thousand prices. */
export class TradedRows {
  #kept = new Map<string, Traded>()
  #series: Series | undefined
  #countedAt = -Infinity

  /** Forgets what is older than half a second, unless `frozen`: then what was counted stays and nothing new is. */
  refresh(series: Series, now: number, frozen: boolean): void {
    if (frozen || (this.#series === series && now - this.#countedAt < 500)) return
    this.#series = series
    this.#countedAt = now
    this.#kept = new Map()
  }

  of(side: 'bid' | 'ask', price: number, group: number, frozen: boolean): Traded {
    const key = `${side}${group}:${price}`
    const kept = this.#kept.get(key)
    if (kept) return kept
    if (frozen || !this.#series) return unknown
    let buys = 0
    let sells = 0
    const first = side === 'bid' ? price : price - group + 1
    for (let at = first; at < first + group; at++) {
      const [buy, sell] = this.#series.traded(at)
      buys += buy
      sells += sell
    }
    this.#kept.set(key, [buys, sells])
    return [buys, sells]
  }
}
