import type { EpisodeWish, Stage } from './stage'

const REJOIN_MS = 500
const REJOIN_SHARE = 0.12
const REJOINED_BPS = 0.3

/** This venue parts from the others for a while, then drifts back over some twenty seconds. */
export function dislocation(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance } = stage
  const bps = wish.bps ?? chance.sign() * chance.between(6, 15)
  let apart = bps
  pit.shift += bps
  stage.begin({ bps })
  stage.wait(1000 * (wish.seconds ?? chance.between(5, 20)), rejoin)

  function rejoin(): void {
    const part = Math.abs(apart) > REJOINED_BPS ? apart * REJOIN_SHARE : apart
    apart -= part
    pit.shift -= part
    if (apart !== 0) stage.wait(REJOIN_MS, rejoin)
    else stage.end()
  }
}
