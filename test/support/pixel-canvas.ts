import type { Context2d } from '../../src-renderer/charts/canvas'

type Box = readonly [left: number, top: number, right: number, bottom: number]

const letterWidth = 6
const letterHeight = 12
/** What sums of fractions are off by. */
const tiny = 1e-6

/**
 * A canvas of which every px is known, as a name for all that was drawn over one another there: fills, letters (boxes of one size), and strokes (over all of
 * what is clipped). Two canvases show the same exactly when their pixels are equal.
 */
export function pixelCanvas(cssWidth: number, cssHeight: number, ratio = 1) {
  const [width, height] = [Math.ceil(cssWidth * ratio), Math.ceil(cssHeight * ratio)]
  const pixels = new Int32Array(width * height)
  const whole: Box = [0, 0, width, height]
  let clip = whole
  let path: Box = whole
  const saved: Box[] = []
  const own: Record<string, unknown> = { globalAlpha: 1, textAlign: 'start' }

  /** Device pixels that are covered in part keep something of what was there. */
  const over = (box: Box, ink: string, covers: boolean) => {
    const [left, top, right, bottom] = box.map((edge) => edge * ratio) as unknown as Box
    const [x, y] = [Math.max(clip[0], Math.floor(left + tiny)), Math.max(clip[1], Math.floor(top + tiny))]
    const [toX, toY] = [
      Math.min(clip[2], Math.ceil(right - tiny)),
      Math.min(clip[3], Math.ceil(bottom - tiny))
    ]
    for (let row = y; row < toY; row++) {
      const inside = covers && row >= top - tiny && row + 1 <= bottom + tiny
      for (let column = x; column < toX; column++) {
        const at = row * width + column
        const whole = inside && column >= left - tiny && column + 1 <= right + tiny
        pixels[at] = named(whole ? 0 : pixels[at]!, ink)
      }
    }
  }
  const calls: Record<string, (...args: never[]) => unknown> = {
    measureText: (text: string) => ({ width: text.length * letterWidth }),
    fillRect: (x: number, y: number, wide: number, high: number) => {
      const alpha = own['globalAlpha'] as number
      over([x, y, x + wide, y + high], `${String(own['fillStyle'])} ${alpha}`, alpha === 1)
    },
    fillText: (text: string, x: number, y: number) => {
      const wide = text.length * letterWidth
      const left = { left: x, center: x - wide / 2, right: x - wide }[own['textAlign'] as 'left'] ?? x
      const box: Box = [left, y - letterHeight / 2, left + wide, y + letterHeight / 2]
      over(box, `${text} ${String(own['fillStyle'])} ${String(own['font'])} ${left}`, false)
    },
    stroke: () => {
      const box = clip.map((edge) => edge / ratio) as unknown as Box
      over(box, `stroke ${String(own['strokeStyle'])}`, false)
    },
    rect: (x: number, y: number, wide: number, high: number) => {
      path = [x, y, x + wide, y + high]
    },
    clip: () => {
      const [left, top, right, bottom] = path.map((edge) => Math.round(edge * ratio)) as unknown as Box
      clip = [
        Math.max(clip[0], left),
        Math.max(clip[1], top),
        Math.min(clip[2], right),
        Math.min(clip[3], bottom)
      ]
    },
    save: () => saved.push(clip),
    restore: () => {
      clip = saved.pop() ?? whole
    }
  }
  const ctx = new Proxy(own, {
    get: (_, name) => own[name as string] ?? calls[name as string] ?? (() => undefined),
    set: (_, name, value) => {
      own[name as string] = value
      return true
    }
  })
  return { ctx: ctx as unknown as Context2d, pixels }
}

const names = new Map<string, Map<number, number>>()
let count = 0

/** A number for `ink` over what had the number `before`; always the same one. */
function named(before: number, ink: string): number {
  let own = names.get(ink)
  if (!own) names.set(ink, (own = new Map()))
  let name = own.get(before)
  if (name === undefined) own.set(before, (name = ++count))
  return name
}
