import { sampleHead } from '../../../src-shared/contract/frames'
import { isFollowed, type BookStatus } from '../../../src-shared/status'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { millis, type Millis } from '../../../src-shared/units'
import type { Desk } from '../../state/desk'
import type { Market } from '../../state/market'
import { decimal } from '../../../src-shared/format'
import { sharesOf } from '../../parts/members'
import { basisBps, interestWords, toldWords } from '../../parts/reference'
import { micropriceNow, type Microprice } from '../../parts/microprice'
import { nameOf, type Name } from '../../parts/names'
import { priceText } from '../../../src-shared/figure-text'
import { whyNot, type Why } from '../../parts/why'
import type { Sparklines } from './sparkline'

/** What the table shows of one instrument. Numbers are NaN where unknown, and all of them while the book is not live. */
export interface Row {
  readonly id: InstrumentId
  readonly name: Name
  readonly why: Why | undefined
  readonly mid: string
  /** The last ten minutes of the mid, a path; see sparkline.ts. */
  readonly spark: string
  /** Change of the mid since `since`, a share. */
  readonly change: number
  /** The oldest sample with a mid that this window holds, ms; NaN before one. */
  readonly since: Millis
  readonly spreadBps: number
  /** Within 10 bps, [-1, 1]. */
  readonly imbalance: number
  readonly micro: Microprice
  readonly messagesPerSecond: number
  /** Since the book last changed or was confirmed, ms. */
  readonly ageMs: number
  /** Of its book: an unverified one has its figures, and never without saying so. */
  readonly state: BookStatus['state']
  /** `2/3` for a sum of which a book is missing; empty otherwise. */
  readonly partial: string
  /** Of a derivative, as its venue told last; `mark` as text with the price's decimals. */
  readonly mark: string
  readonly basisBps: number
  readonly funding: number
  readonly openInterest: number
  readonly markIv: number
  readonly delta: number
  /** How old these are, or why they are not known; empty where nothing was ever told. Of the open interest apart. */
  readonly toldWords: string
  readonly interestWords: string
  /** Of the forecast over 1 s. `chance` of up, known only while an edge is proven; `edge` 1 proven, 0 not, NaN too little history; `error` of calibration. */
  readonly chance: number
  readonly edge: number
  readonly error: number
  /** Of the columns that were chosen, by `metric.field`. */
  readonly figures: ReadonlyMap<string, number>
  readonly instrument: Instrument | undefined
}

/** `status` and `now` are passed in: a change of them is a new row, a change of figures alone waits for the next `now`. */
export function rowOf(
  desk: Desk,
  id: InstrumentId,
  status: BookStatus,
  now: Millis,
  chosen: readonly string[] = [],
  sparklines?: Sparklines
): Row {
  const { market } = desk
  const shares = sharesOf(desk, id)
  const isPartial = shares !== undefined && isFollowed(status) && shares.live < shares.all.length
  const why = whyNot(status, now)
  const mid = market.figure(id, 'price', 'mid')
  const first = firstMid(market, id)
  const sample = market.row(id)
  const told = isFollowed(status) ? market.reference(id) : undefined
  const decimals = market.instrument(id)?.price.decimals ?? 2
  return {
    partial: isPartial ? `${shares.live}/${shares.all.length}` : '',
    state: status.state,
    mark: decimal(told?.mark ?? NaN, decimals),
    basisBps: told ? basisBps(told) : NaN,
    funding: told?.funding ?? NaN,
    openInterest: told?.openInterest ?? NaN,
    markIv: told?.markIv ?? NaN,
    delta: told?.delta ?? NaN,
    toldWords: told ? toldWords(told, now) : '',
    interestWords: told ? interestWords(told, now) : '',
    chance: market.figure(id, 'forecast', 's1-up'),
    edge: market.figure(id, 'forecast', 's1-edge'),
    error: market.figure(id, 'forecast', 's1-ece'),
    figures: new Map(
      chosen.map((column) => {
        const [metric = '', field = ''] = column.split('.')
        return [column, market.figure(id, metric, field)]
      })
    ),
    instrument: market.instrument(id),
    id,
    name: nameOf(market, id),
    why,
    mid: priceText(market.instrument(id), mid),
    spark: sparklines?.of(market, id, now) ?? '',
    change: mid / first.mid - 1,
    since: first.at,
    spreadBps: market.figure(id, 'spread', 'bps'),
    imbalance: market.figure(id, 'imbalance', 'bps10'),
    micro: micropriceNow(desk, id),
    messagesPerSecond: market.figure(id, 'rate', 'book'),
    // `now` moves four times a second; a sample may be younger than its last move.
    ageMs:
      isFollowed(status) && sample ? Math.max(now, sample[sampleHead.at]!) - sample[sampleHead.heardAt]! : NaN
  }
}

/** Samples at the start of a series are looked at no further than this for one with a mid. */
const farthest = 600

function firstMid(market: Market, id: InstrumentId): { readonly mid: number; readonly at: Millis } {
  const series = market.series(id)
  const column = market.column('price', 'mid')
  if (column < 0) return { mid: NaN, at: millis(NaN) }
  for (let row = 0; row < Math.min(series.length, farthest); row++) {
    const mid = series.value(row, column)
    if (Number.isFinite(mid)) return { mid, at: series.at(row) }
  }
  return { mid: NaN, at: millis(NaN) }
}
