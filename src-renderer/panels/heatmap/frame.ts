import { columnMs } from '../../charts/depth-history'
import type { HeatWindow } from '../../charts/heatmap'
import { right as besides, timeAxisHeight } from '../../charts/time-plot'

/** The least height of a row, CSS px. */
const leastRow = 2
const joins = [1, 2, 5, 10, 20, 50, 100] as const

/** Where times (ms) and prices (ticks) lie on the canvas, CSS px. */
export interface Frame {
  readonly width: number
  readonly height: number
  /** The picture's right and lower edge. */
  readonly right: number
  readonly bottom: number
  readonly from: number
  readonly to: number
  /** Price at the upper and the lower edge, ticks. */
  readonly top: number
  readonly low: number
  readonly x: (at: number) => number
  readonly y: (price: number) => number
}

export function frameOf(
  width: number,
  height: number,
  [from, to]: readonly [number, number],
  [low, top]: readonly [number, number]
): Frame {
  const right = Math.max(1, width - besides)
  const bottom = Math.max(1, height - timeAxisHeight)
  return {
    ...{ width, height, right, bottom, from, to, low, top },
    x: (at) => ((at - from) / (to - from)) * right,
    y: (price) => ((top - price) / (top - low)) * bottom
  }
}

/** The cells that a frame shows of a history with `step` ticks a row; rows are joined until they are high enough to be seen. */
export function windowOf({ from, to, top, low, bottom }: Frame, step: number): HeatWindow {
  const tall = (top - low) / step
  const per = joins.find((join) => (tall / join) * leastRow <= bottom) ?? 100
  const row = Math.floor((low + 0.5) / (step * per))
  const column = Math.floor(from / columnMs)
  return {
    column,
    columns: Math.floor(to / columnMs) - column + 1,
    row: row * per,
    rows: Math.floor((top + 0.5) / (step * per)) - row + 1,
    per
  }
}

/** Which column of the window each of `count` device pixels shows. */
export function columnsAcross({ from, to }: Frame, { column }: HeatWindow, count: number): Int32Array {
  return Int32Array.from(
    { length: count },
    (_, x) => Math.floor((from + ((x + 0.5) / count) * (to - from)) / columnMs) - column
  )
}

/** Which row of the window each of `count` device pixels shows, from the top. A price's row reaches half a tick to either side of it. */
export function rowsDown({ top, low }: Frame, window: HeatWindow, step: number, count: number): Int32Array {
  const first = window.row / window.per
  return Int32Array.from(
    { length: count },
    (_, y) => Math.floor((top - ((y + 0.5) / count) * (top - low) + 0.5) / (step * window.per)) - first
  )
}

/** Round prices for the axis, ticks: about one in 40 px. */
export function priceLabels({ top, low, bottom }: Frame): number[] {
  const least = ((top - low) / bottom) * 40
  const power = 10 ** Math.floor(Math.log10(least))
  const apart = Math.max(1, ([1, 2, 5, 10].find((it) => it * power >= least) ?? 10) * power)
  const first = Math.ceil(low / apart)
  return Array.from(
    { length: Math.max(0, Math.floor(top / apart) - first + 1) },
    (_, i) => (first + i) * apart
  )
}

const times = [5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000] as const

/** Round times for the axis, ms: about one in 80 px. */
export function timeLabels({ from, to, right }: Frame): {
  readonly at: readonly number[]
  readonly apart: number
} {
  const least = ((to - from) / right) * 80
  const apart = times.find((time) => time >= least) ?? 600_000
  const first = Math.ceil(from / apart)
  const at = Array.from({ length: Math.floor(to / apart) - first + 1 }, (_, i) => (first + i) * apart)
  return { at, apart }
}
