import type { Asset } from './assets'

/** One over a power of ten, or one: a step whose decimals are known, so that text is exact. */
export interface Step {
  readonly text: string
  readonly decimals: number
}

/**
 * Everything that tells one simulated instrument from another. Money is in quote currency, sizes in base units, distances in
 * bps, times in the unit named, rates per second in regime active.
 */
export interface Preset {
  readonly symbol: string
  /** A made-up venue. No exchange is called so. */
  readonly venue: string
  readonly asset: Asset
  readonly kind: 'spot' | 'linear' | 'inverse'
  readonly quote: string
  readonly tick: Step
  readonly lot: Step
  /** What a size of 1 stands for: base units, or quote money of an inverse contract. */
  readonly contract: number
  /** The window of the ladder is 2^bits ticks. */
  readonly bits: number
  readonly depthMs: number
  /** When its diffs go out within the interval, so that instruments take turns. */
  readonly depthPhaseMs: number

  /** How late and how differently this venue sees the hidden price. */
  readonly lagMs: number
  readonly basisBps: number
  readonly noiseBps: number
  readonly noiseTauS: number
  /** What an execution the size of a touch adds to fair value here, and how long it lasts. */
  readonly impactBps: number
  readonly impactTauS: number

  /** Fair value may part from the anchor by about so much before quotes move. */
  readonly hBps: number
  /** Spread of the new anchor around fair value, in h. */
  readonly overshoot: number
  /** How readily a broken touch starts a move. */
  readonly breakShare: number
  /** Steps of a move that are sweeps rather than pulls; the first step; the size of that first sweep in touches. */
  readonly sweepShare: number
  readonly sweepFirst: number
  readonly sweepSize: number
  /** Another venue's move is followed from this pull on, so often. */
  readonly followAt: number
  readonly followShare: number
  readonly reactMs: number
  readonly retreatMs: number
  /** Small orders that run after a move; levels pulled at most in one step. */
  readonly chasers: number
  readonly pullLevels: number

  /** How strongly joiners, leavers, takers and fresh quotes lean on the pull. */
  readonly leanJoin: number
  readonly leanCancel: number
  readonly leanTake: number
  readonly leanFresh: number

  readonly joinRate: number
  readonly cancelRate: number
  readonly touchMean: number
  readonly joinMedian: number
  readonly joinSd: number

  readonly takeRate: number
  readonly informedRate: number
  readonly takeMedian: number
  readonly takeSd: number
  /** Size of one resting order met. */
  readonly fillMedian: number
  readonly fillSd: number
  /** Parent orders alive at a time, and the Pareto law of their lengths. */
  readonly parents: number
  readonly parentLeast: number
  readonly parentExponent: number
  /** Orders that have a child, after 1/childBeta seconds, of the same sign. */
  readonly childShare: number
  readonly childBeta: number
  readonly childSame: number

  readonly spreadTicks: number
  readonly gapFillRate: number
  /** Gaps closed in one step; size of a fresh touch in touches. */
  readonly jumpShare: number
  readonly freshShare: number

  readonly ladderRate: number
  readonly distanceMedianBps: number
  readonly distanceSd: number
  /** Expected ticks between levels: at the touch and behind it; and factors on what makers aim at. */
  readonly gap: readonly [near: number, far: number]
  readonly want: readonly [near: number, far: number]
  readonly gapDecayBps: number
  readonly gapFlatBps: number
  readonly usdPerBps10: number
  readonly depthGamma: number
  readonly depthKneeBps: number
  readonly depthTail: number
  readonly levelSd: number
  /** New levels that are gone after a blink. */
  readonly flicker: number
  /** Levels redone when the touch breaks, per bp of open spread. */
  readonly burstPerBps: number
  /** Every so many ticks is a round price. */
  readonly roundEvery: number
}

/** The value of one step. */
export const valueOf = (step: Step): number => 10 ** -step.decimals
