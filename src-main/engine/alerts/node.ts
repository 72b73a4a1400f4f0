/** Of a condition: 2 on · 1 between its levels, neither on nor past OFF · 0 past OFF · NaN unknown (Kleene). */
export type Level = number
export const on = 2
export const between = 1
export const past = 0

/** The figure that leads a condition, for what is told of it. */
export interface Lead {
  readonly metric: string
  readonly field: string
  /** With its own sign; NaN while unknown. */
  readonly value: number
  /** The same turned so that more is nearer to firing. */
  readonly shown: number
  /** Its ON level with its own sign; NaN where there is none yet. */
  readonly threshold: number
  readonly thresholdWords: string
  /** In [0, 1]; NaN without a history. */
  readonly percentile: number
}

/** A condition at work on one side of one instrument. */
export interface Node {
  /** Asked once a sample, in time order: some conditions remember. `mono` in ms. */
  level(mono: number): Level
  /** Takes its levels from the history as it is now; not asked while they must not move. */
  refresh(): void
  /** Continuity was lost: what was remembered counts no more. */
  forget(): void
  /** In [0, 1]: how much of the history it needs was seen. */
  readonly learned: number
  readonly lead: Lead | undefined
}
