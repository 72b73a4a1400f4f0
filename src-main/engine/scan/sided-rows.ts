import type { Grid, Instrument } from '../../../src-shared/instrument'
import type { Levels } from '../book/changes'
import { readLots, readTicks } from './figures'
import type { OffGrid } from './off-grid'
import { bytesOfWord, isWord, plainComma, plainNumber, plainValue } from './plain'
import type { Scanner } from './scanner'
import { CLOSE_ARRAY, COMMA, MINUS, NINE, OPEN_ARRAY, ZERO } from './bytes'

/**
 * Levels of both sides in one array: `SidedRows` where each row names its side (`["buy","1","2"]`), `readSignedRows` and `readSignedRow` where the size
 * is signed (`[price,count,amount]`: Bitfinex).
 */

/** Price, size (or count) of the row at hand. */
const level = new Float64Array(2)
const wholeNumbers: Grid = { decimals: 0, step: 1 }

/** Reads `[["buy","price","size"],...]` into both sides, in place of what they held. */
export class SidedRows {
  readonly #bid: Uint8Array
  readonly #ask: Uint8Array

  /** @param bid the venue's word for the bid side, and for the ask side; others are refused */
  constructor(bid: string, ask: string) {
    this.#bid = bytesOfWord(bid)
    this.#ask = bytesOfWord(ask)
  }

  read(scan: Scanner, instrument: Instrument, bids: Levels, asks: Levels, offGrid: OffGrid): void {
    bids.count = 0
    asks.count = 0
    scan.enterArray()
    while (scan.nextItem()) {
      if (this.#plainRun(scan, instrument, bids, asks)) continue
      this.#row(scan, instrument, bids, asks, offGrid)
    }
  }

  #row(scan: Scanner, instrument: Instrument, bids: Levels, asks: Levels, offGrid: OffGrid): void {
    scan.pass(OPEN_ARRAY)
    scan.peek()
    const side = this.#side(scan.bytes, scan.at, bids, asks)
    scan.string()
    scan.comma()
    const ticks = readTicks(scan, instrument, offGrid)
    scan.comma()
    const lots = readLots(scan, instrument, offGrid)
    while (scan.nextItem()) scan.skip()
    if (!side) scan.fail()
    else if (ticks > 0 && lots >= 0) side.push(ticks, lots)
  }

  #plainRun(scan: Scanner, { price, size }: Instrument, bids: Levels, asks: Levels): boolean {
    const { bytes, at: start } = scan
    let at = start
    while (bytes[at] === OPEN_ARRAY) {
      const side = this.#side(bytes, at + 1, bids, asks)
      if (!side) break
      at = plainComma(bytes, plainValue(bytes, at + 1))
      at = plainNumber(bytes, at, price, level, 0)
      at = plainNumber(bytes, plainComma(bytes, at), size, level, 1)
      if (bytes[at] !== CLOSE_ARRAY || level[0] === 0) break
      side.push(level[0]!, level[1]!)
      scan.at = at + 1
      at = plainComma(bytes, scan.at)
    }
    return scan.at > start
  }

  #side(bytes: Uint8Array, at: number, bids: Levels, asks: Levels): Levels | undefined {
    if (isWord(bytes, at, this.#bid)) return bids
    return isWord(bytes, at, this.#ask) ? asks : undefined
  }
}

/**
 * Reads `[[price,count,amount],...]` into both sides, in place of what they held: an amount above 0 is a bid, below 0 an ask, and a count of 0 removes the
 * level, whatever the amount's digits. An amount that is no number makes the scanner fail: it would name no side.
 */
export function readSignedRows(
  scan: Scanner,
  instrument: Instrument,
  bids: Levels,
  asks: Levels,
  offGrid: OffGrid
): void {
  bids.count = 0
  asks.count = 0
  scan.enterArray()
  while (scan.nextItem()) readSignedRow(scan, instrument, bids, asks, offGrid)
}

/** Adds one `[price,count,amount]` to what the sides hold. */
export function readSignedRow(
  scan: Scanner,
  instrument: Instrument,
  bids: Levels,
  asks: Levels,
  offGrid: OffGrid
): void {
  if (readPlainSignedRow(scan, instrument, bids, asks)) return
  scan.pass(OPEN_ARRAY)
  const ticks = readTicks(scan, instrument, offGrid)
  scan.comma()
  const count = scan.whole()
  scan.comma()
  const isAsk = scan.peek() === MINUS
  if (isAsk) scan.at++
  let lots = 0
  if (count !== 0) lots = readLots(scan, instrument, offGrid)
  else if (isDigit(scan.bytes[scan.at])) scan.skip()
  else scan.fail()
  while (scan.nextItem()) scan.skip()
  if (ticks > 0 && lots >= 0) (isAsk ? asks : bids).push(ticks, lots)
}

/** What is no number says no side, and so no book may follow it. */
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE

function readPlainSignedRow(scan: Scanner, { price, size }: Instrument, bids: Levels, asks: Levels): boolean {
  const { bytes } = scan
  if (bytes[scan.at] !== OPEN_ARRAY) return false
  let at = plainNumber(bytes, scan.at + 1, price, level, 0)
  if (bytes[at] !== COMMA || level[0] === 0) return false
  at = plainNumber(bytes, at + 1, wholeNumbers, level, 1)
  if (bytes[at] !== COMMA) return false
  const isAsk = bytes[++at] === MINUS
  if (isAsk) at++
  if (level[1] !== 0) at = plainNumber(bytes, at, size, level, 1)
  else at = isDigit(bytes[at]) ? plainValue(bytes, at) : -1
  if (bytes[at] !== CLOSE_ARRAY) return false
  ;(isAsk ? asks : bids).push(level[0]!, level[1]!)
  scan.at = at + 1
  return true
}
