import type { Touch } from '../../../src-main/engine/book/changes'
import { Forecaster } from '../../../src-main/engine/forecast/forecaster'
import { Chance } from '../../../src-main/engine/market/chance'

export const noDepth = { levels5: () => NaN, band10: () => NaN }

/** How strongly queues foretell: the log-odds that the next move is up is `slope` times the queue imbalance. */
export type Slope = (second: number) => number

/**
 * A market of one-tick spreads in which every 200 ms queues are drawn anew and 100 ms later the mid moves a tick, up by the planted odds. With a slope of 0
 * it is a random walk, and no queue means anything.
 */
export function playPlanted(seed: number, seconds: number, slope: Slope, window = 6_000): Forecaster {
  const forecaster = new Forecaster(noDepth, { halfLifeMinutes: 45, window })
  const chance = new Chance(seed, 'planted')
  let bid = 100_000
  for (let turn = 0; turn < seconds * 5; turn++) {
    const at = 1_000_000 + turn * 200
    const share = chance.next()
    const queue = 2 * share - 1
    forecaster.onTouch(touchOf(bid, share), at + 10)
    const pUp = 1 / (1 + Math.exp(-slope((turn * 200) / 1_000) * queue))
    bid += chance.next() < pUp ? 1 : -1
    forecaster.onTouch(touchOf(bid, 0.5), at + 150)
  }
  return forecaster
}

const touchOf = (bid: number, share: number): Touch => ({
  bid,
  bidSize: 1 + share * 100,
  ask: bid + 1,
  askSize: 1 + (1 - share) * 100
})
