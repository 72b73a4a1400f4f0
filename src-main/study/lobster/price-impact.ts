import { ols } from '../../engine/math/ols'
import { changes, everySeconds } from './intervals'
import { cumulativeSignedVolume } from './order-flow'
import { executed, isTrade, ticksPerUsd, type Session } from './session'

/** Kyle's lambda: change of the mid in USD per net bought share of all trades, and of visible ones only. */
export function kyle(session: Session) {
  const every = cumulativeSignedVolume(session, isTrade)
  const visible = cumulativeSignedVolume(session, (type) => type === executed)
  const at = (seconds: number) => {
    const intervals = everySeconds(session, seconds)
    const moves = changes(intervals, session.mids).map((ticks) => ticks / ticksPerUsd)
    const all = ols([changes(intervals, every)], moves)
    const seen = ols([changes(intervals, visible)], moves)
    return {
      lambda_usd_per_share: all.betas[0]!,
      r2: all.r2,
      n: all.n,
      lambda_type4_only: seen.betas[0]!,
      r2_type4_only: seen.r2
    }
  }
  return { '10s': at(10), '60s': at(60), '300s': at(300) }
}
