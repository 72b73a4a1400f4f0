import type { Market, Series } from '../../state/market'
import type { InstrumentId } from '../../../src-shared/instrument'

/** What a sparkline goes back, and how often it is drawn anew, ms. */
export const sparkSpanMs = 600_000
export const sparkEveryMs = 5_000
/** Its drawing, in units of its own. */
export const sparkWidth = 60
export const sparkHeight = 14
const slots = 60
const slotMs = sparkSpanMs / slots
/** Half a line's width stays free above and below. */
const margin = 1

/** The last mid of each slot, oldest first; NaN where the book was not live at its end, or not watched. */
function midsOf(series: Series, column: number, now: number): Float64Array {
  const mids = new Float64Array(slots).fill(NaN)
  for (let slot = 0; slot < slots; slot++) {
    const to = now - (slots - 1 - slot) * slotMs
    const row = series.find(to) - 1
    if (row >= 0 && series.at(row) >= to - slotMs) mids[slot] = series.value(row, column)
  }
  return mids
}

const place = (share: number): string => (margin + share * (sparkHeight - 2 * margin)).toFixed(1)

/**
 * The mids of the last ten minutes as an SVG path over `sparkWidth` x `sparkHeight`, highest on top; a hole where there was no live book. Empty when nothing
 * is known. A mid that never moved lies half way up.
 */
export function sparkOf(market: Market, id: InstrumentId, now: number): string {
  const column = market.column('price', 'mid')
  if (column < 0) return ''
  const mids = midsOf(market.series(id), column, now)
  const known = mids.filter(Number.isFinite)
  if (known.length === 0) return ''
  const [low, high] = [Math.min(...known), Math.max(...known)]
  let path = ''
  let isDrawing = false
  for (const [slot, mid] of mids.entries()) {
    if (Number.isFinite(mid)) {
      const x = ((slot + 0.5) * sparkWidth) / slots
      const y = place(high === low ? 0.5 : (high - mid) / (high - low))
      // A lone point is a dot.
      path += isDrawing ? `L${x.toFixed(1)} ${y}` : `M${x.toFixed(1)} ${y}h0`
    }
    isDrawing = Number.isFinite(mid)
  }
  return path
}

/** Sparklines of a table, each drawn anew every five seconds: the eye follows no faster. */
export class Sparklines {
  readonly #known = new Map<InstrumentId, { readonly turn: number; readonly path: string }>()

  of(market: Market, id: InstrumentId, now: number): string {
    const turn = Math.floor(now / sparkEveryMs)
    const known = this.#known.get(id)
    if (known?.turn === turn) return known.path
    const path = sparkOf(market, id, now)
    this.#known.set(id, { turn, path })
    return path
  }
}
