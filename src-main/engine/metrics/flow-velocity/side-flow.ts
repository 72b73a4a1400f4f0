import type { Levels } from '../../book/changes'
import type { DecayedRates } from '../../math/decayed-rates'
import { Departures } from '../departures'

/** Bands by distance from the mid, near first. */
export const bandCount = 2
/** Where the rates of one side lie among its rates, each by band: base currency a second; then how many of each a second. */
export const [added, cancelled, executed, adds, cancels, executions] = [0, 2, 4, 6, 8, 10] as const
export const ratesASide = 12

/** Added, cancelled and executed of one side by band: base currency a second, and how many of each. */
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
      const weight = rates.weigh(at)
      rates.put(from + cancelled + band, lots * this.#base, weight)
      rates.put(from + cancels + band, 1, weight)
    })
  }

  /** `near` and `far` in ticks from `mid`; levels beyond are not looked at. */
  follow(at: number, levels: Levels, mid: number, near: number, far: number, basePerLot: number): void {
    this.#base = basePerLot
    const { count, price, size, before } = levels
    const rates = this.#rates
    const departures = this.#departures
    const from = this.#from
    /** Asked for once something came: what fades at other moments too is another number in its last digits. */
    let weight = NaN
    for (let row = 0; row < count; row++) {
      const level = price[row]!
      const distance = Math.abs(level - mid)
      if (!(distance <= far)) continue
      const band = distance <= near ? 0 : 1
      const change = size[row]! - before[row]!
      if (change > 0) {
        if (Number.isNaN(weight)) weight = rates.weigh(at)
        rates.put(from + added + band, change * basePerLot, weight)
        rates.put(from + adds + band, 1, weight)
      } else if (change < 0) departures.left(at, level, -change, band)
    }
  }

  traded(at: number, price: number, lots: number, base: number, band: number): void {
    const weight = this.#rates.weigh(at)
    this.#rates.put(this.#from + executed + band, base, weight)
    this.#rates.put(this.#from + executions + band, 1, weight)
    this.#departures.traded(at, price, lots)
  }

  pass(at: number): void {
    this.#departures.pass(at)
  }

  /** Base currency a second of `added`, `cancelled` or `executed`, all bands, as of the latest event. */
  volume(kind: number): number {
    let sum = 0
    for (let band = 0; band < bandCount; band++) sum += this.#rates.held(this.#from + kind + band)
    return sum
  }

  /** (added - cancelled - executed) a second, all bands, as of the latest event. */
  get net(): number {
    return this.volume(added) - this.volume(cancelled) - this.volume(executed)
  }

  /** What waits for its trades is let go: of before a gap, or in ticks of a grid that has got finer since. */
  forget(): void {
    this.#departures.clear()
  }
}
