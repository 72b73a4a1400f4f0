import { mean } from '../../engine/math/mean'
import { ols } from '../../engine/math/ols'
import { principalComponent } from '../../engine/math/principal-component'
import type { Intervals } from './intervals'
import type { Session } from './session'

/** Mid changes on the flows of levels 1..j, for every j (Xu, Gould and Howison 2019); out of sample: fitted on the first half, judged on the second. */
export function levelByLevel(flows: readonly Float64Array[], moves: Float64Array) {
  const half = Math.floor(moves.length / 2)
  const upTo = flows.map((_, level) => flows.slice(0, level + 1))
  const fits = upTo.map((columns) => ols(columns, moves))
  return {
    mlofi_r2_by_levels: fits.map((fit) => fit.r2),
    mlofi_adj_r2_by_levels: fits.map((fit) => fit.adjustedR2),
    mlofi_oos_r2_firsthalf_to_second: upTo.map((columns) => {
      const { alpha, betas } = ols(
        columns.map((it) => it.subarray(0, half)),
        moves.subarray(0, half)
      )
      const rest = moves.subarray(half)
      const average = mean(rest)
      let [left, total] = [0, 0]
      for (const [i, move] of rest.entries()) {
        const said = betas.reduce((sum, beta, level) => sum + beta * columns[level]![half + i]!, alpha)
        left += (move - said) ** 2
        total += (move - average) ** 2
      }
      return total > 0 ? 1 - left / total : NaN
    })
  }
}

/** Flows over the mean depth of their interval, put together by the first principal component (Cont, Cucuringu and Zhang 2023). Intervals without a message are left out. */
export function integratedFlow(
  session: Session,
  { edges, count }: Intervals,
  flows: readonly Float64Array[],
  moves: Float64Array
) {
  const depth = cumulativeDepth(session)
  const used = Array.from({ length: count }, (_, i) => i).filter((i) => edges[i + 1]! > edges[i]!)
  const depths = used.map((i) => {
    const [from, to] = [edges[i]!, edges[i + 1]!]
    return (depth[to + 1]! - depth[from + 1]!) / (to - from)
  })
  const scaled = flows.map((flow) => used.map((i, place) => flow[i]! / depths[place]!))
  const kept = used.map((i) => moves[i]!)
  const { weights, explained } = principalComponent(scaled)
  const together = kept.map((_, row) =>
    weights.reduce((sum, weight, level) => sum + weight * scaled[level]![row]!, 0)
  )
  return {
    weights,
    explained_var_ratio: explained,
    r2: ols([together], kept).r2,
    r2_best_level_scaled: ols([scaled[0]!], kept).r2,
    n: kept.length
  }
}

/** Exclusive running sum over rows of the mean level size (both sides), in shares. */
function cumulativeDepth({ rows, levels, bids, asks }: Session): Float64Array {
  const out = new Float64Array(rows + 1)
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let level = 0; level < levels; level++)
      sum += (bids.sizes[level]![row]! + asks.sizes[level]![row]!) / 2
    out[row + 1] = out[row]! + sum / levels
  }
  return out
}
