import { imbalance } from '../../../src-shared/format'
import type { Pen } from '../../charts/ink'
import { figure, vertical } from '../../charts/ink'
import type { Frame } from '../../charts/plot'
import { font } from '../../charts/theme'
import { bandTitle } from './bands'
import { axisWidth, gutter, spaced } from './scales'
import type { Scene } from './scene'

/** Each band's name and value beside the end of its line, kept 14 px apart; the first one strong. */
export function drawBandTags(pen: Pen, frame: Frame, scene: Scene): void {
  const { ctx, colours } = pen
  const { bands, figures } = scene
  vertical(pen, frame.right, frame.top, frame.bottom, colours.border)
  const known = bands.map((_, i) => i).filter((i) => Number.isFinite(figures[i]))
  const ys = spaced(
    known.map((i) => frame.y(figures[i]!)),
    14,
    frame.top + 8,
    frame.bottom - 8
  )
  ctx.textBaseline = 'middle'
  known.forEach((band, i) => {
    const first = band === 0
    const value = figures[band]!
    ctx.font = font(colours, first ? 600 : 400)
    ctx.textAlign = 'left'
    ctx.fillStyle = first ? colours.text : colours.text3
    ctx.fillText(bandTitle(bands[band]!), frame.right + 8, ys[i]!)
    const side = value < 0 ? colours.askText : colours.bidText
    figure(ctx, imbalance(value), frame.right + gutter + axisWidth - 8, ys[i]!, first ? side : colours.text2)
  })
  drawEnds(pen, frame, ys)
}

/** The scale's ends and its middle, where no band's value stands in the way. */
function drawEnds({ ctx, colours }: Pen, frame: Frame, taken: readonly number[]): void {
  ctx.font = font(colours)
  for (const [value, text] of [
    [1, '+1'],
    [0, '0'],
    [-1, '−1']
  ] as const) {
    const y = Math.min(frame.bottom - 8, Math.max(frame.top + 8, frame.y(value)))
    if (taken.some((other) => Math.abs(other - y) < 13)) continue
    ctx.textAlign = 'right'
    ctx.fillStyle = colours.text3
    ctx.fillText(text, frame.right + gutter + axisWidth - 8, y)
  }
}

/** A vertical fill with a hard edge at zero: bid colour above, ask colour below. */
export function bySign(
  ctx: CanvasRenderingContext2D,
  top: number,
  height: number,
  above: string,
  below: string
) {
  const fill = ctx.createLinearGradient(0, top, 0, top + height)
  fill.addColorStop(0, above)
  fill.addColorStop(0.5, above)
  fill.addColorStop(0.5, below)
  fill.addColorStop(1, below)
  return fill
}
