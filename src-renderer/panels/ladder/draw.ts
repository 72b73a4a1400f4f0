import { amount, decimal, mid as midText, money, signed, unknown } from '../../../src-shared/format'
import { valueOn } from '../../../src-shared/instrument'
import type { Pen } from '../../charts/ink'
import { figure, figureWidth, hatch, horizontal } from '../../charts/ink'
import { font } from '../../charts/theme'
import type { Column, Columns } from './columns'
import { columnsFor } from './columns'
import type { LadderDrawing } from './drawing'
import type { Ladder, MemberHead, SeenRow } from './picture'
import { headHeight, midHeight, rowHeight } from './picture'
import { drawMemberHeads, drawSegments, drawShares } from './draw-shares'

/** Draws the whole ladder; the pen is scaled to CSS px. */
export function drawLadder(pen: Pen, drawing: LadderDrawing): void {
  const { ctx, colours } = pen
  const { ladder, rows, width, height } = drawing
  ctx.fillStyle = colours.bg
  ctx.fillRect(0, 0, width, height)
  ctx.font = font(colours, 400, 12)
  const prices = rows.map((row) => decimal(valueOn(ladder.instrument.price, row.price), ladder.decimals))
  const widest = prices.reduce((most, text) => Math.max(most, figureWidth(ctx, text)), 40)
  const columns = columnsFor(width, widest, drawing.members.length)
  ctx.fillStyle = colours.panel
  ctx.fillRect(columns.price.left, headHeight, columns.price.right - columns.price.left, height - headHeight)
  const dimmed = sharedStart(prices)
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, headHeight, width, height - headHeight)
  ctx.clip()
  ctx.translate(0, headHeight)
  rows.forEach((row, i) => {
    drawRow(pen, drawing, columns, row, prices[i]!, dimmed)
  })
  drawMid(pen, drawing)
  ctx.restore()
  drawHead(pen, columns, width, drawing.members)
}

/** Letters that all prices in sight have in common at the start. */
export function sharedStart(texts: readonly string[]): number {
  const first = texts[0] ?? ''
  let length = first.length
  for (const text of texts) {
    let same = 0
    while (same < length && text[same] === first[same]) same++
    length = same
  }
  return texts.length > 1 ? length : 0
}

function drawHead(pen: Pen, columns: Columns, width: number, members: readonly MemberHead[]): void {
  const { ctx, colours } = pen
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

function drawRow(
  pen: Pen,
  drawing: LadderDrawing,
  columns: Columns,
  row: SeenRow,
  price: string,
  dimmed: number
): void {
  const { ctx, colours } = pen
  const y = row.y + rowHeight / 2 + 0.5
  const known = !Number.isNaN(row.lots)
  const strong = drawing.dim || !known ? colours.text3 : colours.text
  const weak = drawing.dim ? colours.text3 : colours.text2
  if (!known) {
    const { left, right } = columns.price
    hatch(pen, [0, row.y, left, rowHeight])
    hatch(pen, [right, row.y, drawing.width - right, rowHeight])
  } else if (row.lots > 0) drawSize(pen, drawing, columns, row, strong)
  ctx.font = font(colours, 400, 12)
  figure(ctx, price, columns.price.right - 6, y, strong, dimmed, weak)
  ctx.font = font(colours)
  if (known && columns.sum) figure(ctx, total(drawing.ladder, row.sum), columns.sum.right - 6, y, weak)
  if (drawing.members.length > 0) {
    drawShares(pen, drawing, columns, row, y)
    return
  }
  const [bought, sold] = drawing.traded(row)
  drawTraded(pen, drawing, columns.bought, bought, y, colours.bidText)
  drawTraded(pen, drawing, columns.sold, sold, y, colours.askText)
}

/** The size and its bar: square root scale, and an edge where the bar is longer than its column. */
function drawSize(pen: Pen, drawing: LadderDrawing, columns: Columns, row: SeenRow, colour: string): void {
  const { ctx, colours, ratio } = pen
  const { left, right } = columns[row.side]
  const { full } = drawing.ladder
  const wall = row.lots > full
  const device = (value: number) => Math.round(value * ratio) / ratio
  const width = device(Math.min(1, Math.sqrt(row.lots / full)) * (right - left))
  const start = row.side === 'bid' ? right - width : left
  ctx.globalAlpha = drawing.dim ? 0.35 : 1
  ctx.fillStyle = row.side === 'bid' ? colours.bidBar : colours.askBar
  if (row.shares) drawSegments(pen, row, [start, width])
  else ctx.fillRect(start, row.y + 1, width, rowHeight - 2)
  if (wall) {
    ctx.fillStyle = row.side === 'bid' ? colours.bid : colours.ask
    ctx.fillRect(row.side === 'bid' ? left : right - 2, row.y + 1, 2, rowHeight - 2)
  }
  ctx.globalAlpha = 1
  ctx.font = font(colours, wall ? 700 : 400, 12)
  figure(ctx, sizeText(drawing.ladder, row.lots), right - 6, row.y + rowHeight / 2 + 0.5, colour)
}

function drawTraded(
  pen: Pen,
  drawing: LadderDrawing,
  column: Column | undefined,
  lots: number,
  y: number,
  colour: string
): void {
  if (!column) return
  const text = Number.isNaN(lots) ? unknown : total(drawing.ladder, lots)
  // Next to nothing is shown as nothing.
  const some = /[1-9]/.test(text)
  const shown = some || text === unknown ? text : '·'
  figure(pen.ctx, shown, column.right - 6, y, some && !drawing.dim ? colour : pen.colours.text3)
}

function drawMid(pen: Pen, { ladder, midY, width, dim }: LadderDrawing): void {
  const { ctx, colours } = pen
  ctx.fillStyle = colours.raised
  ctx.fillRect(0, midY, width, midHeight)
  horizontal(pen, 0, width, midY, colours.border)
  horizontal(pen, 0, width, midY + midHeight - 1, colours.border)
  const y = midY + midHeight / 2 + 0.5
  const { price } = ladder.instrument
  ctx.textBaseline = 'middle'
  ctx.fillStyle = colours.text2
  ctx.font = font(colours)
  ctx.textAlign = 'left'
  ctx.fillText(`spread ${decimal(valueOn(price, ladder.spread), price.decimals)}`, 8, y)
  const micro = Number.isFinite(ladder.micro)
    ? signed(valueOn(price, ladder.micro), price.decimals + 1)
    : unknown
  ctx.textAlign = 'right'
  ctx.fillText(`micro ${micro}`, width - 8, y)
  ctx.font = font(colours, 600, 13)
  const text = Number.isFinite(ladder.mid) ? midText(ladder.instrument, ladder.mid) : unknown
  figure(ctx, text, (width + figureWidth(ctx, text)) / 2, y, dim ? colours.text2 : colours.text)
}

/** A size with the table's decimals, shortened from 100,000 on. */
export function sizeText({ instrument }: Ladder, lots: number): string {
  const value = valueOn(instrument.size, lots)
  return value >= 100_000 ? money(value) : amount(value, instrument.size.decimals)
}

/** A sum: one decimal below 100, none from there, shortened from 100,000 on. */
export function total({ instrument }: Ladder, lots: number): string {
  const value = valueOn(instrument.size, lots)
  if (value >= 100_000) return money(value)
  return decimal(value, value < 100 ? Math.min(1, instrument.size.decimals) : 0)
}
