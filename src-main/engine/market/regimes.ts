import type { Chance } from './chance'

export type Regime = 'calm' | 'active' | 'stormy'

interface RegimeTraits {
  readonly vol: number
  readonly activity: number
  readonly depth: number
  /** Mean stay in seconds. */
  readonly staysS: number
}

const traits: Readonly<Record<Regime, RegimeTraits>> = {
  calm: { vol: 0.45, activity: 0.5, depth: 1.25, staysS: 480 },
  active: { vol: 1, activity: 1, depth: 1, staysS: 240 },
  stormy: { vol: 2.5, activity: 2, depth: 0.5, staysS: 120 }
}

/** Two Ornstein-Uhlenbeck log-volatilities ride on the regime: stationary sd and relaxation time. */
const FAST = { sd: 0.45, tauS: 8 }
const SLOW = { sd: 0.35, tauS: 180 }
/** Keeps the mean of the log-volatility factor's square near one. */
const LEVEL = 0.18

/** How lively the whole market is now: factors on volatility, on rates and on depth. */
export class Regimes {
  regime: Regime
  vol = 1
  activity = 1
  depth = 1
  readonly #chance: Chance
  readonly #isFixed: boolean
  #fast = 0
  #slow = 0
  #changesAt = Infinity

  /** `fixed` keeps one regime for ever; otherwise it starts active, changes by chance, and not within `holdMs`. */
  constructor(chance: Chance, now: number, fixed: Regime | undefined, holdMs: number) {
    this.#chance = chance
    this.#isFixed = fixed !== undefined
    this.regime = fixed ?? 'active'
    this.#enter(this.regime, now + holdMs)
    this.#refresh()
  }

  /** One step of `dt` seconds. True when another regime has begun. */
  step(now: number, dt: number): boolean {
    const chance = this.#chance
    this.#fast += -this.#fast * (dt / FAST.tauS) + FAST.sd * Math.sqrt((2 * dt) / FAST.tauS) * chance.normal()
    this.#slow += -this.#slow * (dt / SLOW.tauS) + SLOW.sd * Math.sqrt((2 * dt) / SLOW.tauS) * chance.normal()
    const changes = now >= this.#changesAt
    if (changes) this.#enter(after(this.regime, chance.next()), now)
    this.#refresh()
    return changes
  }

  #enter(regime: Regime, now: number): void {
    this.regime = regime
    if (!this.#isFixed) this.#changesAt = now + this.#chance.exponential(traits[regime].staysS * 1000)
  }

  #refresh(): void {
    const { vol, activity, depth } = traits[this.regime]
    const factor = Math.exp(this.#fast + this.#slow - LEVEL)
    this.vol = vol * factor
    this.activity = activity * Math.sqrt(factor)
    this.depth = depth * Math.pow(factor, -0.35)
  }
}

function after(regime: Regime, u: number): Regime {
  switch (regime) {
    case 'calm':
      return 'active'
    case 'active':
      return u < 0.6 ? 'calm' : 'stormy'
    case 'stormy':
      return u < 0.8 ? 'active' : 'calm'
  }
}
