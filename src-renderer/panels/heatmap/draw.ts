import { clock, decimal, mid as midText } from '../../../src-shared/format'
import type { Instrument } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import { drawApart } from '../../charts/apart'
import { drawBubble } from '../../charts/bubble'
import type { DepthHistory } from '../../charts/depth-history'
import type { HeatWindow } from '../../charts/heatmap'
import type { Pen } from '../../charts/ink'
import { chip, figure, horizontal, vertical } from '../../charts/ink'
import type { Mark } from '../../charts/marks'
import { radiusOf } from '../../charts/marks'
import type { Sampled } from '../../charts/sampled'
import { font } from '../../charts/theme'
import type { NamedGap } from '../../charts/time-plot'
import { axisWidth, drawGaps, gutter } from '../../charts/time-plot'
import { drawWalls } from './draw-walls'
import type { Frame } from './frame'
import { priceLabels, timeLabels } from './frame'
import type { Wall } from './walls'

/** What lies over the picture. */
export interface Over {
  readonly frame: Frame
  readonly window: HeatWindow
  readonly instrument: Instrument
  readonly history: DepthHistory
  readonly live: boolean
  /** Lots at the brightest colour. */
  readonly cut: number
  /** When the history begins, ms. */
  readonly since: number
  /** Mid, microprice and rolling VWAP, ticks. */
  readonly lines: Sampled
  readonly marks: readonly Mark[]
  readonly gaps: readonly NamedGap[]
  readonly walls: readonly Wall[]
  /** Share of the walls here that were pulled; NaN while too few have ended. */
  readonly pullRate: number
  /** Ticks; NaN unless live. */
  readonly mid: number
}

export function drawOver(pen: Pen, over: Over): void {
  const { ctx, colours } = pen
  const { frame } = over
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, 0, frame.right, frame.bottom)
  ctx.clip()
  drawLine(pen, over, 2, { colour: colours.halo, width: 3, dash: [] })
  drawLine(pen, over, 2, { colour: colours.text2, width: 1.25, dash: [1.5, 3] })
  drawLine(pen, over, 0, { colour: colours.halo, width: 3, dash: [4, 3] })
  drawLine(pen, over, 0, { colour: colours.text2, width: 1.25, dash: [4, 3] })
  drawLine(pen, over, 1, { colour: colours.halo, width: 4, dash: [] })
  drawMarks(pen, over)
  drawLine(pen, over, 1, { colour: colours.line, width: 1.5, dash: [] })
  drawWalls(pen, frame, over.walls, { base: over.instrument.base, pullRate: over.pullRate, now: frame.to })
  drawGaps(pen, { ...frame, left: 0, top: 0 }, over.gaps, true)
  drawBeginning(pen, over)
  ctx.restore()
  ctx.fillStyle = colours.bg
  ctx.fillRect(frame.right, 0, frame.width - frame.right, frame.height)
  ctx.fillRect(0, frame.bottom, frame.width, frame.height - frame.bottom)
  drawPresent(pen, over)
  drawPrices(pen, over)
  drawTimes(pen, over)
}

interface Stroke {
  readonly colour: string
  readonly width: number
  readonly dash: number[]
}

/** Each value holds until the next; at a hole the pen is lifted. */
function drawLine(
  { ctx }: Pen,
  { frame, lines }: Over,
  column: number,
  { colour, width, dash }: Stroke
): void {
  const values = lines.values[column] ?? []
  ctx.beginPath()
  let before: number | undefined
  lines.at.forEach((at, i) => {
    const value = values[i]
    const x = frame.x(at)
    if (before !== undefined) ctx.lineTo(x, before)
    if (value === null || value === undefined) {
      before = undefined
      return
    }
    const y = frame.y(value)
    if (before === undefined) ctx.moveTo(x, y)
    else ctx.lineTo(x, y)
    before = y
  })
  ctx.strokeStyle = colour
  ctx.lineWidth = width
  ctx.lineJoin = 'round'
  ctx.setLineDash(dash)
  ctx.stroke()
  ctx.setLineDash([])
}

function drawMarks(pen: Pen, { frame, marks }: Over): void {
  // A block of a hundred times the usual size would shrink all the others to dots.
  const largest = marks.find(({ kind }) => kind !== 'apart')?.size ?? 0
  for (const mark of marks) {
    const [x, y, radius] = [frame.x(mark.at), frame.y(mark.price), radiusOf(mark.size, largest)]
    if (mark.kind !== 'plain') drawApart(pen, mark, x, y, radius)
    else if (radius >= 2.5) drawBubble(pen, x, y, radius, mark.aggressor)
  }
}

/** Depth cannot be asked for afterwards: it is known since it was first watched. */
function drawBeginning(pen: Pen, { frame, since }: Over): void {
  const x = frame.x(since)
  if (!Number.isFinite(since) || x < 150) return
  chip(
    pen,
    Math.min(x, frame.right) - 8,
    16,
    [[`watched since ${clock(millis(since))}`, pen.colours.text2]],
    'right'
  )
}

/** The book as it stands now, beside the picture: square root scale, full at the cut-off. */
function drawPresent({ ctx, colours }: Pen, { frame, window, history, live, cut, mid }: Over): void {
  if (!live || !(cut > 0)) return
  const { step } = history
  const high = Math.max(1, frame.y(0) - frame.y(step * window.per) - 0.5)
  ctx.globalAlpha = 0.62
  for (let r = 0; r < window.rows; r++) {
    const row = window.row + r * window.per
    const lots = history.sum(history.last, row, window.per)
    const width = Math.min(1, Math.sqrt(lots / cut)) * (gutter - 4)
    const y = frame.y((row + window.per) * step - 0.5)
    if (!(width >= 0.8) || y + high > frame.bottom) continue
    ctx.fillStyle = (row + window.per / 2) * step >= mid ? colours.ask : colours.bid
    ctx.fillRect(frame.right + 1, y, width, high)
  }
  ctx.globalAlpha = 1
}

function drawPrices(pen: Pen, { frame, instrument, mid }: Over): void {
  const { ctx, colours } = pen
  const axis = frame.right + gutter
  vertical(pen, frame.right, 0, frame.height, colours.border)
  vertical(pen, axis, 0, frame.bottom, colours.border)
  ctx.font = font(colours)
  const labels = priceLabels(frame)
  const apart = (labels[1] ?? 0) - (labels[0] ?? 0)
  const decimals = labelDecimals(instrument, apart)
  for (const price of labels) {
    const y = frame.y(price)
    if (y < 8 || y > frame.bottom - 8 || Math.abs(y - frame.y(mid)) < 15) continue
    horizontal(pen, axis, axis + 4, y, colours.border)
    figure(ctx, decimal(valueOn(instrument.price, price), decimals), frame.width - 6, y, colours.text2)
  }
  const y = Math.round(frame.y(mid))
  if (!(y >= 0 && y <= frame.bottom)) return
  horizontal(pen, frame.right, axis, y, colours.line)
  ctx.fillStyle = colours.text
  ctx.fillRect(axis + 1, y - 9, axisWidth - 1, 18)
  ctx.font = font(colours, 600)
  figure(ctx, midText(instrument, mid), frame.width - 6, y + 0.5, colours.bg)
}

/** Decimals that labels `apart` ticks apart need. */
function labelDecimals({ price }: Instrument, apart: number): number {
  let [points, decimals] = [apart * price.step, price.decimals]
  while (decimals > 0 && points > 0 && points % 10 === 0) {
    points /= 10
    decimals--
  }
  return decimals
}

function drawTimes(pen: Pen, { frame }: Over): void {
  const { ctx, colours } = pen
  horizontal(pen, 0, frame.width, frame.bottom, colours.border)
  ctx.font = font(colours)
  ctx.fillStyle = colours.text2
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  const { at, apart } = timeLabels(frame)
  for (const time of at) {
    const x = frame.x(time)
    if (x < 28 || x > frame.right - 28) continue
    ctx.fillText(clock(millis(time)).slice(0, apart < 60_000 ? 8 : 5), x, frame.bottom + 10.5)
  }
}
