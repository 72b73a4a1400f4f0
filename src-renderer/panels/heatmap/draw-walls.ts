import { amount, percent, span } from '../../../src-shared/format'
import type { Pen } from '../../charts/ink'
import { chip } from '../../charts/ink'
import { font } from '../../charts/theme'
import type { Frame } from './frame'
import type { Wall } from './walls'

/** Standing walls that are named; the largest. */
const mostNamed = 4
/** Names nearer together than this, px, would lie on one another. */
const apart = 20

/** A line along each wall from when it came to when it went (× pulled, a dot eaten); those that stand are named with size, age and pull rate. */
export function drawWalls(
  pen: Pen,
  frame: Frame,
  walls: readonly Wall[],
  { base, pullRate, now }: { readonly base: string; readonly pullRate: number; readonly now: number }
): void {
  const seen = walls.filter(
    ({ price, from, to }) => price <= frame.top && price >= frame.low && from < frame.to && to > frame.from
  )
  for (const wall of seen) drawLine(pen, frame, wall)
  const standing = seen.filter(({ end }) => end === 'stands').sort((one, other) => other.size - one.size)
  const taken: number[] = []
  for (const wall of standing) {
    const y = frame.y(wall.price) - 14
    if (taken.length >= mostNamed || y < 10 || taken.some((other) => Math.abs(other - y) < apart)) continue
    taken.push(y)
    const pulled = Number.isFinite(pullRate) ? [`pulled ${percent(pullRate)}`] : []
    chip(
      pen,
      frame.right - 6,
      y,
      [
        ['Wall', pen.colours.heat5],
        [`${amount(wall.size)} ${base}`, pen.colours.text],
        ...[span(now - wall.from), ...pulled].map((text) => [text, pen.colours.text2] as const)
      ],
      'right'
    )
  }
}

function drawLine({ ctx, colours }: Pen, frame: Frame, { price, from, to, end }: Wall): void {
  const y = Math.round(frame.y(price)) - 0.5
  const left = Math.max(0, frame.x(from))
  const right = Math.min(frame.right, frame.x(to))
  ctx.strokeStyle = colours.heat6
  ctx.globalAlpha = end === 'stands' ? 0.9 : 0.5
  ctx.lineWidth = 1
  ctx.beginPath()
  ctx.moveTo(left, y)
  ctx.lineTo(right, y)
  ctx.stroke()
  ctx.globalAlpha = 1
  if (end !== 'pulled' && end !== 'eaten') return
  ctx.font = font(colours, 600)
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillStyle = colours.text
  ctx.fillText(end === 'pulled' ? '×' : '•', right, y)
}
