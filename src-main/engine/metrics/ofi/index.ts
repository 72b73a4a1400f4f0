import { baseOf } from '../../../../src-shared/instrument'
import { lots, ticks } from '../../../../src-shared/units'
import { SlidingColumns } from '../../math/sliding-columns'
import type { Metric } from '../metric'
import { gathering, unavailable, warming } from '../warming'
import { Integration } from './integration'
import { RankFlow } from './rank-flow'

const levels = 10
const seconds = [1, 10, 60] as const
const spanMs = 1_000
const refitMs = 60_000
/** Where the kinds of figure begin in a row, each with one a window. */
const [ofNorm, ofMulti, ofIntegrated, ofExplained] = [3, 6, 9, 12] as const
/** Columns of a window before those of the levels. */
const ofLevels = 3

export const ofi: Metric = {
  spec: {
    id: 'ofi',
    title: 'Order flow imbalance',
    short: 'OFI',
    needs: ['book'],
    fields: [
      ...seconds.map((span) => ({
        ...{ id: `ofi${span}`, title: `Touch ${span} s` },
        ...{ unit: 'base' as const, signed: true as const }
      })),
      ...seconds.map((span) => ({
        ...{ id: `norm${span}`, title: `Touch ${span} s / depth` },
        ...{ unit: 'number' as const, signed: true as const }
      })),
      ...seconds.map((span) => ({
        ...{ id: `multi${span}`, title: `10 levels ${span} s / depth` },
        ...{ unit: 'number' as const, signed: true as const }
      })),
      ...seconds.map((span) => ({
        ...{ id: `integrated${span}`, title: `Integrated ${span} s / depth` },
        ...{ unit: 'number' as const, signed: true as const }
      })),
      { id: 'explained', title: 'Variance in the first component', unit: 'share', range: [0, 1] }
    ],
    explains:
      'What each message adds to demand less supply at the touch: e = 1{Pb ≥ Pb′} qb − 1{Pb ≤ Pb′} qb′ − 1{Pa ≤ Pa′} qa + 1{Pa ≥ Pa′} qa′, summed over 1, 10 and 60 s in base ' +
      'currency, and over the mean size of the touch. 10 levels, over the same windows: the same by rank, the mean of the levels over the mean depth a level. Integrated: the levels weighted by the first ' +
      'principal component of their flows in the last 1,800 seconds in which the book moved (60 at least), fitted anew each minute. It explains the move of the same span, it does not forecast; streams ' +
      'that batch 100 ms lose what happened inside. Source: Cont, Kukanov & Stoikov 2014, J. Financial Econometrics 12; Xu, Gould & Howison 2019; Cont, Cucuringu & Zhang 2023.'
  },
  remembers: 1,
  atOnce: true,
  start(scope) {
    const flow = new RankFlow(scope.book, levels)
    const integration = new Integration(levels)
    /** Of each window: depth of the touch, messages, depth of all levels; then the flow of each level, the touch first. */
    const windows = seconds.map((span) => new SlidingColumns(span * 1_000, ofLevels + levels))
    /** The running span of a second. */
    const span = { flow: new Float64Array(levels), depth: 0, messages: 0, number: NaN }
    let watchedSince = NaN
    let fitAt = NaN

    const closeSpan = (number: number): void => {
      if (span.messages > 0 && span.depth > 0) {
        const mean = span.depth / span.messages
        for (let level = 0; level < levels; level++) span.flow[level]! /= mean
        integration.add(span.flow)
      }
      span.flow.fill(0)
      span.depth = 0
      span.messages = 0
      span.number = number
    }
    const forget = (): void => {
      watchedSince = NaN
      for (const window of windows) window.clear()
      span.messages = 0
      closeSpan(NaN)
    }
    const base = (size: number): number => baseOf(scope.instrument(), ticks(scope.book.touch.bid), lots(size))

    return {
      onBook(changes, at) {
        if (changes.isSnapshot || Number.isNaN(watchedSince)) {
          if (Number.isNaN(watchedSince)) watchedSince = at
          flow.see()
          return
        }
        flow.follow()
        const number = Math.floor(at / spanMs)
        if (number !== span.number) closeSpan(number)
        span.depth += flow.meanDepth
        span.messages++
        for (let place = 0; place < windows.length; place++) {
          const window = windows[place]!
          window.turn(at)
          window.add(0, flow.touchDepth)
          window.add(1, 1)
          window.add(2, flow.meanDepth)
        }
        for (let level = 0; level < levels; level++) {
          const flowed = flow.flow[level]!
          if (flowed === 0) continue
          span.flow[level]! += flowed
          for (let place = 0; place < windows.length; place++) windows[place]!.add(ofLevels + level, flowed)
        }
      },
      onGap: forget,
      onRescale(priceFactor, sizeFactor) {
        flow.rescale(priceFactor, sizeFactor)
        // Sums in lots of two kinds cannot be told apart.
        if (sizeFactor !== 1) forget()
      },
      sample(at, into, from) {
        if (!(at - fitAt < refitMs)) {
          integration.refit()
          fitAt = at
        }
        const perLot = base(1)
        const { weights } = integration
        for (let window = 0; window < seconds.length; window++) {
          const known = at - watchedSince >= seconds[window]! * 1_000
          const read = windows[window]!.read(at)
          const [touch, count, depth] = [read[0]!, read[1]!, read[2]!]
          const flowed = read[ofLevels]!
          let [plain, weighted] = [0, 0]
          for (let level = 0; level < levels; level++) {
            plain += read[ofLevels + level]! / levels
            weighted += read[ofLevels + level]! * weights[level]!
          }
          // A book that nobody touched has had no flow, whatever its depth.
          const perTouch = count === 0 ? 0 : touch > 0 ? count / touch : NaN
          const perLevel = count === 0 ? 0 : depth > 0 ? count / depth : NaN
          into[from + window] = known ? flowed * perLot : NaN
          into[from + ofNorm + window] = known ? flowed * perTouch : NaN
          into[from + ofMulti + window] = known ? plain * perLevel : NaN
          into[from + ofIntegrated + window] = known ? weighted * perLevel : NaN
        }
        into[from + ofExplained] = integration.explained
      },
      why(at, field) {
        const window = field % seconds.length
        if (field !== ofExplained && !(at - watchedSince >= seconds[window]! * 1_000))
          return warming(at, watchedSince, seconds[window]! * 1_000, 'the book')
        if (field >= ofIntegrated && Number.isNaN(integration.explained))
          return gathering(integration.seen, integration.needed, 'seconds in which the book moved')
        return unavailable('Not known: a side of the book is empty.')
      },
      save: () => integration.save(),
      restore: (values) => integration.restore(values)
    }
  }
}
