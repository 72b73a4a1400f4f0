import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { valueOn } from '../../../../src-shared/instrument'
import { isBetweenMessages } from '../crossing'
import type { Metric } from '../metric'
import { gathering, unavailable } from '../warming'
import { Recent } from './recent'
import { SideCurve } from './side-curve'

/** Bps from the mid at which the depth curve is read. */
const curve = [1, 2, 3, 5, 7.5, 10, 15, 20, 25, 30, 40, 50, 75, 100] as const
const shown = [5, 10, 25, 50] as const
const wallReach = 50
const lookMs = 5_000
const readMs = 950
const memoryMs = 3_600_000
const mostLooks = memoryMs / lookMs
/** Looks before a median says something: five minutes. */
const leastLooks = 60

const fieldsOf = (bps: number): FieldSpec[] => [
  { id: `bid${bps}`, title: `Bid ${bps} bps / usual`, unit: 'number' },
  { id: `ask${bps}`, title: `Ask ${bps} bps / usual`, unit: 'number' }
]

export const liquidity: Metric = {
  spec: {
    id: 'liquidity',
    title: 'Liquidity against usual',
    lead: 'Liquidity',
    needs: ['book'],
    fields: [
      ...shown.flatMap(fieldsOf),
      { id: 'wallBid', title: 'Largest bid / median level', unit: 'number' },
      { id: 'wallBidBps', title: 'Largest bid, from the mid', unit: 'bps' },
      { id: 'wallAsk', title: 'Largest ask / median level', unit: 'number' },
      { id: 'wallAskBps', title: 'Largest ask, from the mid', unit: 'bps' }
    ],
    table: {
      rowIs: 'a distance from the mid',
      columns: [
        { id: 'bps', title: 'From the mid', unit: 'bps' },
        { id: 'bid', title: 'Bid depth', unit: 'quote' },
        { id: 'bidLow', title: 'Bid, P10 of the hour', unit: 'quote' },
        { id: 'bidUsual', title: 'Bid, median of the hour', unit: 'quote' },
        { id: 'bidHigh', title: 'Bid, P90 of the hour', unit: 'quote' },
        { id: 'bidSeen', title: 'Bid, hour seen', unit: 'share' },
        { id: 'ask', title: 'Ask depth', unit: 'quote' },
        { id: 'askLow', title: 'Ask, P10 of the hour', unit: 'quote' },
        { id: 'askUsual', title: 'Ask, median of the hour', unit: 'quote' },
        { id: 'askHigh', title: 'Ask, P90 of the hour', unit: 'quote' },
        { id: 'askSeen', title: 'Ask, hour seen', unit: 'share' }
      ]
    },
    explains:
      'Quote money within 5, 10, 25 and 50 bps of the mid, a side at a time, over its own median of the last hour (one look every 5 s, 60 at least): 1 is usual, 0.3 a vacuum. The largest level ' +
      'within 50 bps over the median level there, and where it stands. The table is the depth curve with P10, median and P90 of what was seen of the hour, and how much that is. Looks over a gap are not taken. ' +
      'Source: depth within x bps as Kaiko, "Market depth" methodology.'
  },
  start(scope) {
    const { book } = scope
    const history = () => curve.map(() => new Recent(memoryMs, mostLooks))
    const bids = { curve: new SideCurve(curve, wallReach), history: history() }
    const asks = { curve: new SideCurve(curve, wallReach), history: history() }
    const both = [bids, asks] as const
    let lookedAt = NaN
    let readAt = NaN
    let reachRead = NaN
    const read = (at: number, reach: number): void => {
      if (at === readAt && reachRead >= reach) return
      readAt = at
      reachRead = reach
      const mid = (book.touch.bid + book.touch.ask) / 2
      const { contract, size, price } = scope.instrument()
      const byPrice = contract.currency === 'base'
      const perLot = valueOn(size, 1) * contract.of * (byPrice ? valueOn(price, 1) : 1)
      bids.curve.read(book.bids, mid, perLot, byPrice, reach)
      asks.curve.read(book.asks, mid, perLot, byPrice, reach)
    }
    /** By the sampler, which runs only while the book is live. */
    const look = (at: number): void => {
      if (at - lookedAt < lookMs) return
      for (const { history: past } of both) for (const quantile of past) quantile.pass(at)
      if (isBetweenMessages(book)) return
      lookedAt = at
      read(at, Infinity)
      for (const { curve: own, history: past } of both)
        for (const [place, quantile] of past.entries()) quantile.add(at, own.money[place]!)
    }
    const usual = (past: Recent, share: number): number =>
      past.count >= leastLooks ? past.quantile(share) : NaN

    return {
      onGap() {
        lookedAt = NaN
      },
      sample(at, into, from) {
        // Once a second will do for what is held against an hour, and walking a hundred bps of levels is not free.
        if (!(at - readAt < readMs)) read(at, at - lookedAt < lookMs ? wallReach : Infinity)
        look(at)
        let column = from
        for (const bps of shown) {
          const place = curve.indexOf(bps)
          for (const { curve: own, history: past } of both) {
            const median = usual(past[place]!, 0.5)
            into[column++] = median > 0 ? own.money[place]! / median : NaN
          }
        }
        for (const { curve: own } of both) {
          into[column++] = own.wallTimes
          into[column++] = own.wallBps
        }
      },
      why(_at, field) {
        if (field >= 8) return unavailable('Too few levels within 50 bps to say what is usual there.')
        const place = curve.indexOf(shown[field >> 1]!)
        const past = (field % 2 === 0 ? bids : asks).history[place]!
        if (past.count < leastLooks) return gathering(past.count, leastLooks, 'looks, one every 5 s')
        return unavailable('The book is not known that far, or usually nothing rests there.')
      },
      table(at) {
        read(at, Infinity)
        const hour = (past: Recent): number[] => [
          ...[0.1, 0.5, 0.9].map((share) => usual(past, share)),
          past.count / mostLooks
        ]
        return Float64Array.from(
          curve.flatMap((bps, place) => [
            bps,
            ...[bids, asks].flatMap(({ curve: own, history: past }) => [
              own.money[place]!,
              ...hour(past[place]!)
            ])
          ])
        )
      }
    }
  }
}
