import { clock, decimal, mid as midText } from '../../../src-shared/format'
import type { Instrument } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import type { DepthHistory } from '../../charts/depth-history'
import type { HeatWindow } from '../../charts/heatmap'
import type { Box, Pen } from '../../charts/ink'
import { figure, horizontal, priceTag, snapped, vertical } from '../../charts/ink'
import { font } from '../../charts/theme'
import { gutter } from '../../charts/time-plot'
import type { Frame } from './frame'
import { priceLabels, timeLabels } from './frame'

/** CSS px past the canvas: a last device pixel that is covered in part would keep something of what was there. */
const beyond = 1

/** What stands beside the picture and below it. */
export interface Axed {
  readonly frame: Frame
  readonly window: HeatWindow
  readonly instrument: Instrument
  readonly history: DepthHistory
  readonly live: boolean
  /** Lots at the brightest colour. */
  readonly cut: number
  /** Ticks; NaN unless live. */
  readonly mid: number
  /** Which of the lines are to be seen. */
  readonly named: { readonly micro: boolean; readonly vwap: boolean; readonly average: string }
}

/**
 * The book as it is now and the prices beside the picture, and the times below it. Their letters cost more than the picture, and most of the time they stay:
 * each part is drawn again when it looks different. It ends where device pixels do, so that nothing of the picture shines through.
 */
export class Axes {
  #beside: readonly unknown[] = []
  #below: readonly unknown[] = []

  /** Call it when the canvas has been cleared. */
  forget(): void {
    this.#beside = this.#below = []
  }

  draw(pen: Pen, axed: Axed): void {
    const { colours, ratio } = pen
    const { frame, window, instrument, history, live, cut, mid, named } = axed
    const { width, height } = frame
    const ground = [colours, ratio, width, height]
    const [right, bottom] = [snapped(frame.right, ratio), snapped(frame.bottom, ratio)]
    const prices = [frame.top, frame.low, window.row, window.rows, window.per]
    const beside = [...ground, ...prices, instrument, history, history.taken, live, cut, mid]
    if (!isSame(beside, this.#beside))
      inside(pen, [right, 0, width - right + beyond, bottom], () => {
        drawPresent(pen, axed)
        drawPrices(pen, axed)
      })
    this.#beside = beside
    const times = timesOf(frame, ratio)
    const below = [...ground, named.micro, named.vwap, named.average, ...times.flat()]
    if (!isSame(below, this.#below))
      inside(pen, [0, bottom, width + beyond, height - bottom + beyond], () => {
        drawTimes(pen, frame, times)
        drawLegend(pen, frame, named)
      })
    this.#below = below
  }
}

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((value, i) => Object.is(value, other[i]))

/** On the empty ground of a box, and nowhere else. */
function inside({ ctx, colours }: Pen, box: Box, draw: () => void): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(...box)
  ctx.clip()
  ctx.fillStyle = colours.bg
  ctx.fillRect(...box)
  draw()
  ctx.restore()
}

/** The book as it stands now: square root scale, full at the cut-off. */
function drawPresent({ ctx, colours }: Pen, { frame, window, history, live, cut, mid }: Axed): void {
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

/** What the white and the dotted line are, below the prices; a dash for one that is not known anywhere in sight. */
function drawLegend({ ctx, colours }: Pen, { right, bottom, height }: Frame, named: Axed['named']): void {
  const y = Math.round((bottom + height) / 2)
  ctx.font = font(colours)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.fillStyle = colours.text3
  for (const { x, name, drawn, colour, width, dash } of [
    { x: right + 5, name: 'micro', drawn: named.micro, colour: colours.line, width: 1.5, dash: [] },
    {
      x: right + 51,
      name: named.vwap ? named.average : 'VWAP',
      drawn: named.vwap,
      colour: colours.text2,
      width: 1.25,
      dash: [1.5, 2.5]
    }
  ]) {
    ctx.fillText(drawn ? name : `${name} –`, drawn ? x + 13 : x, y + 0.5)
    if (!drawn) continue
    ctx.strokeStyle = colour
    ctx.lineWidth = width
    ctx.setLineDash(dash)
    ctx.beginPath()
    ctx.moveTo(x, y)
    ctx.lineTo(x + 10, y)
    ctx.stroke()
  }
  ctx.setLineDash([])
}

function drawPrices(pen: Pen, { frame, instrument, mid }: Axed): void {
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
  priceTag(pen, midText(instrument, mid), axis, frame.width, y)
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

type Time = readonly [x: number, text: string]

/** Where which times stand: on device pixels, so that they stay while the picture moves by less. */
function timesOf(frame: Frame, ratio: number): readonly Time[] {
  const { at, apart } = timeLabels(frame)
  return at
    .map(
      (time) => [snapped(frame.x(time), ratio), clock(millis(time)).slice(0, apart < 60_000 ? 8 : 5)] as const
    )
    .filter(([x]) => x >= 28 && x <= frame.right - 28)
}

function drawTimes(pen: Pen, frame: Frame, times: readonly Time[]): void {
  const { ctx, colours } = pen
  vertical(pen, frame.right, frame.bottom, frame.height, colours.border)
  horizontal(pen, 0, frame.width, frame.bottom, colours.border)
  ctx.font = font(colours)
  ctx.fillStyle = colours.text2
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  for (const [x, text] of times) ctx.fillText(text, x, frame.bottom + 10.5)
}
