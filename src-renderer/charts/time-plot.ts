import type uPlot from 'uplot'
import { clock, span } from '../../src-shared/format'
import { millis } from '../../src-shared/units'
import type { Pen } from './ink'
import { chip, chipWidth, hatch } from './ink'
import type { Frame, PlotOptions } from './plot'
import { frameOf, utc } from './plot'
import type { HatchSpan } from './spans'
import type { Colours } from './theme'
import { font } from './theme'

/** Width right of the plots: the gutter and the axis, the same everywhere so that one time is one x. */
export const gutter = 44
export const axisWidth = 64
export const timeAxisHeight = 20
export const right = gutter + axisWidth

/** A gap with what was wrong in a word or two. */
export type NamedGap = HatchSpan & { readonly cause: string }

/** What every plot over time needs to be drawn. Options read it through a function, so it is always the latest. */
export interface TimeScene {
  readonly colours: Colours
  readonly edges: readonly [from: number, to: number]
  readonly gaps: readonly NamedGap[]
}

// uPlot's const enums have no values at run time, and their types take no number: these are the numbers they stand for.
/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment */
export const onRight = 1 as uPlot.Axis.Side
const below = 2 as uPlot.Axis.Side
/* eslint-enable @typescript-eslint/no-unsafe-enum-assignment */
export const noPoints = { show: false } as const

/** Options of every plot over time: UTC, a cursor shared by `key`, no zoom of uPlot's own. */
export function timeCommon(key: string): Omit<PlotOptions, 'series' | 'scales' | 'axes'> {
  return {
    ms: 1,
    tzDate: utc,
    legend: { show: false },
    padding: [0, 0, 0, 0],
    cursor: {
      y: false,
      drag: { x: false, y: false, setScale: false },
      points: { show: false },
      sync: { key, setSeries: false }
    }
  }
}

export const timeScale = (scene: () => TimeScene): uPlot.Scale => ({
  time: true,
  range: () => [...scene().edges] as [number, number]
})

/** The time axis. Of plots above one another only the lowest shows its labels; all show its grid. */
export const timeAxis = (scene: () => TimeScene, labelled: boolean): uPlot.Axis => ({
  side: below,
  size: labelled ? timeAxisHeight : 0,
  space: 72,
  gap: 3,
  font: labelFont(scene),
  stroke: () => scene().colours.text2,
  grid: { stroke: () => scene().colours.grid, width: 1 },
  ticks: { show: false },
  border: { show: labelled, stroke: () => scene().colours.border, width: 1 },
  values: labelled
    ? (plot, splits, _axis, _space, increment) =>
        splits.map((at) => {
          // Half a label would be cut off at the left edge.
          if (plot.valToPos(at, 'x') < 28) return ''
          return clock(millis(at)).slice(0, increment < 60_000 ? 8 : 5)
        })
    : (_plot, splits) => splits.map(() => '')
})

/** uPlot reads an axis's font once; sizes do not change with the theme. */
export const labelFont = (scene: () => TimeScene): string => font(scene().colours)

/** Runs `draw` in CSS px on a plot's canvas, cut to the plotting area when asked. */
export function onPlot(
  plot: uPlot,
  { colours }: TimeScene,
  draw: (pen: Pen, frame: Frame) => void,
  cut = false
): void {
  const frame = frameOf(plot)
  const { ctx } = plot
  ctx.save()
  ctx.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0)
  ctx.setLineDash([])
  if (cut) {
    ctx.beginPath()
    ctx.rect(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)
    ctx.clip()
  }
  draw({ ctx, colours, ratio: frame.ratio }, frame)
  ctx.restore()
}

/** A shorter gap is hatched, but named only once zooming makes it wide enough. */
const shortestNamedMs = 500

/** Unknown time: hatched over everything; named where there is room and the plot is the one that names. */
export function drawGaps(
  pen: Pen,
  frame: Pick<Frame, 'left' | 'right' | 'top' | 'bottom' | 'x'>,
  gaps: readonly NamedGap[],
  names: boolean
): void {
  // All of them first: the hatching of a near one would cover the name of the one before.
  const seen = gaps.map((gap) => {
    const from = Math.max(frame.left, frame.x(gap.from))
    const to = Math.min(frame.right, frame.x(gap.to))
    hatch(pen, [from, frame.top, Math.max(1, to - from), frame.bottom - frame.top])
    return { gap, from, to }
  })
  if (!names) return
  let named = frame.left
  for (const { gap, from, to } of seen) {
    if (gap.lengthMs < shortestNamedMs && to - from < 12) continue
    const words = [
      [gap.cause, pen.colours.warn],
      [span(gap.lengthMs), pen.colours.text]
    ] as const
    const half = chipWidth(pen, words) / 2
    const middle = Math.min(frame.right - half, Math.max(frame.left + half, (from + to) / 2))
    // Names of gaps so near to one another would lie on one another: the earlier keeps its own.
    if (middle - half < named) continue
    named = middle + half + 2
    chip(pen, middle, frame.bottom - 16, words)
  }
}

/** Says since when anything is known, when the time before it is in sight. */
export function drawBeginning({ ctx, colours }: Pen, frame: Frame, knownFrom: number): void {
  // In a low plot it would lie under the name of a gap.
  if (frame.bottom - frame.top < 48) return
  const x = Math.min(frame.x(knownFrom), frame.right) - 8
  const text = Number.isFinite(knownFrom) ? `known since ${clock(millis(knownFrom))}` : ''
  ctx.font = font(colours)
  if (text === '' || x - ctx.measureText(text).width < frame.left + 8) return
  ctx.fillStyle = colours.text3
  ctx.textAlign = 'right'
  ctx.textBaseline = 'middle'
  ctx.fillText(text, x, frame.top + 14)
}

/** Moves labels (y, top first) apart to at least `apart` px, inside [top, bottom], keeping their order. */
export function spaced(ys: readonly number[], apart: number, top: number, bottom: number): number[] {
  const order = ys.map((_, i) => i).sort((a, b) => ys[a]! - ys[b]!)
  const placed = ys.map((y) => Math.min(bottom, Math.max(top, y)))
  for (let k = 1; k < order.length; k++) {
    placed[order[k]!] = Math.max(placed[order[k]!]!, placed[order[k - 1]!]! + apart)
  }
  const over = order.length > 0 ? placed[order.at(-1)!]! - bottom : 0
  if (over <= 0) return placed
  placed[order.at(-1)!] = bottom
  for (let k = order.length - 2; k >= 0; k--) {
    placed[order[k]!] = Math.min(placed[order[k]!]!, placed[order[k + 1]!]! - apart)
  }
  return placed
}
