import { plainText } from './exponential'
import type { Scanner } from './scanner'

interface Refinable {
  refine(which: 'price' | 'size', text: string): void
}

/** Keeps, of the numbers of one message that were no points of their grid, the finest price and the finest size. */
export class OffGrid {
  readonly #price = { decimals: -1, text: '' }
  readonly #size = { decimals: -1, text: '' }

  get any(): boolean {
    return this.#price.decimals >= 0 || this.#size.decimals >= 0
  }

  clear(): void {
    this.#price.decimals = -1
    this.#size.decimals = -1
  }

  /** Takes note of the number the scanner read last. */
  note(which: 'price' | 'size', scan: Scanner): void {
    const finest = which === 'price' ? this.#price : this.#size
    if (scan.offGridDecimals <= finest.decimals) return
    finest.decimals = scan.offGridDecimals
    finest.text = plainText(scan.text())
  }

  /** Once the whole message was found sound. */
  refine(lane: Refinable): void {
    if (this.#price.decimals >= 0) lane.refine('price', this.#price.text)
    if (this.#size.decimals >= 0) lane.refine('size', this.#size.text)
  }
}
