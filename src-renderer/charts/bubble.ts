import type { Pen } from './ink'

/** A trade: a circle with half of it filled, right for a buy, left for a sell, so that side is not colour alone. */
export function drawBubble(
  { ctx, colours }: Pen,
  x: number,
  y: number,
  radius: number,
  aggressor: 'buy' | 'sell'
): void {
  const colour = aggressor === 'buy' ? colours.bid : colours.ask
  const start = aggressor === 'buy' ? -Math.PI / 2 : Math.PI / 2
  ctx.beginPath()
  ctx.arc(x, y, radius, 0, 2 * Math.PI)
  ctx.globalAlpha = 0.55
  ctx.fillStyle = colours.bg
  ctx.fill()
  ctx.globalAlpha = 1
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.25
  ctx.stroke()
  ctx.beginPath()
  ctx.arc(x, y, radius, start, start + Math.PI)
  ctx.globalAlpha = 0.6
  ctx.fillStyle = colour
  ctx.fill()
  ctx.globalAlpha = 1
}
