import { SlidingSum } from '../../math/sliding-sum'
import type { Metric } from '../metric'

const windowMs = 5_000

export const rate: Metric = {
  spec: {
    id: 'rate',
    title: 'Rates',
    always: true,
    needs: ['book', 'trades'],
    fields: [
      { id: 'book', title: 'Book messages', unit: 'per-second' },
      { id: 'trades', title: 'Trades', unit: 'per-second' }
    ],
    explains:
      'Book messages and trades a second, counted over the last 5 s. Venues batch book changes (Binance each 100 ms), so the first says how the feed runs ' +
      'rather than how busy the book is. Unknown until 5 s have been watched. Source: plain counts, n / 5 s.'
  },
  start() {
    let watchedSince = NaN
    const book = new SlidingSum(windowMs)
    const trades = new SlidingSum(windowMs)
    const count = (into: SlidingSum, at: number, n: number): void => {
      if (Number.isNaN(watchedSince)) watchedSince = at
      into.add(at, n)
    }
    return {
      onBook(_changes, at) {
        count(book, at, 1)
      },
      onTrades(batch, at) {
        count(trades, at, batch.count)
      },
      onGap() {
        watchedSince = NaN
        book.clear()
        trades.clear()
      },
      sample(at, into, from) {
        const known = at - watchedSince >= windowMs
        into[from] = known ? (book.at(at) / windowMs) * 1_000 : NaN
        into[from + 1] = known ? (trades.at(at) / windowMs) * 1_000 : NaN
      }
    }
  }
}
