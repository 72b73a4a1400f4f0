import type { Levels } from '../../book/changes'
import type { DecayedRates } from '../../math/decayed-rates'
import { Departures } from '../departures'

/** Bands by distance from the mid, near first. */
export const bandCount = 2
/** Where the rates of one side lie among its rates: of each, by band, base currency a second; then how many of each a second. */
export const [added, cancelled, executed, adds, cancels, executions] = [0, 2, 4, 6, 7, 8] as const
export const ratesASide = 9

/** Added, cancelled and executed base currency a second of one side by band, and how many of each. */
export class SideFlow {
  readonly #rates: DecayedRates
  readonly #from: number
  readonly #departures: Departures
  /** Base currency a lot, as of the latest message. */
  #base = NaN

  /** The side's rates begin at `from` among `rates`. */
  constructor(rates: DecayedRates, from: number, settleMs: number) {
    this.#rates = rates
    this.#from = from
    this.#departures = new Departures(settleMs, (at, _price, lots, band) => {
      rates.add(at, from + cancelled + band, lots * this.#base)
      rates.add(at, from + cancels, 1)
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
        this.#rates.add(at, this.#from + added + band, change * basePerLot)
        this.#rates.add(at, this.#from + adds, 1)
      } else if (change < 0) this.#departures.left(at, price[row]!, -change, band)
    }
  }

  traded(at: number, price: number, lots: number, base: number, band: number): void {
    this.#rates.add(at, this.#from + executed + band, base)
    this.#rates.add(at, this.#from + executions, 1)
    this.#departures.traded(at, price, lots)
  }

  pass(at: number): void {
    this.#departures.pass(at)
  }

  /** (added - cancelled - executed) a second, all bands, as of the latest event. */
  get net(): number {
    let net = 0
    for (let band = this.#from; band < this.#from + bandCount; band++)
      net +=
        this.#rates.held(band + added) -
        this.#rates.held(band + cancelled) -
        this.#rates.held(band + executed)
    return net
  }

  /** What waits for its trades is let go: of before a gap, or in ticks of a grid that has got finer since. */
  forget(): void {
    this.#departures.clear()
  }
}
