import type { Pen } from '../../charts/ink'
import { chip, figure, vertical } from '../../charts/ink'
import type { Frame } from '../../charts/plot'
import { font } from '../../charts/theme'
import { axisWidth, gutter, spaced } from '../../charts/time-plot'
import type { LaneScene } from './scene'

/** Names and latest values beside the ends of the lines, 13 px apart; as many as there is room for, the last drawn first. */
export function drawTags(pen: Pen, frame: Frame, { lane, figures, texts }: LaneScene): void {
  const { ctx, colours } = pen
  vertical(pen, frame.right, frame.top, frame.bottom, colours.border)
  const room = Math.max(1, Math.floor((frame.bottom - frame.top - 4) / 13))
  const known = figures
    .map((_, place) => place)
    .filter((place) => Number.isFinite(figures[place]))
    .toReversed()
    .slice(0, room)
  const ys = spaced(
    known.map((place) => frame.y(figures[place]!)),
    13,
    frame.top + 7,
    frame.bottom - 7
  )
  ctx.textBaseline = 'middle'
  known.forEach((place, at) => {
    const { title, look } = lane.lines[place]!
    const main = look !== 'second' && look !== 'third'
    const value = figures[place]!
    const side = value > 0 ? colours.bidText : value < 0 ? colours.askText : colours.text
    const sided = look === 'side' || look === 'bid' || look === 'ask'
    ctx.font = font(colours, main ? 600 : 400)
    ctx.textAlign = 'left'
    ctx.fillStyle = main ? colours.text2 : colours.text3
    ctx.fillText(title, frame.right + 6, ys[at]!)
    const colour = sided ? side : main ? colours.text : colours.text2
    figure(ctx, texts[place]!, frame.right + gutter + axisWidth - 6, ys[at]!, colour)
  })
}

/** Why nothing is known, where the figure would be. */
export function drawLacks(pen: Pen, frame: Frame, { lacks }: LaneScene): void {
  if (lacks === '') return
  const { ctx, colours } = pen
  ctx.font = font(colours, 500)
  const room = frame.right - frame.left - 32
  let text = lacks
  while (text.length > 12 && ctx.measureText(text).width > room) text = `${text.slice(0, -8)}…`
  chip(pen, frame.left + 8, frame.top + 14, [[text, colours.text2]], 'left')
}
