import type { Pit } from './pit'

/** Expected ticks between two levels, `bps` behind the touch. */
export function gapAt(pit: Pit, bps: number): number {
  const { gap, gapDecayBps, gapFlatBps } = pit.preset
  return gap[1] * Math.max(1, bps / gapFlatBps) + (gap[0] - gap[1]) * Math.exp(-bps / gapDecayBps)
}

/** The gap makers aim at. Moves and flicker thin the near book faster than it is visited, so they aim denser than what results. */
export function wantedGap(pit: Pit, bps: number): number {
  const { want, gapDecayBps } = pit.preset
  const flat = want[1] + (1 - want[1]) * Math.min(1, bps / 60)
  return gapAt(pit, bps) * (flat + (want[0] - want[1]) * Math.exp(-bps / gapDecayBps))
}

/** Expected quote money per bp, `bps` behind the touch: a power up to the knee, another beyond. */
export function usdPerBp(pit: Pit, bps: number): number {
  const { usdPerBps10, depthGamma, depthKneeBps, depthTail } = pit.preset
  const x = Math.max(bps, 0.3)
  if (x < depthKneeBps) return usdPerBps10 * Math.pow(x / 10, depthGamma - 1)
  return usdPerBps10 * Math.pow(depthKneeBps / 10, depthGamma - 1) * Math.pow(x / depthKneeBps, -depthTail)
}

/** A size in lots for a new level, drawn. Round prices carry more. */
export function levelSize(pit: Pit, bps: number, price: number, isBid: boolean): number {
  const { roundEvery, levelSd } = pit.preset
  const mood = isBid ? pit.mood.bidDepth : pit.mood.askDepth
  const usd = ((usdPerBp(pit, bps) * gapAt(pit, bps)) / pit.ticksPerBp) * pit.around.regimes.depth * mood
  const round = price % roundEvery === 0 ? 2.2 : 0.85
  const median = usd * round * Math.exp((-levelSd * levelSd) / 2)
  return Math.max(1, Math.round(pit.chance.lognormal(median, levelSd) / pit.usdOfLot))
}
