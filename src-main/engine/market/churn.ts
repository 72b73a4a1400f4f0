import type { Pit } from './pit'
import { levelSize, wantedGap } from './shape'

/** Levels redone at most after one break of the touch, and at a time. */
const BURST_MOST = 900
const BURST_STEP = 24
/** Open spread that still makes a burst larger, in bps. */
const BURST_SPREAD_BPS = 8

/**
 * The book behind the touch regulates itself, `bps` away on one side: where the gap to the next level is wide a level
 * appears, where it is narrow that next one changes or goes.
 */
export function regulate(pit: Pit, bps: number): void {
  const { ladder, preset, chance } = pit
  const isBid = chance.coin()
  const off = Math.max(1, Math.round(bps * pit.ticksPerBp))
  if (off > ladder.span * 0.45) return
  let price = isBid ? ladder.bid - off : ladder.ask + off
  if (off > preset.roundEvery && chance.coin(0.22)) price -= price % preset.roundEvery
  if ((isBid ? price >= ladder.bid : price <= ladder.ask) || pit.isHeld(price)) return
  const next = isBid ? ladder.down(price) : ladder.up(price)
  const gap = Math.abs(next - price)
  const mood = Math.max(0.2, isBid ? pit.mood.bidDepth : pit.mood.askDepth)
  const want = wantedGap(pit, bps) / mood
  if (gap > 0 && chance.next() < gap / (gap + want)) appear(pit, bps, price, isBid)
  else if (ladder.holds(next) && !pit.isHeld(next)) change(pit, bps, next, isBid)
}

/** The touch went one way: quotes near it are redone in a burst. This makes the tail of changes per message heavy. */
export function burst(pit: Pit): void {
  const { ladder, chance, preset } = pit
  const bps = Math.min(BURST_SPREAD_BPS, (ladder.ask - ladder.bid) / pit.ticksPerBp)
  const drawn = preset.burstPerBps * (0.04 + bps) * chance.lognormal(0.45, 1.35)
  const count = Math.min(BURST_MOST, Math.floor(drawn))
  if (count > 0)
    pit.later(2 + chance.exponential(12), () => {
      redo(pit, count)
    })
}

function redo(pit: Pit, left: number): void {
  const { chance, preset } = pit
  const count = Math.min(left, BURST_STEP)
  for (let i = 0; i < count; i++) regulate(pit, chance.lognormal(preset.distanceMedianBps * 0.7, 1.3))
  if (left > count)
    pit.later(chance.exponential(6), () => {
      redo(pit, left - count)
    })
}

function appear(pit: Pit, bps: number, price: number, isBid: boolean): void {
  pit.ladder.set(price, levelSize(pit, bps, price, isBid), isBid)
  if (!pit.chance.coin(pit.preset.flicker)) return
  pit.later(pit.chance.lognormal(90, 1), () => {
    const { ladder } = pit
    const isBehind = isBid ? price < ladder.bid : price > ladder.ask
    if (isBehind && ladder.at(price) > 0 && !pit.isHeld(price)) ladder.set(price, 0, isBid)
  })
}

function change(pit: Pit, bps: number, price: number, isBid: boolean): void {
  const { ladder, chance } = pit
  if (chance.coin(0.65)) ladder.set(price, levelSize(pit, bps, price, isBid), isBid)
  else ladder.set(price, chance.coin(0.15) ? ladder.at(price) >> 1 : 0, isBid)
}
