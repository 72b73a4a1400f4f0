import type { Asset } from './assets'
import { assets } from './assets'
import { Chance } from './chance'
import type { Regimes } from './regimes'

/** Milliseconds between two looks at the hidden prices. */
export const STEP_MS = 10
/** Steps remembered for venues that see the price late: 640 ms. */
const REMEMBERED = 64
/** Share of the variance that comes as small news jumps, and how many a second. */
const NEWS_SHARE = 0.35
const NEWS_RATE = 0.06
const DAY_S = 86400

interface Path {
  readonly asset: (typeof assets)[number]
  readonly chance: Chance
  readonly past: Float64Array
  log: number
}

/** The hidden log price of every asset, whether or not an instrument of it runs: so none depends on who watches. */
export class Fundamentals {
  readonly #regimes: Regimes
  readonly #common: Chance
  readonly #paths: ReadonlyMap<Asset, Path>
  #steps = 0

  constructor(seed: number, regimes: Regimes) {
    this.#regimes = regimes
    this.#common = new Chance(seed, 'market factor')
    this.#paths = new Map(
      assets.map((asset) => [
        asset.name,
        { asset, chance: new Chance(seed, asset.name), past: new Float64Array(REMEMBERED), log: 0 }
      ])
    )
  }

  /** Diffusion plus small jumps; the assets share the market's factor. */
  step(): void {
    const dt = STEP_MS / 1000
    const common = shock(this.#common, dt)
    this.#steps++
    for (const path of this.#paths.values()) {
      const { volBps, beta } = path.asset
      const own = shock(path.chance, dt)
      // Weakly pulled home, so that a run of weeks stays at plausible prices.
      path.log -= (path.log * dt) / DAY_S
      path.log += this.#regimes.vol * volBps * 1e-4 * (beta * common + Math.sqrt(1 - beta * beta) * own)
      path.past[this.#steps % REMEMBERED] = path.log
    }
  }

  /** Log of price over reference price, as a venue sees it that is `lagMs` (0 to 630) late. */
  seen(asset: Asset, lagMs: number): number {
    const step = this.#steps - Math.round(lagMs / STEP_MS)
    return step > 0 ? this.#path(asset).past[step % REMEMBERED]! : 0
  }

  /** Information arrives: the hidden price moves for every venue, each after its lag. */
  inform(asset: Asset, bps: number): void {
    this.#path(asset).log += bps / 1e4
  }

  /** The hidden price in quote money. */
  price(asset: Asset): number {
    const path = this.#path(asset)
    return path.asset.price * Math.exp(path.log)
  }

  /** The reference price in quote money. */
  reference(asset: Asset): number {
    return this.#path(asset).asset.price
  }

  /** Present volatility in bps per square root of a second. */
  volBps(asset: Asset): number {
    return this.#regimes.vol * this.#path(asset).asset.volBps
  }

  #path(asset: Asset): Path {
    return this.#paths.get(asset)!
  }
}

/** A step of variance `dt`: part Gaussian, part Laplace jumps. */
function shock(chance: Chance, dt: number): number {
  const diffusion = Math.sqrt((1 - NEWS_SHARE) * dt) * chance.normal()
  if (!chance.coin(NEWS_RATE * dt)) return diffusion
  return diffusion + chance.sign() * chance.exponential(Math.sqrt(NEWS_SHARE / NEWS_RATE / 2))
}
