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
