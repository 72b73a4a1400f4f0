/** Something that is drawn over and over in an element; answers how to stop it. */
export type Scene = (host: HTMLElement) => () => void

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

/** A canvas of so many CSS px at the left upper corner. */
export function canvasIn(host: HTMLElement, width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.style.cssText = `position:absolute; left:0; top:0; width:${width}px; height:${height}px`
  canvas.width = Math.round(width * devicePixelRatio)
  canvas.height = Math.round(height * devicePixelRatio)
  host.append(canvas)
  const ctx = canvas.getContext('2d')
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
