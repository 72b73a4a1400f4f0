import type { FigureCondition } from '../../src-shared/alerts/condition'
import type { Rule } from '../../src-shared/rule'
import { usual } from '../../src-shared/rule'

type Wish = Partial<Rule> & Partial<Pick<FigureCondition, 'metric' | 'field' | 'on' | 'off' | 'smoothMs'>>

/** A rule on one raw figure, the calm preset otherwise: ON .6, OFF .35 of the imbalance within 10 bps on the watchlist `w`, told on the desktop. */
export function plainRule({ metric, field, on, off, smoothMs, ...wish }: Wish = {}): Rule {
  return {
    ...usual,
    ...{ id: 'r', name: 'Strong imbalance', scope: { kind: 'watchlist', watchlist: 'w' } },
    ...{ side: 'both', channels: ['feed', 'desktop'] },
    when: {
      ...{ kind: 'figure', op: 'extreme', by: 'level' },
      ...{ metric: metric ?? 'imbalance', field: field ?? 'bps10' },
      ...{ on: on ?? 0.6, off: off ?? 0.35, smoothMs: smoothMs ?? 0 }
    },
    ...wish
  }
}
