import type { Condition, FigureCondition } from './alerts/condition'
import type { Rule, Rules } from './rule'
import { calmSmoothMs, usual } from './rule'

const start = { kind: 'watchlist', watchlist: 'start' } as const
const feed = ['feed']
const desktop = ['feed', 'desktop']

/** The highest half percent of a day on its side, over again below the highest twentieth; learns for 30 minutes. */
const rare = (metric: string, field: string, more: Partial<FigureCondition> = {}): FigureCondition => ({
  ...{ kind: 'figure', metric, field, op: 'extreme', by: 'percentile', on: 99.5, off: 95 },
  ...{ smoothMs: calmSmoothMs, window: '24h' },
  ...more
})
const event = (kind: string, atLeast: number, withinMs: number, metric = 'flow-reading'): Condition => ({
  ...{ kind: 'event', metric, event: kind, atLeast, withinMs, confidence: 0.5 }
})
type Wish = Pick<Rule, 'id' | 'name' | 'side' | 'when'> & Partial<Rule>
const rule = (wish: Wish): Rule => ({ ...usual, scope: start, severity: 'info', channels: feed, ...wish })

/**
 * What ships: twelve rules on the first watchlist. On the desktop are those whose fires met a planted episode more often than not on a simulated day
 * (`npm run soak -- alert-day`), and a lost book; what leans or runs one way is news for the feed.
 */
export const defaultRules: Rules = {
  version: 2,
  rules: [
    rule({
      ...{ id: 'strong-imbalance', name: 'Strong imbalance', side: 'both' },
      when: rare('imbalance', 'bps10', { floor: 0.2 })
    }),
    rule({
      ...{ id: 'agreement', name: 'Book and trades agree', side: 'both' },
      when: {
        kind: 'all',
        of: [
          rare('imbalance', 'bps10', { on: 97, off: 85, floor: 0.2 }),
          rare('tfi', 'tfi10', { on: 97, off: 80, floor: 0.3 })
        ]
      }
    }),
    rule({
      ...{ id: 'data-down', name: 'No live book', side: 'none', severity: 'warn', channels: desktop },
      ...{ minMs: 0, cooldownMs: 600_000, when: { kind: 'data', what: 'down', forMs: 20_000 } }
    }),
    rule({
      ...{ id: 'order-flow', name: 'Order flow runs one way', side: 'both' },
      when: rare('ofi', 'norm10', { floor: 1 })
    }),
    rule({
      ...{ id: 'trade-flow', name: 'Trades run one way', side: 'both' },
      when: rare('tfi', 'tfi60', { floor: 0.5 })
    }),
    rule({
      ...{ id: 'imbalance-flip', name: 'Imbalance turns over', side: 'both', cooldownMs: 120_000 },
      when: {
        ...{ kind: 'flip', metric: 'imbalance', field: 'bps10', on: 0.5, off: 0.2 },
        ...{ smoothMs: calmSmoothMs, withinMs: 30_000 }
      }
    }),
    rule({
      ...{ id: 'wide-spread', name: 'Spread unusually wide', side: 'none', cooldownMs: 120_000 },
      ...{ severity: 'warn', channels: desktop },
      when: rare('spread', 'bps', { op: 'above', on: 99.8, off: 95 })
    }),
    rule({
      ...{ id: 'thin-book', name: 'Book unusually thin', side: 'none', cooldownMs: 300_000 },
      when: {
        kind: 'any',
        of: ['bidQuote10', 'askQuote10'].map((field) =>
          rare('depth', field, { op: 'below', by: 'median', on: 0.3, off: 0.6 })
        )
      }
    }),
    rule({
      ...{ id: 'trade-burst', name: 'Burst of trades', side: 'none', cooldownMs: 120_000 },
      when: rare('rate', 'trades', { op: 'above', on: 99.8, off: 95, floor: 1 })
    }),
    rule({
      ...{ id: 'walls-pulled', name: 'Walls pulled again and again', side: 'both', cooldownMs: 300_000 },
      ...{ minMs: 0, rearmMs: 60_000, when: event('wall-pulled', 3, 60_000) }
    }),
    rule({
      ...{ id: 'layering', name: 'Layering suspected', side: 'both', cooldownMs: 300_000 },
      ...{ severity: 'warn', channels: desktop },
      ...{ minMs: 0, rearmMs: 60_000, when: event('layering', 2, 120_000) }
    }),
    rule({
      ...{ id: 'absorption', name: 'Absorption', side: 'both', cooldownMs: 120_000 },
      ...{ severity: 'warn', channels: desktop },
      ...{ minMs: 0, rearmMs: 30_000, when: event('absorption', 1, 10_000) }
    })
  ]
}
