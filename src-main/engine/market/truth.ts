import type { Millis } from '../../../src-shared/units'
import type { Asset } from './assets'
import type { Regime } from './regimes'

export type EpisodeKind =
  | 'wall'
  | 'spoof'
  | 'iceberg'
  | 'absorption'
  | 'sweep'
  | 'vacuum'
  | 'metaorder'
  | 'dislocation'
  | 'cascade'
  | 'lull'
  | 'jump'

export type BookSide = 'bid' | 'ask'

/** How an episode ended. `stopped`: its instrument was unsubscribed meanwhile. */
export type Outcome = 'pulled' | 'eaten' | 'withdrawn' | 'filled' | 'stopped'

/** What an episode is about, and at its end what came of it. Prices in ticks, sizes in lots, distances in bps. */
export interface EpisodeFacts {
  readonly side?: BookSide | 'both'
  /** +1 buys, -1 sells. */
  readonly sign?: 1 | -1
  readonly priceTicks?: number
  readonly lots?: number
  readonly totalLots?: number
  readonly displayLots?: number
  readonly layers?: number
  /** The wall will be pulled when the price comes near. */
  readonly shy?: boolean
  readonly bps?: number
  readonly movedBps?: number
  readonly staysBps?: number
  readonly outcome?: Outcome
  readonly leftLots?: number
  readonly refills?: number
  readonly flowLots?: number
  readonly tradedAtPriceLots?: number
  /** How far the touch went past the price while the episode lasted. */
  readonly throughTicks?: number
  readonly cycles?: number
  readonly shownLots?: number
  readonly tradedLots?: number
  readonly orders?: number
  readonly impactBps?: number
  readonly shortfallBps?: number
}

/** `missed`: planted on an instrument that was not running when its time came. */
export type EpisodePhase = 'start' | 'end' | 'missed'

export interface EpisodeTruth extends EpisodeFacts {
  readonly type: 'episode'
  readonly at: Millis
  readonly phase: EpisodePhase
  readonly id: number
  readonly kind: EpisodeKind
  /** The symbol; for a jump the asset is named instead. */
  readonly instrument?: string
  readonly asset?: Asset
  /** At the end: when it began. */
  readonly start?: Millis
}

export interface RegimeTruth {
  readonly type: 'regime'
  readonly at: Millis
  readonly regime: Regime
}

/** Once a second: what is hidden behind the books. */
export interface StateTruth {
  readonly type: 'state'
  readonly at: Millis
  readonly regime: Regime
  readonly volBpsPerSqrtS: Readonly<Record<Asset, number>>
  /** Hidden price of each asset in quote money. */
  readonly fundamental: Readonly<Record<Asset, number>>
  /** Fair value by symbol in quote money, of the instruments that run. */
  readonly fair: Readonly<Record<string, number>>
}

/** What really happens. It goes to tests and never to the engine. */
export type Truth = EpisodeTruth | RegimeTruth | StateTruth
