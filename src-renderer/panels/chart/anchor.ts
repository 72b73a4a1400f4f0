import { clock, decimal, unknown } from '../../../src-shared/format'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { priceOf } from '../../../src-shared/instrument'
import { millis, ticks } from '../../../src-shared/units'
import type { Pen } from '../../charts/ink'
import { chip, vertical } from '../../charts/ink'
import type { Frame } from '../../charts/plot'
import { withAnchor } from '../../parts/vwap-anchor'
import type { Desk } from '../../state/desk'
import type { Anchor, Scene } from './scene'

/**
 * The engine keeps the last hour in buckets of ten seconds, and the day before in minutes: an anchor on such a second loses none of its trades. What is nearly
 * an hour old is one when the engine hears of it.
 */
const gridSeconds = (age: number): number => (age < 3_500_000 ? 10 : 60)

/** Anchors the instrument's VWAP, in all panes and rules, at the ten seconds or the minute that `at` (Unix ms) lies in; NaN clears it. */
export function anchorAt(desk: Desk, id: InstrumentId, at: number): void {
  const grid = gridSeconds(desk.now - at)
  const seconds = Number.isNaN(at) ? 0 : Math.floor(at / 1_000 / grid) * grid
  desk.saveSettings(withAnchor(desk.settings, id, seconds))
}

/** The line at the anchor, and what trades since then cost on average. An anchor further back is named at the left edge. */
export function drawAnchor(pen: Pen, frame: Frame, { anchor, instrument }: Scene): void {
  if (Number.isNaN(anchor.at)) return
  const x = frame.x(anchor.at)
  if (x > frame.right) return
  if (x >= frame.left) vertical(pen, x, frame.top, frame.bottom, pen.colours.text2)
  const value = instrument ? anchored(instrument, anchor) : unknown
  const toRight = x > frame.right - 210
  chip(
    pen,
    toRight ? x - 4 : Math.max(frame.left, x) + 4,
    frame.top + 14,
    [
      [`VWAP since ${clock(millis(anchor.at))}`, pen.colours.text2],
      [value, pen.colours.text]
    ],
    toRight ? 'right' : 'left'
  )
}

/** The average; where too much of the time was not watched, how much was. */
export function anchored(instrument: Instrument, { value, seen }: Pick<Anchor, 'value' | 'seen'>): string {
  if (!Number.isNaN(value)) return decimal(priceOf(instrument, ticks(value)), instrument.price.decimals + 1)
  return Number.isNaN(seen) ? 'not known' : `not known, ${Math.floor(seen * 100)} % watched`
}
/** The anchored VWAP over time; it does not move the price scale. */
export function drawAnchored(pen: Pen, frame: Frame, { lines, anchor }: Scene): void {
  if (Number.isNaN(anchor.at)) return
  const { ctx, colours } = pen
  const values = lines.values.at(-2) ?? []
  ctx.beginPath()
  let isDown = false
  lines.at.forEach((at, i) => {
    const value = values[i]
    if (value === null || value === undefined) {
      isDown = false
      return
    }
    if (isDown) ctx.lineTo(frame.x(at), frame.y(value))
    else ctx.moveTo(frame.x(at), frame.y(value))
    isDown = true
  })
  ctx.strokeStyle = colours.text2
  ctx.lineWidth = 1.25
  ctx.setLineDash([1.5, 3])
  ctx.stroke()
  ctx.setLineDash([])
}
