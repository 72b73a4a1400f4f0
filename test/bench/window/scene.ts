import type { Context2d } from '../../../src-renderer/charts/canvas'
import { ownSurface } from '../../../src-renderer/charts/canvas'

/** Something that is drawn over and over in an element; answers how to stop it. */
export type Scene = (host: HTMLElement) => () => void

/** How often the scene on show has drawn, where it counts. */
export const drawings = { count: 0 }

/** Calls with every animation frame, or with every `nth`. */
export function eachFrame(draw: () => void, nth = 1): () => void {
  let count = 0
  let asked = requestAnimationFrame(function next() {
    asked = requestAnimationFrame(next)
    if (count++ % nth === 0) draw()
  })
  return () => {
    cancelAnimationFrame(asked)
  }
}

/** A canvas of so many CSS px at the left upper corner, as the app's panels draw on. */
export function canvasIn(host: HTMLElement, width: number, height: number): Context2d {
  const canvas = document.createElement('canvas')
  canvas.style.cssText = `position:absolute; left:0; top:0; width:${width}px; height:${height}px`
  host.append(canvas)
  let ctx: Context2d | undefined
  ownSurface((_, on) => {
    ctx = on
  })(canvas)
  if (!ctx) throw new Error('a canvas without a context')
  return ctx
}

/** The same numbers in [0, 1) every time (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
