import type uPlot from 'uplot'
import { imbalance } from '../../src-shared/format'
import type { Pen } from '../charts/ink'
import { figure, vertical } from '../charts/ink'
import type { Frame } from '../charts/plot'
import { steps } from '../charts/steps'
import type { Colours } from '../charts/theme'
import { font } from '../charts/theme'
import { axisWidth, gutter, noPoints, spaced } from '../charts/time-plot'
import type { Band } from './imbalance-bands'
import { bandTitle } from './imbalance-bands'

/** Bands and their latest values, NaN while not known. */
interface Banded {
  readonly bands: readonly Band[]
  readonly figures: readonly number[]
  /** Each band's P5 and P95: beyond them its value wears its side. */
  readonly lows?: readonly number[]
  readonly highs?: readonly number[]
}

/** How the lines of the bands are broken, the first one's and those of the grey ones. */
export const bandDashes: readonly (readonly number[])[] = [[], [], [1.5, 2.5], [4, 3]]

/** Series for `count` bands. The first band is fed last, so that it lies over the grey ones. `zero` is where it is, as a share of the height from the top. */
export function bandSeries(
  colours: () => Colours,
  count: number,
  zero: (plot: uPlot) => number = () => 0.5
): uPlot.Series[] {
  const greys: uPlot.Series[] = bandDashes.slice(1).map((dash) => ({
    stroke: () => colours().text3,
    width: 1,
    dash: [...dash],
    paths: steps,
    points: noPoints
  }))
  const first: uPlot.Series = {
    stroke: (plot) => bySign(plot, zero(plot), colours().bid, colours().ask),
    fill: (plot) => bySign(plot, zero(plot), faint(colours().bid), faint(colours().ask)),
    fillTo: 0,
    width: 1.75,
    paths: steps,
    points: noPoints
  }
  return [...greys.slice(0, count - 1), first]
}

/** A token colour (#rrggbb) at one fifth of its strength. */
export const faint = (colour: string): string =>
  /^#[\da-f]{6}$/i.test(colour) ? `${colour}33` : 'transparent'

const tagHeight = 14

/** Each band's name and value beside the end of its line, kept 14 px apart; the first one strong. In a low plot the last bands have none. */
export function drawBandTags(pen: Pen, frame: Frame, banded: Banded): void {
  const { ctx, colours } = pen
  const { bands, figures } = banded
  vertical(pen, frame.right, frame.top, frame.bottom, colours.border)
  const fitting = Math.max(1, Math.floor((frame.bottom - frame.top) / tagHeight))
  const known = bands
    .map((_, i) => i)
    .filter((i) => Number.isFinite(figures[i]))
    .slice(0, fitting)
  const ys = spaced(
    known.map((i) => frame.y(figures[i]!)),
    tagHeight,
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
    const colour = first || isUnusual(banded, band) ? side : colours.text2
    figure(ctx, imbalance(value), frame.right + gutter + axisWidth - 8, ys[i]!, colour)
  })
  drawEnds(pen, frame, ys)
}

/** Beyond its own P5 or P95, where those are known. */
const isUnusual = ({ figures, lows, highs }: Banded, band: number): boolean =>
  figures[band]! < (lows?.[band] ?? NaN) || figures[band]! > (highs?.[band] ?? NaN)

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
export function bySign({ ctx, bbox }: uPlot, zero: number, above: string, below: string): CanvasGradient {
  const fill = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height)
  fill.addColorStop(0, above)
  fill.addColorStop(zero, above)
  fill.addColorStop(zero, below)
  fill.addColorStop(1, below)
  return fill
}
