import type { Metric } from '../metric'

export const spread: Metric = {
  spec: {
    id: 'spread',
    title: 'Spread',
    always: true,
    needs: ['book'],
    fields: [
      { id: 'ticks', title: 'Spread', unit: 'ticks' },
      { id: 'bps', title: 'Spread', unit: 'bps' }
    ],
    explains:
      'Best ask less best bid, in the venue’s price steps and in bps of the mid: (ask − bid) / ((ask + bid) / 2) × 10,000. ' +
      'It is what buying and selling at once would cost, before fees. Source: quoted spread, Harris 2003, "Trading and Exchanges".'
  },
  start: (scope) => ({
    sample(_at, into, from) {
      const { bid, ask } = scope.book.touch
      into[from] = (ask - bid) / scope.instrument().tickSize
      const mid = (ask + bid) / 2
      // Combinations trade around 0 and below, where bps mean nothing.
      into[from + 1] = mid > 0 ? ((ask - bid) / mid) * 10_000 : NaN
    }
  })
}
