/** The strip under the bands that shows the regime, px. */
export const stripHeight = 20
/** Air above it, px. */
const air = 6

/** The lower end of the y scale that leaves room for the strip below −1 on a plot so many px high. */
export function lowEnd(height: number): number {
  const bands = height - stripHeight - air
  return bands > 0 ? 1 - (2 * height) / bands : -1
}

/** Px from the top of a plot. */
export const yOf = (value: number, height: number): number => ((1 - value) / (1 - lowEnd(height))) * height

export const valueAt = (y: number, height: number): number => 1 - (y / height) * (1 - lowEnd(height))

/** Where zero is, as a share of the height from the top. */
export const zeroShare = (height: number): number => 1 / (1 - lowEnd(height))
