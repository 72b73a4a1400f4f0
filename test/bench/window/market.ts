import type { BookView } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { perpetual } from '../../support/fake-desk.svelte'
import { numbers } from './scene'

export const instrument = perpetual('sim', 'BTCUSDT')

const middle = 617_000

/** A book of `levels` a side, a tick apart, of which some change with every call and which drifts slowly. */
export function movingBook(levels: number, changes: number): (at: number) => BookView {
  const chance = numbers(7)
  const size = () => Math.ceil(-Math.log(1 - chance()) * 4_000)
  const sizes = Array.from({ length: 2 }, () => Float64Array.from({ length: levels }, size))
  let mid = middle
  return (at) => {
    if (chance() < 0.1) mid += chance() < 0.5 ? 1 : -1
    for (let n = 0; n < changes; n++) {
      const side = sizes[n % 2]!
      side[Math.floor(chance() ** 2 * levels)] = size()
    }
    const [bids, asks] = [new Float64Array(2 * levels), new Float64Array(2 * levels)]
    for (let n = 0; n < levels; n++) {
      bids[2 * n] = mid - n
      bids[2 * n + 1] = sizes[0]![n]!
      asks[2 * n] = mid + 1 + n
      asks[2 * n + 1] = sizes[1]![n]!
    }
    const edges = { knownBid: mid - levels + 1, knownAsk: mid + levels }
    return { instrument: instrument.id, at: millis(at), sequence: NaN, bids, asks, ...edges }
  }
}
