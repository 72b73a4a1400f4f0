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
  if (x !== undefined && y !== undefined) {
    const there = areas.map((area) => ({ area, size: fitted(bounds, area) }))
    const home = there.find(({ area, size }) => holdsTop(area, x, y, size.width))
    if (home !== undefined) return { x, y, ...home.size }
  }
  const first = areas[0]
  if (first === undefined) return { width: bounds.width, height: bounds.height }
  const size = fitted(bounds, first)
  return {
    x: first.x + Math.max(0, Math.floor((first.width - size.width) / 2)),
    y: first.y + Math.max(0, Math.floor((first.height - size.height) / 2)),
    ...size
  }
}

function fitted(bounds: WindowBounds, area: Rectangle): { readonly width: number; readonly height: number } {
  return {
    width: Math.max(smallest.width, Math.min(bounds.width, area.width)),
    height: Math.max(smallest.height, Math.min(bounds.height, area.height))
  }
}

function holdsTop(area: Rectangle, x: number, y: number, width: number): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  const down = Math.min(y + grip.height, area.y + area.height) - y
  return across >= grip.width && y >= area.y && down >= grip.height
}
