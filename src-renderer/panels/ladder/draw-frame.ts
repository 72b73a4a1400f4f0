import { decimal, mid as midText, signed, unknown } from '../../../src-shared/format'
import type { Grid } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import type { Pen } from '../../charts/ink'
import { figure, figureWidth, horizontal, snapped } from '../../charts/ink'
import { font } from '../../charts/theme'
import { micropriceName } from '../../parts/microprice'
import type { Column, Columns } from './columns'
import { drawMemberHeads } from './draw-shares'
import type { LadderDrawing } from './drawing'
import type { Ladder, MemberHead, MicroLook } from './picture'
import { headHeight, midHeight } from './picture'

/** The names of the columns. */
export function drawHead(pen: Pen, columns: Columns, width: number, members: readonly MemberHead[]): void {
  const { ctx, colours } = pen
  ctx.fillStyle = colours.bg
  ctx.fillRect(0, 0, width, snapped(headHeight, pen.ratio))
  ctx.font = font(colours, 500)
  ctx.fillStyle = colours.text3
  ctx.textBaseline = 'middle'
  const y = headHeight / 2 + 0.5
  const right = (column: Column | undefined, text: string) => {
    if (!column) return
    ctx.textAlign = 'right'
    ctx.fillText(text, column.right - 6, y)
  }
  right(columns.bid, 'Bid')
  right(columns.ask, 'Ask')
  right(columns.sum, 'Sum')
  right(columns.bought, 'Buys')
  right(columns.sold, 'Sells')
  drawMemberHeads(pen, columns, members, y)
  ctx.fillStyle = colours.text3
  ctx.textAlign = 'center'
  ctx.fillText('Price', (columns.price.left + columns.price.right) / 2, y)
  horizontal(pen, 0, width, headHeight - 1, colours.border)
}

/** What the mid row tells. */
export interface MidLook {
  readonly y: number
  readonly spread: string
  readonly micro: string
  readonly mid: string
}

export function midLookOf({ instrument, spread, micro, mid }: Ladder, y: number): MidLook {
  const { price } = instrument
  return {
    y,
    spread: `spread ${decimal(valueOn(price, spread), price.decimals)}`,
    micro: microText(micro, price),
    mid: Number.isFinite(mid) ? midText(instrument, mid) : unknown
  }
}

function microText({ kind, offset }: MicroLook, grid: Grid): string {
  const value = Number.isFinite(offset) ? signed(valueOn(grid, offset), grid.decimals + 1) : unknown
  // A young fit at two ticks is only mostly the mid.
  if (kind === 'mid' && !/[1-9]/.test(value)) return 'micro at mid'
  return `${micropriceName(kind)} ${value}`
}

export const isSameMid = (one: MidLook, other: MidLook): boolean =>
  one.y === other.y && one.spread === other.spread && one.micro === other.micro && one.mid === other.mid

export function drawMid(pen: Pen, look: MidLook, { width, dim }: LadderDrawing): void {
  const { ctx, colours, ratio } = pen
  const top = headHeight + look.y
  const edge = snapped(top, ratio)
  ctx.fillStyle = colours.raised
  ctx.fillRect(0, edge, width, snapped(top + midHeight, ratio) - edge)
  horizontal(pen, 0, width, top, colours.border)
  horizontal(pen, 0, width, top + midHeight - 1, colours.border)
  const y = top + midHeight / 2 + 0.5
  ctx.textBaseline = 'middle'
  ctx.fillStyle = colours.text2
  ctx.font = font(colours)
  ctx.textAlign = 'left'
  ctx.fillText(look.spread, 8, y)
  ctx.textAlign = 'right'
  ctx.fillText(look.micro, width - 8, y)
  ctx.font = font(colours, 600, 13)
  figure(ctx, look.mid, (width + figureWidth(ctx, look.mid)) / 2, y, dim ? colours.text2 : colours.text)
}
