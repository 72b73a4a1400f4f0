import fc from 'fast-check'
import { Levels } from '../../../src-main/engine/book/changes'
import { OffGrid } from '../../../src-main/engine/scan/off-grid'
import { Scanner } from '../../../src-main/engine/scan/scanner'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import type { Instrument } from '../../../src-shared/instrument'
import { bytesOf } from '../../support/recording-sink'

/** Ticks of 0.01, lots of 0.00001. */
export const instrument: Instrument = {
  ...binanceSpot.catalogue.guess('BTCUSDT'),
  price: { decimals: 2, step: 1 },
  size: { decimals: 5, step: 1 }
}
/** Ticks of 0.5, lots of 10. */
export const coarse: Instrument = {
  ...instrument,
  price: { decimals: 1, step: 5 },
  size: { decimals: 0, step: 10 }
}

export type Reader = (scan: Scanner, on: Instrument, bids: Levels, asks: Levels, offGrid: OffGrid) => void

/** What a reader of levels makes of a text. */
export function readWith(reader: Reader, text: string, on = instrument) {
  const scan = new Scanner().load(bytesOf(text))
  const bids = new Levels(1)
  const asks = new Levels(1)
  const offGrid = new OffGrid()
  reader(scan, on, bids, asks, offGrid)
  const refined: string[] = []
  offGrid.refine({ refine: (which, finer) => refined.push(`${which} ${finer}`) })
  return { sound: !scan.failed() && scan.atEnd(), bids: rowsOf(bids), asks: rowsOf(asks), refined }
}

const rowsOf = ({ price, size, count }: Levels) =>
  Array.from({ length: count }, (_, row) => [price[row]!, size[row]!] as const)

/** A whole number of the last of `decimals` places, written in one of the ways venues do. */
export function written(n: number, decimals: number, way: 'quoted' | 'bare' | 'exponent'): string {
  const digits = String(n).padStart(decimals + 1, '0')
  const plain = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  if (way === 'quoted') return `"${plain}"`
  return way === 'bare' ? plain : `${n}e-${decimals}`
}

export const way = fc.constantFrom('quoted', 'bare', 'exponent' as const)

/** A text with one byte changed, doubled or left out. */
export function broken(text: string, at: number, kind: number, letter: string): string {
  const place = at % Math.max(1, text.length)
  const put = ['', letter, text.charAt(place).repeat(2)][kind % 3]!
  return text.slice(0, place) + put + text.slice(place + 1)
}

/** With a space in front of every row the hot path does not begin, so that all is read the careful way. */
export const carefully = (text: string): string =>
  text.replace(/(?<=[[,])(?=[[{])/g, ' ').replace(/^\[\[/, '[ [')
