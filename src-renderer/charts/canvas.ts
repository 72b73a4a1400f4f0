import type { Attachment } from 'svelte/attachments'

export interface CanvasSize {
  /** CSS px. */
  readonly width: number
  readonly height: number
  /** Device pixels a CSS px. */
  readonly ratio: number
}

/** What can be drawn on: a canvas of the page, or one whose pixels go past the page. */
export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/**
 * Keeps a canvas's pixels equal to the device's, at any scale and after a move to another screen. The element around it decides the
 * size; `onSize` is told whenever the canvas was cleared by a change.
 */
export function deviceSized(onSize: (size: CanvasSize) => void): Attachment<HTMLCanvasElement> {
  return (canvas) => fitted(canvas, canvas, onSize)
}

/**
 * As `deviceSized`, for a canvas that changes all the time: its pixels go straight to the screen, without the page being laid out and painted around them, which
 * takes a third of the time where all is drawn in software. Such an element has no context of its own any more.
 */
export function ownSurface(
  onSize: (size: CanvasSize, ctx: Context2d) => void
): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const surface = surfaceOf(canvas)
    const ctx = surface.getContext('2d')
    if (!ctx) return
    const told = (size: CanvasSize) => {
      onSize(size, ctx)
    }
    return fitted(canvas, surface, told, true)
  }
}

/** A canvas gives its surface away once. */
const surfaces = new WeakMap<HTMLCanvasElement, OffscreenCanvas>()

function surfaceOf(canvas: HTMLCanvasElement): OffscreenCanvas {
  const surface = surfaces.get(canvas) ?? canvas.transferControlToOffscreen()
  surfaces.set(canvas, surface)
  return surface
}

function fitted(
  canvas: HTMLCanvasElement,
  surface: HTMLCanvasElement | OffscreenCanvas,
  onSize: (size: CanvasSize) => void,
  isOwn = false
): () => void {
  const fit = (width: number, height: number, deviceWidth: number, deviceHeight: number) => {
    surface.width = Math.max(1, deviceWidth)
    surface.height = Math.max(1, deviceHeight)
    onSize({ width, height, ratio: width > 0 ? surface.width / width : window.devicePixelRatio })
  }
  const measure = () => {
    const ratio = window.devicePixelRatio
    const { clientWidth: width, clientHeight: height } = canvas
    fit(width, height, Math.round(width * ratio), Math.round(height * ratio))
  }
  measure()
  const observer = new ResizeObserver(([entry]) => {
    const device = entry?.devicePixelContentBoxSize[0]
    const content = entry?.contentBoxSize[0]
    if (device && content) fit(content.inlineSize, content.blockSize, device.inlineSize, device.blockSize)
    else measure()
  })
  try {
    observer.observe(canvas, { box: 'device-pixel-content-box' })
  } catch (error) {
    // Only engines without this box throw a TypeError; there the ratio is computed.
    if (!(error instanceof TypeError)) throw error
    observer.observe(canvas)
  }
  // A graphics process that began anew has forgotten what was drawn; and so it may what a hidden window had on screen.
  const listening = new AbortController()
  const { signal } = listening
  surface.addEventListener('contextrestored', measure, { signal })
  const shown = () => {
    if (!document.hidden) measure()
  }
  if (isOwn) document.addEventListener('visibilitychange', shown, { signal })
  return () => {
    observer.disconnect()
    listening.abort()
  }
}
