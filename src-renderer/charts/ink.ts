import type { Context2d } from './canvas'
import type { Colours } from './theme'
import { font } from './theme'

/** Left, top, width, height in CSS px. */
export type Box = readonly [x: number, y: number, width: number, height: number]

/** The middle of the device pixel at `value`, so that a 1 px line is one px wide at any scale. */
export const crisp = (value: number, ratio: number): number => (Math.round(value * ratio) + 0.5) / ratio

/** The edge of the device pixel nearest to `value`, CSS px: what is filled up to there ends sharp. */
export const snapped = (value: number, ratio: number): number => Math.round(value * ratio) / ratio

/** One device pixel at least, whole ones always: the width of a hairline in CSS px. */
export const hairline = (ratio: number): number => Math.max(1, Math.round(ratio)) / ratio

export interface Pen {
  readonly ctx: Context2d
  readonly colours: Colours
  /** Device pixels a CSS px. */
  readonly ratio: number
}

export function horizontal(pen: Pen, from: number, to: number, y: number, colour: string): void {
  const { ctx, ratio } = pen
  ctx.fillStyle = colour
  ctx.fillRect(from, Math.round(y * ratio) / ratio, to - from, hairline(ratio))
}

export function vertical(pen: Pen, x: number, from: number, to: number, colour: string): void {
  const { ctx, ratio } = pen
  ctx.fillStyle = colour
  ctx.fillRect(Math.round(x * ratio) / ratio, from, hairline(ratio), to - from)
}

/** Unknown: whatever was drawn there is covered, and diagonal lines say that nothing is known. */
export function hatch(pen: Pen, [x, y, width, height]: Box, background: string = pen.colours.bg): void {
  const { ctx, colours } = pen
  if (width <= 0 || height <= 0) return
  ctx.save()
  ctx.beginPath()
  ctx.rect(x, y, width, height)
  ctx.clip()
  ctx.fillStyle = background
  ctx.fillRect(x, y, width, height)
  ctx.strokeStyle = colours.hatch
  ctx.lineWidth = 1
  ctx.setLineDash([])
  ctx.beginPath()
  // The stripes hang on the canvas, not on the box, so that neighbouring boxes join without a seam.
  const start = Math.floor((x - height - y) / 6) * 6 + y
  for (let at = start; at < x + width + height; at += 6) {
    ctx.moveTo(at, y + height)
    ctx.lineTo(at + height, y)
  }
  ctx.stroke()
  ctx.restore()
}

/** Words of a chip, each part with its colour. */
type ChipParts = readonly (readonly [text: string, colour: string])[]

const chipGap = 4

/** CSS px that a chip with these words takes. */
export function chipWidth({ ctx, colours }: Pen, parts: ChipParts): number {
  ctx.font = font(colours, 500)
  return Math.round(parts.reduce((sum, [text]) => sum + ctx.measureText(text).width + chipGap, 12 - chipGap))
}

/** Words on a rounded ground; each part has a colour. `align` says which end of the chip `x` is. */
export function chip(
  pen: Pen,
  x: number,
  y: number,
  parts: ChipParts,
  align: 'left' | 'centre' | 'right' = 'centre'
): void {
  const { ctx, colours } = pen
  const width = chipWidth(pen, parts)
  let left = Math.round(align === 'left' ? x : align === 'right' ? x - width : x - width / 2)
  ctx.fillStyle = colours.chip
  ctx.beginPath()
  ctx.roundRect(left, Math.round(y - 9), width, 18, 3)
  ctx.fill()
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  left += 6
  for (const [text, colour] of parts) {
    ctx.fillStyle = colour
    ctx.fillText(text, left, y + 0.5)
    left += ctx.measureText(text).width + chipGap
  }
}

/** Widths of letters by font, then by letter. */
const advances = new Map<string, Map<string, number>>()

/** Asked once a figure: a context spells its font anew whenever it is asked. */
function advancesOf({ font }: Context2d): Map<string, number> {
  let known = advances.get(font)
  if (!known) {
    if (advances.size > 100) advances.clear()
    known = new Map()
    advances.set(font, known)
  }
  return known
}
function advanceOf(ctx: Context2d, known: Map<string, number>, letter: string): number {
  let width = known.get(letter)
  if (width === undefined) {
    width = ctx.measureText(letter).width
    known.set(letter, width)
  }
  return width
}
const isDigit = (letter: string): boolean => letter >= '0' && letter <= '9'

/** Width of a figure whose digits are all as wide as a 0. Canvas knows no tabular figures. */
export function figureWidth(ctx: Context2d, text: string): number {
  const known = advancesOf(ctx)
  let width = 0
  for (const letter of text) width += advanceOf(ctx, known, isDigit(letter) ? '0' : letter)
  return width
}

/** Writes a figure that ends at `right`, digit under digit. The first `dim` letters take the colour `dimmed`. Returns where it begins. */
export function figure(
  ctx: Context2d,
  text: string,
  right: number,
  y: number,
  colour: string,
  dim = 0,
  dimmed = colour
): number {
  const known = advancesOf(ctx)
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.fillStyle = dim < text.length ? colour : dimmed
  let at = right
  for (let i = text.length - 1; i >= 0; i--) {
    const letter = text[i]!
    const width = advanceOf(ctx, known, isDigit(letter) ? '0' : letter)
    if (i === dim - 1) ctx.fillStyle = dimmed
    ctx.fillText(letter, at - width / 2, y)
    at -= width
  }
  return at
}

/** The present price on its axis, at least from `left` to `right`: a longer one reaches into the gutter, since without its first digit it is another price. */
export function priceTag(pen: Pen, text: string, left: number, right: number, at: number): void {
  const { ctx, colours } = pen
  ctx.font = font(colours, 600)
  const from = Math.min(left + 1, Math.floor(right - figureWidth(ctx, text) - 11))
  const y = Math.round(at)
  ctx.fillStyle = colours.text
  ctx.fillRect(from, y - 9, right - from, 18)
  figure(ctx, text, right - 6, y + 0.5, colours.bg)
}
