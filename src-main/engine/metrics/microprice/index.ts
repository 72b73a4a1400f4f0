import type { Touch } from '../../book/changes'
import { HeldAverage } from '../../math/held-average'
import type { MicropriceTable, QuoteState } from '../../math/microprice-table'
import { imbalanceBins, MicropriceFit, quoteState, widestSpread } from '../../math/microprice-table'
import { isQuoted } from '../crossing'
import type { Metric } from '../metric'
import { gathering, unavailable } from '../warming'

const refitMs = 60_000
/** A state seen less often leans on what it would be without a fit. */
const leastVisits = 50
/** Time over which the spread says which regime it is. */
const regimeTauMs = 300_000

/** The mid with the sizes crossed over, ticks. */
const weightedMid = ({ bid, bidSize, ask, askSize }: Readonly<Touch>): number =>
  (bidSize * ask + askSize * bid) / (bidSize + askSize)

export const microprice: Metric = {
  spec: {
    id: 'microprice',
    title: 'Micro-price',
    lead: 'Micro-price',
    needs: ['book'],
    fields: [
      { id: 'fitted', title: 'Micro-price (Stoikov)', unit: 'price' },
      { id: 'weighted', title: 'Weighted mid', unit: 'price' },
      { id: 'best', title: 'Best guess for this tick size', unit: 'price' },
      { id: 'edge', title: 'Best guess less mid', unit: 'ticks', signed: true },
      { id: 'large', title: 'Large-tick share of time', unit: 'share', range: [0, 1] },
      { id: 'trust', title: 'Weight of the fit', unit: 'share', range: [0, 1] }
    ],
    params: [
      { id: 'memory', title: 'Fit remembers', unit: 'seconds', default: 3_600, range: [300, 86_400] },
      { id: 'large', title: 'Large tick from this share of time', unit: 'share', default: 0.5, range: [0, 1] }
    ],
    table: {
      rowIs: 'an imbalance bin and a spread',
      columns: [
        { id: 'bin', title: 'Imbalance bin, 0 ask to 9 bid', unit: 'count' },
        { id: 'spread', title: 'Spread', unit: 'ticks' },
        { id: 'visits', title: 'Seen', unit: 'count' },
        { id: 'adjustment', title: 'Micro-price less mid', unit: 'ticks', signed: true }
      ]
    },
    explains:
      'Mid + G*(imbalance bin, spread): the expected sum of the moves to come, G* = Σ Bⁱ G¹, G¹ = (1 − Q)⁻¹ R¹ K, B = (1 − Q)⁻¹ R², from a table of 10 bins by spreads of 1 and 2 price steps ' +
      'whose counts fade over an hour, mirrored, fitted anew each minute. A state seen less than 50 times leans on the weighted mid (spread of one) or the mid. Wider spreads have no state. ' +
      'The best guess is the micro-price where the spread is one step for at least half of the time (large tick), and the mid where it is not: there the weighted mid is worse than the mid. ' +
      'Source: Stoikov 2018, "The micro-price", Quantitative Finance 18(12).'
  },
  start(scope, { memory = NaN, large = NaN }) {
    let fit = new MicropriceFit()
    const tight = new HeldAverage(regimeTauMs)
    let table: MicropriceTable | undefined
    let before: QuoteState | undefined
    let midBefore = NaN
    let fittedAt = NaN
    let watchedSince = NaN
    let step: number = scope.instrument().tickSize

    const stateOf = ({ bid, ask, bidSize, askSize }: Readonly<Touch>): QuoteState | undefined => {
      const tick = scope.instrument().tickSize
      return quoteState(bid / tick, ask / tick, bidSize, askSize)
    }
    const refit = (at: number): void => {
      // Before the first message there is nothing to fit.
      if (!(at - fittedAt >= refitMs)) return
      fit.fade(Math.exp((fittedAt - at) / (memory * 1_000)))
      fittedAt = at
      table = fit.solve()
    }
    /** What the table says of a state, in price steps; NaN where it was never left, or there is no table. */
    const fitted = ({ spread, bin }: QuoteState): number => table?.all(spread)[bin] ?? NaN
    /** By what the table was fitted to: what has been seen since is not in it yet. */
    const trustIn = (state: QuoteState, told: number): number =>
      table && !Number.isNaN(told) ? Math.min(1, table.visits(state) / leastVisits) : 0
    /** In price steps; `trust` is that in what the table told. */
    const adjustment = (
      { spread }: QuoteState,
      { bidSize, askSize }: Readonly<Touch>,
      told: number,
      trust: number
    ): number => {
      const plain = spread === 1 ? (bidSize - askSize) / (bidSize + askSize) / 2 : 0
      return trust > 0 ? trust * told + (1 - trust) * plain : plain
    }
    const forget = (): void => {
      before = undefined
      midBefore = NaN
      watchedSince = NaN
      tight.reset()
    }

    /** States are counted in price steps: of another step all of them are others, and nothing counted so far is of them. */
    const followStep = (): void => {
      const { tickSize } = scope.instrument()
      if (tickSize === step) return
      step = tickSize
      forget()
      fit = new MicropriceFit()
      table = undefined
      fittedAt = NaN
    }

    return {
      onBook({ touchAfter, isSnapshot }, at) {
        followStep()
        if (isSnapshot || Number.isNaN(watchedSince)) before = undefined
        if (Number.isNaN(watchedSince)) watchedSince = at
        const { bid, ask } = touchAfter
        const tick = scope.instrument().tickSize
        if (isQuoted(scope.book, touchAfter)) tight.hold(at, ask - bid === tick ? 1 : 0)
        const state = stateOf(touchAfter)
        const mid = (bid + ask) / 2 / tick
        if (before && state) fit.add(before, state, mid - midBefore)
        before = state
        midBefore = mid
        if (Number.isNaN(fittedAt)) fittedAt = at
      },
      onGap: forget,
      onRescale(priceFactor) {
        step *= priceFactor
      },
      sample(at, into, from) {
        followStep()
        refit(at)
        const { touch } = scope.book
        const tick = scope.instrument().tickSize
        const mid = (touch.bid + touch.ask) / 2
        const state = stateOf(touch)
        const told = state ? fitted(state) : NaN
        const trust = state ? trustIn(state, told) : 0
        const steps = state ? adjustment(state, touch, told, trust) : NaN
        const share = tight.value(at)
        const isLarge = share >= large
        const best = isLarge && !Number.isNaN(steps) ? mid + steps * tick : mid
        into[from] = mid + steps * tick
        into[from + 1] = weightedMid(touch)
        into[from + 2] = Number.isNaN(share) ? NaN : best
        into[from + 3] = Number.isNaN(share) ? NaN : (best - mid) / tick
        into[from + 4] = share
        into[from + 5] = state && table ? trust : NaN
      },
      why(at, field) {
        if (field === 5 && !table)
          return gathering((at - fittedAt) / 1_000, refitMs / 1_000, 'seconds of quotes')
        if (field === 0 || field === 5)
          return unavailable(
            'The spread is wider than 2 price steps or below 0, or a side is empty: this state has no micro-price.'
          )
        return unavailable('Not known: a side of the book is empty.')
      },
      table() {
        const rows: number[] = []
        for (let spread = 1; spread <= widestSpread; spread++)
          for (let bin = 0; bin < imbalanceBins; bin++)
            rows.push(bin, spread, fit.visits({ bin, spread }), table?.all(spread)[bin] ?? NaN)
        return Float64Array.from(rows)
      }
    }
  }
}
