import { correlation } from '../../engine/math/correlation'
import { lastAt } from '../../engine/math/last-at'
import { mean } from '../../engine/math/mean'
import { ols } from '../../engine/math/ols'
import { closing, opening, priceUnitsPerTick, type Session } from './session'

const horizon = 10

/** Does the size-weighted mid come nearer to the mid some seconds later than the mid itself? Squared errors in ticks, each second of the day. */
export function microprice(session: Session) {
  const long = ahead(session, horizon)
  const short = ahead(session, 1)
  return {
    mse_mid: long.mseMid,
    mse_weighted_mid: long.mseWeighted,
    n: long.leans.length,
    corr_wm_adj_vs_future: correlation(long.leans, long.moves),
    ols_slope: ols([long.leans], long.moves).betas[0]!,
    horizon_s: horizon,
    h1s: {
      mse_mid: short.mseMid,
      mse_weighted_mid: short.mseWeighted,
      corr: correlation(short.leans, short.moves)
    }
  }
}

/** Both horizons use the same seconds, the ones the longer horizon allows. */
function ahead(session: Session, seconds: number) {
  const { times, mids } = session
  const leans: number[] = []
  const moves: number[] = []
  for (let at = opening + 1; at < closing - horizon; at++) {
    const now = lastAt(times, at)
    leans.push(weightedMid(session, now) - mids[now]!)
    moves.push(mids[lastAt(times, at + seconds)]! - mids[now]!)
  }
  return {
    leans,
    moves,
    mseMid: mean(moves.map((move) => move ** 2)),
    mseWeighted: mean(moves.map((move, i) => (move - leans[i]!) ** 2))
  }
}

/** In ticks: each price weighs by the size on the other side. */
function weightedMid({ bids, asks }: Session, row: number): number {
  const [bid, ask] = [bids.sizes[0]![row]!, asks.sizes[0]![row]!]
  const both = bid * asks.prices[0]![row]! + ask * bids.prices[0]![row]!
  return both / (bid + ask) / priceUnitsPerTick
}
