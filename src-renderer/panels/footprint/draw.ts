import { amount, clock, price, signed } from '../../../src-shared/format'
import type { Instrument } from '../../../src-shared/instrument'
import { millis, ticks } from '../../../src-shared/units'
import type { Context2d } from '../../charts/canvas'
import type { Pen } from '../../charts/ink'
import { figure, figureWidth, hatch, horizontal, vertical } from '../../charts/ink'
import { font } from '../../charts/theme'
import type { Cell, Grid, Interval } from './grid'
import { deltaOf, rowDeltas, volumeOf } from './grid'
import type { Place } from './place'
import { deltaWidth, headHeight, rowHeight } from './place'

export interface FootprintScene {
  readonly grid: Grid
  readonly place: Place
  readonly instrument: Instrument
  readonly intervalMs: number
  /** Row in which the mid lies; NaN unless the book is live. */
  readonly midRow: number
}

export function drawFootprint(pen: Pen, scene: FootprintScene): void {
  const { ctx, colours } = pen
  const { place, grid } = scene
  ctx.fillStyle = colours.bg
  ctx.fillRect(0, 0, place.width, place.height)
  drawRows(pen, scene)
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, 0, place.right, place.height)
  ctx.clip()
  grid.intervals.toReversed().forEach((interval, back) => {
    const x = place.x(back)
    if (x > place.right || x + place.columnWidth < 0) return
    drawInterval(pen, scene, interval, x)
  })
  ctx.restore()
  drawFrame(pen, scene)
  drawPrices(pen, scene)
}

/** Grid lines, and the row of the mid. */
function drawRows(pen: Pen, { place, grid, midRow }: FootprintScene): void {
  const { ctx, colours } = pen
  const first = Math.floor(grid.low) - 40
  for (let row = first; row <= grid.high + 40; row++) {
    const y = place.y(row)
    if (y < headHeight - rowHeight || y > place.bottom) continue
    if (row === midRow) {
      ctx.fillStyle = colours.raised
      ctx.fillRect(0, y, place.width, rowHeight)
    }
    horizontal(pen, 0, place.right, y + rowHeight, colours.grid)
  }
}

function drawInterval(pen: Pen, scene: FootprintScene, interval: Interval, x: number): void {
  const { ctx } = pen
  const { place } = scene
  ctx.save()
  ctx.beginPath()
  ctx.rect(x, headHeight, place.columnWidth, place.bottom - headHeight)
  ctx.clip()
  for (const cell of interval.cells) {
    const y = place.y(cell.row)
    if (y + rowHeight < headHeight || y > place.bottom) continue
    drawCell(pen, scene, interval, cell, x, y)
  }
  ctx.restore()
  vertical(pen, x, headHeight, place.height, pen.colours.border)
  drawSums(pen, scene, interval, x)
}

/** Volumes left and right of the middle, each on a bar of its size; what stands out is bold and has a thick edge. */
function drawCell(
  { ctx, colours }: Pen,
  { grid, place, instrument }: FootprintScene,
  { poc }: Interval,
  { row, sold, bought, mark }: Cell,
  x: number,
  y: number
): void {
  const middle = Math.round(x + place.columnWidth / 2)
  const room = place.columnWidth / 2 - 3
  const wide = (volume: number) => Math.sqrt(volume / grid.most) * room
  ctx.fillStyle = colours.askBar
  ctx.fillRect(middle - wide(sold), y + 1, wide(sold), rowHeight - 2)
  ctx.fillStyle = colours.bidBar
  ctx.fillRect(middle, y + 1, wide(bought), rowHeight - 2)
  if (mark) {
    ctx.fillStyle = mark === 'ask' ? colours.bid : colours.ask
    ctx.fillRect(mark === 'ask' ? x + place.columnWidth - 3 : x + 1, y + 1, 3, rowHeight - 2)
  }
  if (row === poc) {
    ctx.strokeStyle = colours.text2
    ctx.lineWidth = 1
    ctx.strokeRect(x + 4.5, y + 0.5, place.columnWidth - 9, rowHeight - 1)
  }
  const middleY = y + rowHeight / 2 + 0.5
  const decimals = digitsIn(instrument)
  ctx.font = font(colours, mark === 'bid' ? 600 : 400)
  wholeFigure(
    ctx,
    sold > 0 ? short(sold, decimals) : '·',
    middle - 6,
    middleY,
    sold > 0 ? (mark === 'bid' ? colours.askText : colours.text) : colours.text3
  )
  ctx.font = font(colours, mark === 'ask' ? 600 : 400)
  wholeFigure(
    ctx,
    bought > 0 ? short(bought, decimals) : '·',
    x + place.columnWidth - 7,
    middleY,
    bought > 0 ? (mark === 'ask' ? colours.bidText : colours.text) : colours.text3
  )
}

/** Nothing rather than a figure that the left edge cuts: without its first digit it is another one. */
function wholeFigure(ctx: Context2d, text: string, right: number, y: number, colour: string): void {
  if (right - figureWidth(ctx, text) >= 0) figure(ctx, text, right, y, colour)
}

/** A volume in little room. */
const short = (volume: number, decimals: number): string =>
  amount(volume, volume >= 10 ? 1 : Math.min(2, decimals))

/** Time above, delta and volume below. */
function drawSums(pen: Pen, scene: FootprintScene, interval: Interval, x: number): void {
  const { ctx, colours } = pen
  const { place, instrument, intervalMs } = scene
  const { from, whole } = interval
  const right = x + place.columnWidth - 7
  if (!whole) hatch(pen, [x, 0, place.columnWidth, headHeight])
  ctx.font = font(colours)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  const time = clock(millis(from)).slice(0, intervalMs < 60_000 ? 8 : 5)
  const text = whole ? time : `${time} in part`
  if (!whole) {
    ctx.fillStyle = colours.bg
    ctx.fillRect(x + 3, 3, ctx.measureText(text).width + 6, headHeight - 6)
  }
  ctx.fillStyle = whole ? colours.text2 : colours.text3
  ctx.fillText(text, x + 6, headHeight / 2 + 0.5)
  const delta = deltaOf(interval)
  const y = place.bottom + 10.5
  ctx.fillStyle = colours.text3
  ctx.fillText('Δ', x + 6, y)
  ctx.fillText('vol', x + 6, y + 18)
  const side = delta > 0 ? colours.bidText : delta < 0 ? colours.askText : colours.text
  ctx.font = font(colours, 600)
  wholeFigure(ctx, signed(delta, digitsOf(delta, instrument)), right, y, side)
  ctx.font = font(colours)
  wholeFigure(ctx, amount(volumeOf(interval)), right, y + 18, colours.text)
}

const digitsOf = (value: number, instrument: Instrument): number =>
  Math.min(digitsIn(instrument), Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)

/** Digits that a volume in base money can have: an inverse contract is any fraction of it. */
const digitsIn = ({ size, contract }: Instrument): number =>
  contract.currency === 'quote' || contract.of !== 1 ? 2 : size.decimals

function drawFrame(pen: Pen, { place }: FootprintScene): void {
  const { colours } = pen
  horizontal(pen, 0, place.width, headHeight, colours.border)
  horizontal(pen, 0, place.width, place.bottom, colours.border)
  vertical(pen, place.right, 0, place.height, colours.border)
  vertical(pen, place.right + deltaWidth, 0, place.height, colours.border)
}

/** Row deltas of all intervals as signed bars, and the prices. */
function drawPrices(pen: Pen, { grid, place, instrument, midRow }: FootprintScene): void {
  const { ctx, colours } = pen
  const deltas = rowDeltas(grid)
  const most = Math.max(...[...deltas.values()].map(Math.abs), 1e-12)
  const middle = place.right + deltaWidth / 2
  ctx.font = font(colours)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.fillStyle = colours.text3
  ctx.fillText('Δ row', place.right + 6, headHeight / 2 + 0.5)
  ctx.save()
  ctx.beginPath()
  ctx.rect(place.right, headHeight, place.width, place.bottom - headHeight)
  ctx.clip()
  for (let row = Math.floor(grid.low) - 40; row <= grid.high + 40; row++) {
    const y = place.y(row)
    if (y + rowHeight < headHeight || y > place.bottom) continue
    const delta = deltas.get(row)
    const centre = y + rowHeight / 2 + 0.5
    if (delta !== undefined) {
      const wide = (Math.abs(delta) / most) * (deltaWidth / 2 - 2)
      ctx.fillStyle = delta >= 0 ? colours.bidBar : colours.askBar
      ctx.fillRect(delta >= 0 ? middle : middle - wide, y + 2, wide, rowHeight - 4)
      const side = delta > 0 ? colours.bidText : delta < 0 ? colours.askText : colours.text2
      ctx.font = font(colours)
      figure(ctx, signed(delta, digitsOf(delta, instrument)), place.right + deltaWidth - 6, centre, side)
    }
    ctx.font = font(colours, row === midRow ? 600 : 400)
    const colour = row === midRow ? colours.text : delta === undefined ? colours.text3 : colours.text2
    figure(ctx, price(instrument, ticks(row * grid.step)), place.width - 6, centre, colour)
  }
  ctx.restore()
}
