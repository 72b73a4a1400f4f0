import { decimal, size } from '../../../src-shared/format'
import { priceOf } from '../../../src-shared/instrument'
import { lots, ticks } from '../../../src-shared/units'
import { drawApart } from '../../charts/apart'
import { drawBubble } from '../../charts/bubble'
import type { Pen } from '../../charts/ink'
import { chip, horizontal, priceTag, vertical } from '../../charts/ink'
import { radiusOf } from '../../charts/marks'
import type { Frame } from '../../charts/plot'
import { axisWidth, gutter } from '../../charts/time-plot'
import type { Scene } from './scene'

/** Trades under the price line: half a disc, right for a buy, left for a sell, so that side is not colour alone. */
export function drawMarks(pen: Pen, frame: Frame, scene: Scene): void {
  const { instrument, marks } = scene
  // A block of a hundred times the usual size would shrink all the others to dots.
  const largest = marks.find(({ kind }) => kind !== 'apart')?.size ?? 0
  if (!instrument) return
  for (const mark of marks) {
    const radius = radiusOf(mark.size, largest)
    const x = frame.x(mark.at)
    const y = frame.y(priceOf(instrument, ticks(mark.price)))
    if (mark.kind === 'plain') drawBubble(pen, x, y, radius, mark.aggressor)
    else drawApart(pen, mark, x, y, radius)
  }
}

/** Orders closed by force, with the largest named. */
export function drawLiquidations(pen: Pen, frame: Frame, { instrument, liquidations }: Scene): void {
  if (!instrument) return
  liquidations.forEach((mark, i) => {
    const x = frame.x(mark.at)
    const y = frame.y(priceOf(instrument, ticks(mark.price)))
    drawApart(pen, mark, x, y, 0)
    if (i > 0) return
    const side = mark.aggressor === 'buy' ? 'short' : 'long'
    const left = Math.min(frame.right - 60, Math.max(frame.left + 60, x))
    chip(pen, left, Math.max(frame.top + 12, y - 18), [
      [`${side} liquidated`, pen.colours.text2],
      [size(instrument, lots(mark.size)), pen.colours.text]
    ])
  })
}

/** The gutter right of the plot, and the current price on its axis. */
export function drawPriceTag(pen: Pen, frame: Frame, scene: Scene): void {
  const { ctx, colours } = pen
  const { instrument, mid } = scene
  vertical(pen, frame.right, frame.top, frame.bottom, colours.border)
  if (!instrument || !Number.isFinite(mid)) return
  const y = frame.y(mid)
  if (y < frame.top - 1 || y > frame.bottom + 1) return
  const left = frame.right + gutter
  horizontal(pen, frame.right, left, y, colours.line)
  // uPlot keeps its labels while the scale stands still, and the price may have moved onto one.
  ctx.fillStyle = colours.bg
  ctx.fillRect(left + 1, Math.round(y) - 16, axisWidth - 1, 32)
  const { decimals } = instrument.price
  const half = Math.abs(mid * 10 ** decimals - Math.round(mid * 10 ** decimals)) > 1e-3 ? 1 : 0
  priceTag(pen, decimal(mid, decimals + half), left, left + axisWidth, y)
}
