import type { CanvasSize } from '../../../charts/canvas'
import type { Pen } from '../../../charts/ink'
import { chip, hatch, horizontal, vertical } from '../../../charts/ink'
import { font } from '../../../charts/theme'
import { aroundMs, type Around } from './around'

/** What the minute before and after an alert is drawn from. */
export interface AroundScene {
  readonly around: Around
  /** Ms after the trigger that have passed. */
  readonly until: number
  /** The alert's side; its figure has the colour. */
  readonly side: 'bid' | 'ask' | 'none'
  /** The figure's own title, and how a value of it and a mid, in bps of the mid at the trigger, are written. */
  readonly title: string
  readonly figureText: (value: number) => string
  readonly midText: (bps: number) => string
  /** NaN where there is none. */
  readonly threshold: number
  /** How long the episode lasted, ms; NaN while it runs or when it is not known. */
  readonly lastedMs: number
}

interface Place {
  readonly left: number
  readonly right: number
  /** Where the upper chart ends, and the lower. */
  readonly split: number
  readonly bottom: number
  readonly x: (offsetMs: number) => number
}

const axis = 64
const timeAxis = 20
const marks = [-60_000, -30_000, 0, 30_000, 60_000]

export function drawAround(pen: Pen, { width, height }: CanvasSize, scene: AroundScene): void {
  const { ctx, colours } = pen
  const left = 12
  const right = width - axis
  const bottom = height - timeAxis
  const x = (offsetMs: number): number => left + ((offsetMs + aroundMs) / (2 * aroundMs)) * (right - left)
  const place: Place = { left, right, bottom, split: Math.round(bottom * 0.56), x }
  ctx.fillStyle = colours.bg
  ctx.fillRect(0, 0, width, height)
  for (const mark of marks) if (mark !== 0) vertical(pen, x(mark), 0, bottom, colours.grid)
  drawEpisode(pen, place, scene)
  drawMid(pen, place, scene)
  drawFigure(pen, place, scene)
  for (const [from, to] of scene.around.holes) hatch(pen, [x(from), 0, Math.max(2, x(to) - x(from)), bottom])
  nameHoles(pen, place, scene)
  note(pen, left, place.split - 10, 'mid')
  note(pen, left, bottom - 10, scene.title)
  drawTrigger(pen, place)
  horizontal(pen, 0, width, place.split, colours.border)
  horizontal(pen, 0, width, bottom, colours.border)
  drawTimes(pen, place)
}

function drawEpisode({ ctx, colours }: Pen, { x, bottom }: Place, { lastedMs, until }: AroundScene): void {
  const end = Math.min(aroundMs, Number.isNaN(lastedMs) ? until : lastedMs)
  ctx.save()
  ctx.globalAlpha = 0.06
  ctx.fillStyle = colours.text2
  ctx.fillRect(x(0), 0, Math.max(0, x(end) - x(0)), bottom)
  ctx.restore()
}

function drawMid(pen: Pen, place: Place, { around, midText }: AroundScene): void {
  const { colours } = pen
  const [low, high] = extent(around.rows.map(([, mid]) => mid))
  if (Number.isNaN(low)) return
  const y = (mid: number): number => 14 + ((high - mid) / Math.max(1e-9, high - low)) * (place.split - 28)
  line(pen, around, place, 1, y, colours.text)
  label(pen, place.right + 8, y(high), midText(high))
  if (high > low) label(pen, place.right + 8, y(low), midText(low))
}

function drawFigure(pen: Pen, place: Place, scene: AroundScene): void {
  const { colours } = pen
  const { around, threshold, figureText, side } = scene
  const values = around.rows.map(([, , value]) => value)
  const [low, high] = extent(Number.isNaN(threshold) ? values : [...values, threshold])
  if (Number.isNaN(low)) return
  const [from, to] = low <= 0 && high >= 0 ? [low, high] : low > 0 && low < high / 3 ? [0, high] : [low, high]
  const room = place.bottom - place.split
  const y = (value: number): number =>
    place.split + 10 + ((to - value) / Math.max(1e-9, to - from)) * (room - 34)
  const colour = side === 'ask' ? colours.ask : side === 'bid' ? colours.bid : colours.text
  const zero = from <= 0 && to >= 0 ? y(0) : undefined
  if (zero !== undefined) horizontal(pen, place.left, place.right, zero, colours.border)
  dotted(pen, place, Number.isNaN(threshold) ? NaN : y(threshold))
  line(pen, around, place, 2, y, colour)
  const words: (readonly [number, string])[] = []
  if (!Number.isNaN(threshold)) words.push([y(threshold), `on ${figureText(threshold)}`])
  for (const [at, value] of [
    [zero ?? NaN, 0],
    [y(to), to],
    [y(from), from]
  ] as const)
    if (words.every(([other]) => Math.abs(other - at) >= 14)) words.push([at, figureText(value)])
  for (const [at, text] of words) if (!Number.isNaN(at)) label(pen, place.right + 8, at, text)
}

/** A line breaks where a value is not known, and over every hole. */
function line(
  { ctx }: Pen,
  { rows, holes }: Around,
  { x }: Place,
  column: 1 | 2,
  y: (value: number) => number,
  colour: string
): void {
  ctx.beginPath()
  let isBroken = true
  let last = NaN
  for (const row of rows) {
    const value = row[column]
    if (Number.isNaN(value)) isBroken = true
    else {
      const isOverHole = holes.some(([from]) => last <= from && from < row[0])
      if (isBroken || isOverHole) ctx.moveTo(x(row[0]), y(value))
      else ctx.lineTo(x(row[0]), y(value))
      isBroken = false
      last = row[0]
    }
  }
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.5
  ctx.lineJoin = 'round'
  ctx.stroke()
}

function dotted({ ctx, colours, ratio }: Pen, { left, right }: Place, y: number): void {
  if (Number.isNaN(y)) return
  ctx.save()
  ctx.setLineDash([2, 4])
  ctx.strokeStyle = colours.text2
  ctx.lineWidth = 1
  ctx.beginPath()
  const at = (Math.round(y * ratio) + 0.5) / ratio
  ctx.moveTo(left, at)
  ctx.lineTo(right, at)
  ctx.stroke()
  ctx.restore()
}

function nameHoles(pen: Pen, { x, split }: Place, { around }: AroundScene): void {
  for (const [from, to] of around.holes) {
    if (x(to) - x(from) < 60) continue
    chip(pen, (x(from) + x(to)) / 2, split - 24, [['not known', pen.colours.warn]])
  }
}

function drawTrigger(pen: Pen, { x, bottom }: Place): void {
  const { ctx, colours } = pen
  vertical(pen, x(0), 0, bottom, colours.warn)
  ctx.fillStyle = colours.warn
  ctx.beginPath()
  ctx.moveTo(x(0) - 5, 4)
  ctx.lineTo(x(0) + 5, 4)
  ctx.lineTo(x(0), 12)
  ctx.closePath()
  ctx.fill()
}

function drawTimes({ ctx, colours }: Pen, { x, left, bottom }: Place): void {
  ctx.font = font(colours)
  ctx.fillStyle = colours.text2
  ctx.textBaseline = 'middle'
  for (const mark of marks) {
    ctx.textAlign = mark === -aroundMs ? 'left' : 'center'
    const words = mark === 0 ? 'trigger' : `${mark > 0 ? '+' : '−'}${Math.abs(mark) / 1_000} s`
    ctx.fillText(words, mark === -aroundMs ? left : x(mark), bottom + timeAxis / 2 + 0.5)
  }
}

function label({ ctx, colours }: Pen, x: number, y: number, text: string): void {
  ctx.font = font(colours)
  ctx.fillStyle = colours.text2
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.fillText(text, x, y)
}

/** On a ground of its own: it may lie over a hole. */
function note({ ctx, colours }: Pen, x: number, y: number, text: string): void {
  ctx.font = font(colours)
  ctx.fillStyle = colours.bg
  ctx.fillRect(x - 2, y - 7, ctx.measureText(text).width + 4, 14)
  ctx.fillStyle = colours.text3
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.fillText(text, x, y)
}

function extent(values: readonly number[]): readonly [low: number, high: number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values)
    if (!Number.isNaN(value)) {
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  return low === Infinity ? [NaN, NaN] : [low, high]
}
