import type { BookView } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { notionalOf } from '../../../src-shared/instrument'
import { lots, ticks } from '../../../src-shared/units'
import { frontier } from '../../parts/frontier'

/** One side's money by distance from the mid. */
export interface Curve {
  /** Distance of each level, bps, rising. */
  readonly bps: readonly number[]
  /** Quote money up to and with each level. */
  readonly money: readonly number[]
  /** Beyond this distance nothing is known, bps; Infinity when all of it is. */
  readonly knownTo: number
}

export interface Curves {
  readonly mid: number
  readonly bid: Curve
  readonly ask: Curve
  /** Of a group: the same, whose it is. */
  readonly members: readonly { readonly id: InstrumentId; readonly bid: Curve; readonly ask: Curve }[]
}

/** The curves of a book up to `reach` bps; undefined where a side is empty. `asked` is the number of levels a side that were asked for. */
export function curvesOf(
  instrument: Instrument,
  book: BookView,
  reach: number,
  asked: number
): Curves | undefined {
  const [bid, ask] = [book.bids[0], book.asks[0]]
  if (bid === undefined || ask === undefined) return undefined
  const mid = (bid + ask) / 2
  const side = (which: 'bid' | 'ask', sizeOf?: (row: number) => number): Curve => {
    const levels = which === 'bid' ? book.bids : book.asks
    const known = frontier(levels, which, which === 'bid' ? book.knownBid : book.knownAsk, asked)
    return curveOf(instrument, levels, mid, known, reach, sizeOf)
  }
  const { members } = book
  return {
    mid,
    bid: side('bid'),
    ask: side('ask'),
    members: (members?.ids ?? []).map((id, place) => ({
      id,
      bid: side('bid', (row) => members!.bids[row * members!.ids.length + place] ?? 0),
      ask: side('ask', (row) => members!.asks[row * members!.ids.length + place] ?? 0)
    }))
  }
}

function curveOf(
  instrument: Instrument,
  levels: Float64Array,
  mid: number,
  known: number,
  reach: number,
  sizeOf: ((row: number) => number) | undefined
): Curve {
  const bps: number[] = []
  const money: number[] = []
  let sum = 0
  for (let i = 0; i + 1 < levels.length; i += 2) {
    const price = levels[i]!
    const away = (Math.abs(price - mid) / mid) * 1e4
    if (away > reach) break
    const size = sizeOf ? sizeOf(i / 2) : levels[i + 1]!
    if (size <= 0) continue
    sum += notionalOf(instrument, ticks(price), lots(size))
    bps.push(away)
    money.push(sum)
  }
  return {
    bps,
    money,
    knownTo: Math.abs(known) === Infinity ? Infinity : (Math.abs(known - mid) / mid) * 1e4
  }
}

/** Money within `away` bps; NaN where that is not known. */
export function within({ bps, money, knownTo }: Curve, away: number): number {
  if (away > knownTo) return NaN
  let at = bps.length
  while (at > 0 && bps[at - 1]! > away) at--
  return at === 0 ? 0 : money[at - 1]!
}
