import type { WindowBounds } from '../store/window-bounds'

export const smallest = { width: 1024, height: 640 } as const
/** So much of the window's top must lie on a display for it to be seen and dragged, px. */
const grip = { width: 120, height: 32 } as const

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Where to open the window: where it stood when that is still on a display, otherwise in the middle of the first one;
 * never smaller than the smallest, never larger than the display's work area unless the smallest is.
 * @param areas the displays' work areas, the primary one first
 */
export function placed(bounds: WindowBounds, areas: readonly Rectangle[]): Partial<Rectangle> {
  const { x, y } = bounds
  const home =
    x === undefined || y === undefined ? undefined : areas.find((area) => holdsTop(area, x, y, bounds.width))
  const area = home ?? areas[0]
  if (area === undefined) return { width: bounds.width, height: bounds.height }
  const width = Math.max(smallest.width, Math.min(bounds.width, area.width))
  const height = Math.max(smallest.height, Math.min(bounds.height, area.height))
  if (home !== undefined && x !== undefined && y !== undefined) return { x, y, width, height }
  return {
    x: area.x + Math.max(0, Math.floor((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.floor((area.height - height) / 2)),
    width,
    height
  }
}

function holdsTop(area: Rectangle, x: number, y: number, width: number): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  const down = Math.min(y + grip.height, area.y + area.height) - y
  return across >= grip.width && y >= area.y && down >= grip.height
}
