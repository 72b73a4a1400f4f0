import { percent, span } from '../../../src-shared/format'
import type { Pen } from '../../charts/ink'
import { crisp, hairline, horizontal, vertical } from '../../charts/ink'
import type { Frame } from '../../charts/plot'
import { font } from '../../charts/theme'
import { axisWidth, gutter } from '../../charts/time-plot'
import { bandDashes } from '../../parts/draw-imbalance'
import { stripHeight } from './geometry'
import type { Scene } from './scene'
import { placesOf } from './scene'

/** In a lower plot the words would lie under the lines, px. */
const leastForWords = 60

/** The first band's veil, and those of the grey ones: where several overlap, most bands usually are. */
const veils = [0.09, 0.05] as const

/** Where each band usually is: between the values it is below in 5 and 95 % of its own history. The edges are broken as the band's line is. */
export function drawVeils(pen: Pen, frame: Frame, scene: Scene): void {
  const { ctx, colours } = pen
  const { lines, bands, lows, highs } = scene
  const places = placesOf(bands.length)
  ctx.fillStyle = colours.text2
  bands.forEach((_, band) => {
    ctx.globalAlpha = veils[band === 0 ? 0 : 1]
    drawVeil(
      pen,
      frame,
      lines.at,
      lines.values[places.low + band] ?? [],
      lines.values[places.high + band] ?? []
    )
  })
  ctx.globalAlpha = 1
  bands.forEach((_, band) => {
    for (const value of [highs[band], lows[band]])
      if (Number.isFinite(value)) drawVeilEdge(pen, frame, value!, band)
  })
}

function drawVeil(
  { ctx }: Pen,
  frame: Frame,
  at: readonly number[],
  lows: readonly (number | null)[],
  highs: readonly (number | null)[]
): void {
  eachStep(at, (from, to, row) => {
    const [bottom, top] = [lows[row], highs[row]]
    if (bottom === null || bottom === undefined || top === null || top === undefined) return
    const x = Math.round(frame.x(from))
    ctx.fillRect(x, frame.y(top), Math.round(frame.x(to)) - x, frame.y(bottom) - frame.y(top))
  })
}

function drawVeilEdge(pen: Pen, frame: Frame, value: number, band: number): void {
  const { ctx, colours, ratio } = pen
  ctx.save()
  ctx.strokeStyle = colours.border
  ctx.lineWidth = hairline(ratio)
  ctx.setLineDash([...bandDashes[band]!])
  ctx.beginPath()
  const y = crisp(frame.y(value), ratio)
  ctx.moveTo(frame.left, y)
  ctx.lineTo(frame.right, y)
  ctx.stroke()
  ctx.restore()
}

/** What the edges of the first band's veil are called, over the lines and on a ground of its own: those of busy minutes would hide it. */
export function drawVeilNames(pen: Pen, frame: Frame, { lows, highs }: Scene): void {
  if (frame.bottom - frame.top < leastForWords) return
  const { ctx, colours } = pen
  ctx.font = font(colours)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  for (const [value = NaN, text, off] of [
    [highs[0], 'P95', -9],
    [lows[0], 'P5', 9]
  ] as const) {
    if (!Number.isFinite(value)) continue
    const y = frame.y(value) + off
    ctx.globalAlpha = 0.8
    ctx.fillStyle = colours.bg
    ctx.fillRect(frame.left + 5, y - 7, ctx.measureText(text).width + 6, 14)
    ctx.globalAlpha = 1
    ctx.fillStyle = colours.text3
    ctx.fillText(text, frame.left + 8, y + 0.5)
  }
}

/** Each value holds from its row to the next. Drawn from whole pixel to whole pixel, so that no seam shows between them. */
function eachStep(at: readonly number[], take: (from: number, to: number, row: number) => void): void {
  for (let row = 0; row + 1 < at.length; row++) if (at[row + 1]! > at[row]!) take(at[row]!, at[row + 1]!, row)
}

/** The regime over time: a bar in the upper half for the bid, in the lower half for the ask, a line between them for neither. */
export function drawRegime(pen: Pen, frame: Frame, scene: Scene): void {
  const { ctx, colours } = pen
  const { lines, bands } = scene
  const top = frame.bottom - stripHeight
  const middle = top + stripHeight / 2
  const regimes = lines.values[placesOf(bands.length).regime] ?? []
  horizontal(pen, frame.left, frame.right + gutter + axisWidth, top, colours.border)
  ctx.save()
  ctx.beginPath()
  ctx.rect(frame.left, top, frame.right - frame.left, stripHeight)
  ctx.clip()
  eachStep(lines.at, (from, to, row) => {
    const regime = regimes[row]
    if (regime === null || regime === undefined) return
    const x = Math.round(frame.x(from))
    const wide = Math.round(frame.x(to)) - x
    ctx.fillStyle = regime > 0 ? colours.bid : regime < 0 ? colours.ask : colours.neutral
    if (regime === 0) ctx.fillRect(x, middle - 0.5, wide, 1)
    else ctx.fillRect(x, regime > 0 ? middle - 7 : middle, wide, 7)
  })
  ctx.restore()
  drawRegimeNow(pen, frame, scene, middle)
}

function drawRegimeNow({ ctx, colours }: Pen, frame: Frame, scene: Scene, y: number): void {
  const { regime, regimeFor, regimeWhy } = scene
  const known = Number.isFinite(regime)
  const share = regimeWhy?.share ?? NaN
  const since = Number.isFinite(regimeFor) ? ` ${span(regimeFor * 1_000)}` : ''
  const text = known
    ? `${regime > 0 ? 'bid' : regime < 0 ? 'ask' : 'neither'}${since}`
    : Number.isFinite(share)
      ? `learning ${percent(share)}`
      : 'not known'
  ctx.font = font(colours, known && regime !== 0 ? 600 : 400)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.fillStyle =
    known && regime > 0 ? colours.bidText : known && regime < 0 ? colours.askText : colours.text3
  ctx.fillText(text, frame.right + 8, y + 0.5)
}

/** The line that parts the plot from its axis. */
export const drawEdge = (pen: Pen, frame: Frame): void => {
  vertical(pen, frame.right, frame.top, frame.bottom, pen.colours.border)
}
