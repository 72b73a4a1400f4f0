import type { Pit } from './pit'
import type { Mark } from './sink'

/** Open interest at the reference perpetual, in quote money; others in proportion to their depth. */
const OPEN_INTEREST_USD = 4e9
const REFERENCE_DEPTH = 1.5e6
/** The premium is an exponential mean over so many seconds. */
const PREMIUM_S = 30
const INTEREST = 0.0001
const CLAMP = 0.0005
const CAP = 0.003

/** Mark price and funding of one perpetual, once a second, after the common rule of the large venues. */
export class Perpetual {
  readonly #pit: Pit
  #premiumBps: number
  #openInterest: number

  constructor(pit: Pit) {
    this.#pit = pit
    this.#premiumBps = pit.preset.basisBps
    this.#openInterest = Math.round(
      (OPEN_INTEREST_USD / pit.usdOfLot) * (pit.preset.usdPerBps10 / REFERENCE_DEPTH)
    )
  }

  /** `mid` and `index` in quote money. */
  second(mid: number, index: number): Mark {
    this.#premiumBps += ((mid / index - 1) * 1e4 - this.#premiumBps) / PREMIUM_S
    // A random walk: no position stands behind it.
    this.#openInterest += Math.round(this.#openInterest * 2e-5 * this.#pit.chance.normal())
    const premium = this.#premiumBps / 1e4
    const funding = premium + within(INTEREST - premium, CLAMP)
    return {
      mark: index * (1 + premium),
      index,
      funding: within(funding, CAP),
      openInterestLots: this.#openInterest
    }
  }
}

function within(x: number, most: number): number {
  return Math.min(most, Math.max(-most, x))
}
