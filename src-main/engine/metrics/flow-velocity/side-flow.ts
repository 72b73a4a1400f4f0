import type { Levels } from '../../book/changes'
import { DecayedRate } from '../../math/decayed-rate'
import { Departures } from '../departures'

/** Bands by distance from the mid, near first. */
export const bandCount = 2

/** Added, cancelled and executed base currency a second of one side by band, and how many of each. */
export class SideFlow {
  readonly added: readonly DecayedRate[]
  readonly cancelled: readonly DecayedRate[]
  readonly executed: readonly DecayedRate[]
  readonly adds: DecayedRate
  readonly cancels: DecayedRate
  readonly executions: DecayedRate
  readonly #departures: Departures
  /** Base currency a lot, as of the latest message. */
  #base = NaN

  constructor(tauMs: number, settleMs: number) {
    const rates = () => Array.from({ length: bandCount }, () => new DecayedRate(tauMs))
    this.added = rates()
    this.cancelled = rates()
    this.executed = rates()
    this.adds = new DecayedRate(tauMs)
    this.cancels = new DecayedRate(tauMs)
    this.executions = new DecayedRate(tauMs)
    this.#departures = new Departures(settleMs, (at, _price, lots, band) => {
      this.cancelled[band]!.add(at, lots * this.#base)
      this.cancels.add(at, 1)
    })
  }

  /** `near` and `far` in ticks from `mid`; levels beyond are not looked at. */
  follow(at: number, levels: Levels, mid: number, near: number, far: number, basePerLot: number): void {
    this.#base = basePerLot
    const { count, price, size, before } = levels
    for (let row = 0; row < count; row++) {
      const distance = Math.abs(price[row]! - mid)
      if (!(distance <= far)) continue
      const band = distance <= near ? 0 : 1
      const change = size[row]! - before[row]!
      if (change > 0) {
        this.added[band]!.add(at, change * basePerLot)
        this.adds.add(at, 1)
      } else if (change < 0) this.#departures.left(at, price[row]!, -change, band)
    }
  }

  traded(at: number, price: number, lots: number, base: number, band: number): void {
    this.executed[band]!.add(at, base)
    this.executions.add(at, 1)
    this.#departures.traded(at, price, lots)
  }

  pass(at: number): void {
    this.#departures.pass(at)
  }

  /** (added - cancelled - executed) a second, all bands. */
  net(at: number): number {
    let net = 0
    for (let band = 0; band < bandCount; band++)
      net += this.added[band]!.at(at) - this.cancelled[band]!.at(at) - this.executed[band]!.at(at)
    return net
  }

  clear(): void {
    this.#departures.clear()
    for (const rate of [...this.added, ...this.cancelled, ...this.executed]) rate.clear()
    for (const rate of [this.adds, this.cancels, this.executions]) rate.clear()
  }

  /** The grid got finer: what waits in old ticks is let go. */
  regrid(): void {
    this.#departures.clear()
  }
}
