import type { Instrument } from '../../../../src-shared/instrument'
import type { Lane } from '../venue'

/** Decimals with which the venue writes a pair's prices and sizes. */
export interface Precision {
  readonly price: number
  readonly size: number
}

/** More than any venue writes. */
const MOST = 15
/** More pairs than the venue has. */
const MOST_PAIRS = 8_192

/**
 * The precisions told on one line. The checksum is taken over numbers with all their decimals, which JSON numbers need not show: a grid that is coarser than the
 * pair's precision is refined to it before anything is read.
 */
export class Precisions {
  readonly #told = new Map<string, Precision>()

  /** True when another was told before. */
  tell(symbol: string, precision: Precision): boolean {
    const before = this.#told.get(symbol)
    if (before || this.#told.size < MOST_PAIRS) this.#told.set(symbol, precision)
    return before !== undefined && (before.price !== precision.price || before.size !== precision.size)
  }

  /** Notes what the checksum of the message at hand is taken over: a precision that has become coarser leaves the grid as it was. */
  note({ instrument, changes }: Lane): void {
    const { price = NaN, size = NaN } = this.#told.get(instrument.symbol) ?? {}
    changes.priceDecimals = price
    changes.sizeDecimals = size
  }

  /** True when the lane's grids were refined: then the message is to be read again. */
  fit(lane: Lane, written: Precision = { price: 0, size: 0 }): boolean {
    const told = this.#told.get(lane.instrument.symbol)
    const price = finer(lane.instrument, 'price', Math.max(told?.price ?? 0, written.price))
    const size = finer(lane.instrument, 'size', Math.max(told?.size ?? 0, written.size))
    if (price) lane.refine('price', price)
    if (size) lane.refine('size', size)
    return price !== '' || size !== ''
  }
}

/** The last decimal of a precision, `0.001` of 3, where the grid does not reach it. */
function finer(instrument: Instrument, which: 'price' | 'size', decimals: number): string {
  return decimals > instrument[which].decimals && decimals <= MOST ? `0.${'1'.padStart(decimals, '0')}` : ''
}

const POINT = 0x2e
const ZERO = 0x30

/** Decimals of the number, quoted or not, that is written at `at`; zeros at its end count. */
export function decimalsAt(bytes: Uint8Array, at: number): number {
  let from = bytes[at] === 0x22 ? at + 1 : at
  const isDigit = (byte: number | undefined): boolean =>
    byte !== undefined && byte >= ZERO && byte <= ZERO + 9
  while (isDigit(bytes[from])) from++
  if (bytes[from] !== POINT) return 0
  let to = from + 1
  while (isDigit(bytes[to])) to++
  return to - from - 1
}
