import type { Grid } from '../../../src-shared/instrument'

export interface Refinement {
  readonly grid: Grid
  /** Whole: how many new points one old step holds. */
  readonly factor: number
}

/**
 * The coarsest grid that holds every point of `grid` and the decimal `text` too. Undefined when `text` is no plain decimal, is on the grid
 * already, or would need points too fine for whole numbers below 2^53 (a factor beyond 10^9).
 */
export function finerGrid(grid: Grid, text: string): Refinement | undefined {
  const match = /^-?(\d{1,15})(?:\.(\d{1,18}))?$/.exec(text)
  if (!match) return undefined
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  const decimals = Math.max(grid.decimals, fraction.length)
  const step = grid.step * 10 ** (decimals - grid.decimals)
  const value = Number(match[1]! + fraction.padEnd(decimals, '0'))
  if (!Number.isSafeInteger(step) || !Number.isSafeInteger(value)) return undefined
  const finer = divisor(step, value)
  const factor = step / finer
  if (factor === 1 || factor > 1e9) return undefined
  return { grid: { decimals, step: finer }, factor }
}

/** Greatest common divisor (Euclid). */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b)
}
