import type { Grid, Instrument } from '../../../src-shared/instrument'
import type { Levels } from '../book/changes'
import type { OffGrid } from './off-grid'
import type { Scanner } from './scanner'

const QUOTE = 0x22
const COMMA = 0x2c
const POINT = 0x2e
const ZERO = 0x30
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const powersOfTen = Float64Array.from({ length: 23 }, (_, n) => 10 ** n)

/**
 * Reads `[["price","size"],...]` in place of what `into` held; numbers may be bare, and items behind the size are passed. A price of 0 fails. Numbers off
 * the grid are noted and their level is left out: who finds any must not use the rest.
 */
export function readLevels(scan: Scanner, { price, size }: Instrument, into: Levels, offGrid: OffGrid): void {
  into.count = 0
  scan.enterArray()
  const isPlain = price.step === 1 && size.step === 1
  while (scan.nextItem()) {
    if (isPlain && readPlainRun(scan, price.decimals, size.decimals, into)) continue
    readLevel(scan, price, size, into, offGrid)
  }
}

function readLevel(scan: Scanner, price: Grid, size: Grid, into: Levels, offGrid: OffGrid): void {
  scan.pass(OPEN_ARRAY)
  const ticks = scan.decimal(price)
  if (!(ticks > 0)) refuse('price', ticks, scan, offGrid)
  scan.comma()
  const lots = scan.decimal(size)
  if (!(lots >= 0)) refuse('size', lots, scan, offGrid)
  while (scan.nextItem()) scan.skip()
  if (ticks > 0 && lots >= 0) into.push(ticks, lots)
}

/**
 * The hot path: as many rows as come in exactly the form `["1.20","3.4"],["…`. Stops in front of the first row of another form, which the careful path reads or
 * refuses; true when it has passed at least one.
 */
function readPlainRun(scan: Scanner, priceDecimals: number, sizeDecimals: number, into: Levels): boolean {
  const { bytes, at: start } = scan
  let at = start
  for (;;) {
    if (bytes[at] !== OPEN_ARRAY || bytes[at + 1] !== QUOTE) break
    const ticks = plainDecimal(bytes, at + 2, priceDecimals)
    if (!(ticks > 0) || bytes[behind] !== COMMA || bytes[behind + 1] !== QUOTE) break
    const lots = plainDecimal(bytes, behind + 2, sizeDecimals)
    if (!(lots >= 0) || bytes[behind] !== CLOSE_ARRAY) break
    into.push(ticks, lots)
    scan.at = behind + 1
    if (bytes[scan.at] !== COMMA) break
    at = scan.at + 1
  }
  return scan.at > start
}

/** Behind the closing quote of the number read last. Not a second result of `plainDecimal`, because that would be an object a number. */
let behind = 0

/** Digits, perhaps a point and more, a quote; NaN for anything that needs a closer look. Beyond the bytes every comparison is false. */
function plainDecimal(bytes: Uint8Array, at: number, decimals: number): number {
  let digit = bytes[at]! - ZERO
  if (!(digit >= 0 && digit <= 9)) return NaN
  let n = 0
  let missing = decimals
  while (digit >= 0 && digit <= 9) {
    n = n * 10 + digit
    digit = bytes[++at]! - ZERO
  }
  if (digit === POINT - ZERO) {
    digit = bytes[++at]! - ZERO
    if (!(digit >= 0 && digit <= 9)) return NaN
    while (missing > 0 && digit >= 0 && digit <= 9) {
      n = n * 10 + digit
      missing--
      digit = bytes[++at]! - ZERO
    }
    while (digit === 0) digit = bytes[++at]! - ZERO
  }
  behind = at + 1
  if (missing > 0) n *= powersOfTen[missing]!
  return digit === QUOTE - ZERO && n <= Number.MAX_SAFE_INTEGER ? n : NaN
}

function refuse(which: 'price' | 'size', n: number, scan: Scanner, offGrid: OffGrid): void {
  if (scan.failed()) return
  if (n === 0) scan.fail()
  else offGrid.note(which, scan)
}
