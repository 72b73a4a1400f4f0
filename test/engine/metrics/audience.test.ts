import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Levels } from '../../../src-main/engine/book/changes'
import { Changes, Trades } from '../../../src-main/engine/book/changes'
import { Audience } from '../../../src-main/engine/metrics/audience'
import type { Metric, MetricRun } from '../../../src-main/engine/metrics/metric'
import { rate } from '../../../src-main/engine/metrics/rate'
import { millis } from '../../../src-shared/units'

const number = fc.integer({ min: 0, max: 1e9 })
const level = fc.tuple(number, number, number)
const trade = fc.tuple(number, number, fc.constantFrom(1 as const, -1 as const), number, number, number)
const event = fc.oneof(
  fc.record({ bids: fc.array(level, { maxLength: 400 }), asks: fc.array(level, { maxLength: 400 }), number }),
  fc.record({ trades: fc.array(trade, { maxLength: 40 }) })
)

function fill(side: Levels, levels: readonly (readonly [number, number, number])[]): void {
  for (const [row, [price, size, before]] of levels.entries()) {
    side.push(price, size)
    side.before[row] = before
  }
}

/** Everything that a run is told, as plain values. */
function hearing(): { heard: unknown[]; run: MetricRun } {
  const heard: unknown[] = []
  const rows = ({ count, price, size, before }: Levels) =>
    Array.from({ length: count }, (_, row) => [price[row], size[row], before[row]])
  return {
    heard,
    run: {
      onBook({ bids, asks, touchBefore, touchAfter, ...rest }, at) {
        heard.push([at, rows(bids), rows(asks), { ...touchBefore }, { ...touchAfter }, { ...rest }])
      },
      onTrades({ count, price, size, aggressor, at: made, id, flags }, at) {
        const row = (_: unknown, n: number) => [price[n], size[n], aggressor[n], made[n], id[n], flags[n]]
        heard.push([at, Array.from({ length: count }, row)])
      },
      sample: () => undefined
    }
  }
}

const later: Metric = rate
const atOnce: Metric = { ...rate, atOnce: true }

describe('who is told before the next sample', () => {
  test('hears word for word what was heard at once, of two instruments in turn', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const both = [0, 1].map(() => {
          const [now, then] = [hearing(), hearing()]
          const audience = new Audience()
          audience.seat([
            { metric: atOnce, run: now.run },
            { metric: later, run: then.run }
          ])
          return { audience, now, then }
        })
        const [changes, trades] = [new Changes(), new Trades()]
        for (const [n, told] of events.entries()) {
          const { audience } = both[n % 2]!
          if ('trades' in told) {
            trades.reset()
            for (const row of told.trades) trades.push(...row)
            audience.trades(trades, millis(n))
          } else {
            changes.reset()
            fill(changes.bids, told.bids)
            fill(changes.asks, told.asks)
            changes.first = changes.touchBefore.bid = told.number
            changes.last = changes.touchAfter.askSize = told.number + 1
            changes.at = millis(told.number + 2)
            audience.book(changes, millis(n))
          }
          if (n % 7 === 0) both[0]!.audience.catchUp()
        }
        for (const { audience, now, then } of both) {
          audience.catchUp()
          expect(then.heard).toEqual(now.heard)
        }
      }),
      { numRuns: 40 }
    )
  })
})
