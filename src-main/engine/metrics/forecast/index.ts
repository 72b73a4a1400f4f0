import { BookForecast } from '../../forecast/book-forecast'
import { horizons } from '../../forecast/horizon'
import type { Judgement } from '../../forecast/judgement'
import { judge } from '../../forecast/judgement'
import { warmUp } from '../../forecast/outcomes'
import { Chance } from '../../market/chance'
import type { Metric } from '../metric'
import { gathering, unavailable } from '../warming'
import { fields, fieldsAHorizon } from './fields'
import { flattened, unflattened } from './memory'
import { table, tableOf } from './table'

/** Judging sorts thousands of forecasts: one horizon at a time, so often, and only where this share of what it rests on is new. */
const judgeEveryMs = 5_000
const newShare = 0.1
const window = 6_000
const fewest = 500

export const forecast: Metric = {
  spec: {
    id: 'forecast',
    title: 'Forecast',
    short: 'Forecast',
    needs: ['book', 'trades'],
    singleOnly: true,
    fields,
    table,
    params: [
      {
        ...{ id: 'halfLife', title: 'What was learned counts half after (minutes)' },
        ...{ unit: 'count', default: 45, range: [5, 1_440] }
      },
      { id: 'takerFee', title: 'Fee for taking, a side', unit: 'bps', default: 5, range: [-10, 100] },
      { id: 'makerFee', title: 'Fee for placing, a side', unit: 'bps', default: 2, range: [-10, 100] }
    ],
    explains:
      'Chance that the mid goes up, given that it moves: at its next move, and over 1, 5 and 10 s. An online logistic model of 15 signals of book, flow and trades (AdaGrad, with streaming Platt ' +
      'calibration), every 100 ms, learned from only once the outcome is known. Shown only while it beats the base rate, the last move, the raw queue imbalance and Cont and de Larrard’s formula ' +
      'beyond chance (95 % of resampled 30 s blocks) on its last 3,000 forecasts with a calibration error of at most 5 %. Net figures are of its surest tenth after spread and fees, the order ' +
      'arriving 100 ms late; an edge in direction is usually no profit. Sources: Duchi, Hazan and Singer 2011; Gould and Bonart 2016; Dawid 1984; Künsch 1989.'
  },
  remembers: 2,
  start(scope, params) {
    const { halfLife = NaN, takerFee = NaN, makerFee = NaN } = params
    const running = new BookForecast(scope.book, { halfLifeMinutes: halfLife, window })
    const { forecaster } = running
    const resampling = new Chance(1, scope.instrument().id)
    const chance = () => resampling.next()
    const judgements: (Judgement | undefined)[] = horizons.map(() => undefined)
    /** Of each horizon its fields as judged last, side by side: a judgement lies all over the memory, and is asked for ten times a second. */
    const figures = new Float64Array(fields.length).fill(NaN)
    /** Labels of each horizon when it was judged last. */
    const judgedLabels = new Float64Array(horizons.length).fill(-Infinity)
    let turn = 0
    let judgedAt = -Infinity
    const judgeNext = (at: number) => {
      if (at - judgedAt < judgeEveryMs) return
      judgedAt = at
      const horizon = turn++ % horizons.length
      const scored = forecaster.scored[horizon]!
      const { labels } = forecaster.learners[horizon]!
      if (scored.count === 0 || labels - judgedLabels[horizon]! < newShare * scored.count) return
      judgedLabels[horizon] = labels
      const judged = judge(scored, { takerFeeBps: takerFee, makerFeeBps: makerFee, chance })
      judgements[horizon] = judged
      figures.set(figuresOf(judged), horizon * fieldsAHorizon.length)
    }

    return {
      look() {
        running.look()
      },
      onBook(changes, at) {
        running.onBook(changes, at)
      },
      onQuote(quote, at) {
        running.onQuote(quote, quote.sequence, at)
      },
      onTrades(trades, at) {
        running.onTrades(trades, at)
      },
      onPeer(peer, mid, at) {
        running.onPeer(peer, mid, at)
      },
      onGap() {
        running.onGap()
      },
      onRescale(price, size) {
        forecaster.rescale(price, size)
      },
      sample(at, into, from) {
        forecaster.advance(at)
        judgeNext(at)
        into.set(figures, from)
        for (let horizon = 0; horizon < horizons.length; horizon++) {
          const column = from + horizon * fieldsAHorizon.length
          if (into[column + 1] === 1) into[column] = forecaster.probability(horizon)
          into[column + 2] = forecaster.scored[horizon]!.count
        }
      },
      why(_at, field) {
        const horizon = Math.floor(field / fieldsAHorizon.length)
        const judged = judgements[horizon]
        const { count } = forecaster.scored[horizon]!
        if (count < fewest) {
          const seen = count + Math.min(warmUp, forecaster.learners[horizon]!.labels)
          return gathering(seen, fewest + warmUp, 'forecasts with a known outcome')
        }
        if (judged?.verdict === 'too-little')
          return unavailable('The forecasts come from too short a time to be judged.')
        if (judged?.verdict === 'no-edge')
          return unavailable('No edge: the model does not beat what needs no model, so no chance is shown.')
        return unavailable('The touch is not known, or the judgement is still to come.')
      },
      table: () => tableOf(forecaster, judgements),
      save: () => flattened(forecaster.save()),
      restore(values) {
        const states = unflattened(values, horizons.length)
        return states !== undefined && forecaster.restore(states)
      }
    }
  }
}

/** In the order of the fields; the chance of up and how many were judged are the forecaster's to tell. */
const figuresOf = ({ verdict, auc, gain, ece, money }: Judgement): readonly number[] => [
  NaN,
  verdict === 'too-little' ? NaN : Number(verdict === 'edge'),
  NaN,
  auc,
  gain.low,
  ece,
  money.takingBps[1],
  money.placingBps
]
