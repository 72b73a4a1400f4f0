import type { Box, Pen } from '../../charts/ink'
import { figure, hatch, snapped } from '../../charts/ink'
import { font } from '../../charts/theme'
import type { Column, Columns } from './columns'
import { drawSegments, drawShares } from './draw-shares'
import type { LadderDrawing } from './drawing'
import { headHeight, rowHeight } from './picture'
import type { RowLook } from './row-look'
import { isAlike, isSameUnknown, tells } from './row-look'

/** What stands at a row's place on the canvas. */
export interface PaintedRow {
  readonly look: RowLook
  /** A figure is wider than its cell: such a row is always drawn as a whole. */
  readonly spills: boolean
}

/** Draws a row where `before` stands, undefined where nothing is known of the place: only the cells that look different are cleared and drawn. */
export function drawRow(
  pen: Pen,
  drawing: LadderDrawing,
  columns: Columns,
  look: RowLook,
  before: PaintedRow | undefined
): PaintedRow {
  if (before && isSameUnknown(before.look, look)) return { ...before, look }
  if (before && !before.spills && isAlike(before.look, look)) {
    if (!drawCells(pen, drawing, columns, look, before.look)) return { look, spills: false }
  }
  clearRow(pen, columns, look.row.y, drawing.width)
  return { look, spills: drawCells(pen, drawing, columns, look, undefined) }
}

/** Takes away all that stands at a row's place. */
export function clearRow(pen: Pen, columns: Columns, y: number, width: number, height = rowHeight): void {
  clear(pen, { left: 0, right: width }, y, pen.colours.bg, height)
  clear(pen, columns.price, y, pen.colours.panel, height)
}

/** A column's part of a row in whole device pixels: neighbours that are cleared again and again keep their edges. */
function boxOf(ratio: number, { left, right }: Column, y: number, height = rowHeight): Box {
  const [x, top] = [snapped(left, ratio), snapped(headHeight + y, ratio)]
  return [x, top, snapped(right, ratio) - x, snapped(headHeight + y + height, ratio) - top]
}

function clear({ ctx, ratio }: Pen, column: Column, y: number, colour: string, height = rowHeight): void {
  ctx.fillStyle = colour
  ctx.fillRect(...boxOf(ratio, column, y, height))
}

/** Returns whether a figure did not fit its cell. */
function drawCells(
  pen: Pen,
  drawing: LadderDrawing,
  columns: Columns,
  look: RowLook,
  before: RowLook | undefined
): boolean {
  const { colours } = pen
  const { known } = look
  const weak = drawing.dim ? colours.text3 : colours.text2
  let spills = false
  if (!before && !known) drawUnknown(pen, columns, look.row.y, drawing.width)
  if (!before || look.size !== before.size || look.bar !== before.bar || look.wall !== before.wall) {
    const column = columns[look.row.side]
    if (before) clear(pen, column, look.row.y, colours.bg)
    if (look.size !== '') spills = drawSize(pen, drawing, column, look) || spills
  }
  if (!before || look.price !== before.price || look.dimmed !== before.dimmed) {
    if (before) clear(pen, columns.price, look.row.y, colours.panel)
    spills =
      drawPrice(pen, columns.price, look, drawing.dim || !known ? colours.text3 : colours.text, weak) ||
      spills
  }
  const small = (column: Column | undefined, text: string, old: string | undefined, colour: string) => {
    if (!column || text === old || text === '') return
    if (before) clear(pen, column, look.row.y, colours.bg)
    pen.ctx.font = font(colours)
    spills = written(pen, column, text, look.row.y, colour) || spills
  }
  small(columns.sum, look.sum, before?.sum, weak)
  if (drawing.members.length > 0) {
    // Rows whose shares differ are not alike.
    if (!before) drawShares(pen, drawing, columns, look.row, middleOf(look.row.y))
    return spills
  }
  const of = (text: string, colour: string) => (tells(text) && !drawing.dim ? colour : colours.text3)
  small(columns.bought, look.bought, before?.bought, of(look.bought, colours.bidText))
  small(columns.sold, look.sold, before?.sold, of(look.sold, colours.askText))
  return spills
}

const middleOf = (y: number): number => headHeight + y + rowHeight / 2 + 0.5

/** Writes a figure at a column's right edge; returns whether it did not fit. */
function written(
  { ctx }: Pen,
  { left, right }: Column,
  text: string,
  y: number,
  colour: string,
  dimmed = 0,
  weak = colour
): boolean {
  return figure(ctx, text, right - 6, middleOf(y), colour, dimmed, weak) < left
}

function drawUnknown(pen: Pen, { price }: Columns, y: number, width: number): void {
  hatch(pen, boxOf(pen.ratio, { left: 0, right: price.left }, y))
  hatch(pen, boxOf(pen.ratio, { left: price.right, right: width }, y))
}

function drawPrice(pen: Pen, column: Column, look: RowLook, strong: string, weak: string): boolean {
  pen.ctx.font = font(pen.colours, 400, 12)
  return written(pen, column, look.price, look.row.y, strong, look.dimmed, weak)
}

/** The size and its bar: square root scale, and an edge where the bar is longer than its column. */
function drawSize(pen: Pen, drawing: LadderDrawing, column: Column, look: RowLook): boolean {
  const { ctx, colours } = pen
  const { row, bar, wall } = look
  const isBid = row.side === 'bid'
  const [top, high] = [headHeight + row.y + 1, rowHeight - 2]
  const [left, , wide] = boxOf(pen.ratio, column, row.y)
  const start = isBid ? left + wide - bar : left
  ctx.globalAlpha = drawing.dim ? 0.35 : 1
  ctx.fillStyle = isBid ? colours.bidBar : colours.askBar
  if (row.shares) drawSegments(pen, row, [start, bar], top)
  else ctx.fillRect(start, top, bar, high)
  if (wall) {
    ctx.fillStyle = isBid ? colours.bid : colours.ask
    ctx.fillRect(isBid ? left : left + wide - 2, top, 2, high)
  }
  ctx.globalAlpha = 1
  ctx.font = font(colours, wall ? 700 : 400, 12)
  return written(pen, column, look.size, row.y, drawing.dim ? colours.text3 : colours.text)
}
