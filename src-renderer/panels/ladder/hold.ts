/** Where the ladder stands: `above` rows of asks lie above the mid row, whose best ask group is `ask`. */
export interface Hold {
  readonly above: number
  readonly ask: number
  readonly group: number
}

/** The middle of a ladder of `rows` rows. */
export const middle = (rows: number): number => Math.floor(rows / 2)

/**
 * Keeps prices where they are while the touch moves: the mid row wanders instead. A locked ladder takes the mid row back to the
 * middle when it leaves the middle 40 % of the rows; an unlocked one never does.
 */
export function followed(
  hold: Hold | undefined,
  ask: number,
  group: number,
  rows: number,
  locked: boolean
): Hold {
  if (hold?.group !== group) return { above: middle(rows), ask, group }
  const above = hold.above - (ask - hold.ask) / group
  const strayed = Math.abs(above - rows / 2) > 0.2 * rows
  return { above: locked && strayed ? middle(rows) : above, ask, group }
}
