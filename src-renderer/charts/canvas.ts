import type { Attachment } from 'svelte/attachments'

export interface CanvasSize {
  /** CSS px. */
  readonly width: number
  readonly height: number
  /** Device pixels a CSS px. */
  readonly ratio: number
}

/**
 * Keeps a canvas's pixels equal to the device's, at any scale and after a move to another screen. The element around it decides the
 * size; `onSize` is told whenever the canvas was cleared by a change.
 */
export function deviceSized(onSize: (size: CanvasSize) => void): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const fit = (width: number, height: number, deviceWidth: number, deviceHeight: number) => {
      canvas.width = Math.max(1, deviceWidth)
      canvas.height = Math.max(1, deviceHeight)
      onSize({ width, height, ratio: width > 0 ? canvas.width / width : window.devicePixelRatio })
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
    return () => {
      observer.disconnect()
    }
  }
}
