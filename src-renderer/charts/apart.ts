import type { Pen } from './ink'
import type { Mark } from './marks'

/**
 * A trade that is none of the book's own: an empty square for a block or a combo's leg, a diamond for a liquidation, an empty circle of its `radius` for one
 * that met an order which the public book does not show.
 */
export function drawApart(
  { ctx, colours }: Pen,
  { kind, aggressor }: Mark,
  x: number,
  y: number,
  radius: number
): void {
  ctx.strokeStyle = aggressor === 'buy' ? colours.bid : colours.ask
  ctx.fillStyle = colours.bg
  ctx.lineWidth = 1.5
  ctx.beginPath()
  if (kind === 'apart') ctx.rect(x - 4, y - 4, 8, 8)
  else if (kind === 'unseen') ctx.arc(x, y, Math.max(3, radius), 0, 2 * Math.PI)
  else {
    ctx.moveTo(x, y - 6)
    ctx.lineTo(x + 6, y)
    ctx.lineTo(x, y + 6)
    ctx.lineTo(x - 6, y)
    ctx.closePath()
  }
  ctx.fill()
  ctx.stroke()
  if (kind !== 'forced') return
  // A cross within: closed by force, whichever side.
  ctx.beginPath()
  ctx.moveTo(x - 2, y - 2)
  ctx.lineTo(x + 2, y + 2)
  ctx.moveTo(x + 2, y - 2)
  ctx.lineTo(x - 2, y + 2)
  ctx.stroke()
}
