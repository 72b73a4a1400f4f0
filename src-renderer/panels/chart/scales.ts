/** Width right of the plots: the gutter and the axis, the same in both so that one time is one x. */
export const gutter = 44
export const axisWidth = 64
export const timeAxisHeight = 20

/**
 * The price range for data from `low` to `high`: 8 % of air, and never less than `least` high, so that a market that stands still is a
 * flat line and not noise.
 */
export function priceRange(low: number | null, high: number | null, least: number): [number, number] {
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return [0, least]
  const air = Math.max((high - low) * 0.08, (least - (high - low)) / 2)
  return [low - air, high + air]
}

/** Decimals that tell axis labels apart that lie `increment` apart, at most those of the price grid. */
export function labelDecimals(increment: number, most: number): number {
  if (!(increment > 0)) return most
  const needed = Math.ceil(-Math.log10(increment) - 1e-9)
  return Math.min(most, Math.max(0, needed + (isRound(increment) ? 0 : 1)))
}
/** 0.2 and 5 need their first digit only; 0.25 and 2.5 one more. */
function isRound(increment: number): boolean {
  const mantissa = increment / 10 ** Math.floor(Math.log10(increment) + 1e-9)
  return Math.abs(mantissa - Math.round(mantissa)) < 1e-6
}

/** Moves labels (y, top first) apart to at least `apart` px, inside [top, bottom], keeping their order. */
export function spaced(ys: readonly number[], apart: number, top: number, bottom: number): number[] {
  const order = ys.map((_, i) => i).sort((a, b) => ys[a]! - ys[b]!)
  const placed = ys.map((y) => Math.min(bottom, Math.max(top, y)))
  for (let k = 1; k < order.length; k++) {
    placed[order[k]!] = Math.max(placed[order[k]!]!, placed[order[k - 1]!]! + apart)
  }
  const over = order.length > 0 ? placed[order.at(-1)!]! - bottom : 0
  if (over <= 0) return placed
  placed[order.at(-1)!] = bottom
  for (let k = order.length - 2; k >= 0; k--) {
    placed[order[k]!] = Math.min(placed[order[k]!]!, placed[order[k + 1]!]! - apart)
  }
  return placed
}
