import { clock } from '../../../src-shared/format'
import type { Instrument } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import { drawApart } from '../../charts/apart'
import { drawBubble } from '../../charts/bubble'
import type { Pen } from '../../charts/ink'
import { chip, snapped } from '../../charts/ink'
import type { Mark } from '../../charts/marks'
import { radiusOf } from '../../charts/marks'
import type { Sampled } from '../../charts/sampled'
import type { NamedGap } from '../../charts/time-plot'
import { drawGaps } from '../../charts/time-plot'
import { drawWalls } from './draw-walls'
import type { Frame } from './frame'
import type { Wall } from './walls'

/** What lies over the picture. */
export interface Over {
  readonly frame: Frame
  readonly instrument: Instrument
  /** When the history begins, ms. */
  readonly since: number
  /** Mid, microprice and VWAP, ticks, the age of its anchor, and what stands in for the microprice where it is not known. */
  readonly lines: Sampled
  readonly marks: readonly Mark[]
  readonly gaps: readonly NamedGap[]
  readonly walls: readonly Wall[]
  /** Share of the walls here that were pulled; NaN while too few have ended. */
  readonly pullRate: number
}

export function drawOver(pen: Pen, over: Over): void {
  const { ctx, colours } = pen
  const { frame } = over
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, 0, snapped(frame.right, pen.ratio), snapped(frame.bottom, pen.ratio))
  ctx.clip()
  drawLine(pen, over, 2, { colour: colours.halo, width: 3, dash: [] })
  drawLine(pen, over, 2, { colour: colours.text2, width: 1.25, dash: [1.5, 3] })
  drawLine(pen, over, 0, { colour: colours.halo, width: 3, dash: [4, 3] })
  drawLine(pen, over, 0, { colour: colours.text2, width: 1.25, dash: [4, 3] })
  drawLine(pen, over, 4, { colour: colours.halo, width: 3, dash: [] })
  drawLine(pen, over, 4, { colour: colours.text2, width: 1.25, dash: [] })
  drawLine(pen, over, 1, { colour: colours.halo, width: 4, dash: [] })
  drawMarks(pen, over)
  drawLine(pen, over, 1, { colour: colours.line, width: 1.5, dash: [] })
  drawWalls(pen, frame, over.walls, { base: over.instrument.base, pullRate: over.pullRate, now: frame.to })
  drawGaps(pen, { ...frame, left: 0, top: 0 }, over.gaps, true)
  drawBeginning(pen, over)
  ctx.restore()
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
