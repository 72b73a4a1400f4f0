import { burst } from './churn'
import type { Pit } from './pit'

/**
 * An order of `lots` takes what rests, level by level, up to and including the price `stop` beyond its first level (NaN: no
 * stop). A level's fill is printed as one trade per resting order met. Answers the lots done.
 */
export function execute(pit: Pit, sign: 1 | -1, lots: number, stop = NaN): number {
  const { ladder, preset } = pit
  const isBid = sign < 0
  const touch = isBid ? ladder.bid : ladder.ask
  let done = 0
  while (done < lots) {
    const price = isBid ? ladder.bid : ladder.ask
    if (!ladder.holds(price)) break
    if (done > 0 && (isBid ? price < stop : price > stop)) break
    const here = ladder.at(price)
    const taken = Math.min(lots - done, here)
    print(pit, price, taken, sign)
    done += taken
    ladder.set(price, here - taken, isBid)
    if (taken === here) pit.walls.delete(price)
    if (refill(pit, price, taken, here - taken, isBid)) break
  }
  // Concave and transient: a crude propagator.
  pit.impact += sign * preset.impactBps * Math.pow((done * pit.baseOfLot) / preset.touchMean, 0.6)
  if (touch !== (isBid ? ladder.bid : ladder.ask)) burst(pit)
  return done
}

/** What an iceberg shows again once its display is gone. True when it did: the order that met it stops there. */
function refill(pit: Pit, price: number, taken: number, left: number, isBid: boolean): boolean {
  const iceberg = pit.icebergs.get(price)
  if (!iceberg) return false
  iceberg.traded += taken
  if (left > 0) return false
  if (iceberg.left === 0) {
    pit.icebergs.delete(price)
    return false
  }
  const show = Math.min(iceberg.show, iceberg.left)
  iceberg.left -= show
  iceberg.refills++
  pit.ladder.set(price, show, isBid)
  return true
}

function print(pit: Pit, price: number, lots: number, sign: 1 | -1): void {
  const { preset, chance } = pit
  const { sink, agenda } = pit.around
  for (let left = lots; left > 0;) {
    const part = Math.min(left, pit.lotsOf(chance.lognormal(preset.fillMedian, preset.fillSd)))
    sink.trade(preset, agenda.clock, ++pit.tradeId, price, part, sign)
    left -= part
  }
}
