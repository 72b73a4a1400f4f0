import uPlot from 'uplot'
import { clock, decimal } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import type { PlotOptions } from '../../charts/plot'
import { utc } from '../../charts/plot'
import { steps } from '../../charts/steps'
import { font } from '../../charts/theme'
import { bySign, drawBandTags } from './draw-imbalance'
import { drawBeginning, drawGaps, drawLiquidations, drawMarks, drawPriceTag, onPlot } from './draw-price'
import { axisWidth, gutter, labelDecimals, priceRange, timeAxisHeight } from './scales'
import type { Scene } from './scene'

const right = gutter + axisWidth

// uPlot's const enums have no values at run time, and their types take no number: these are the numbers they stand for.
/* eslint-disable @typescript-eslint/no-unsafe-enum-assignment */
const onRight = 1 as uPlot.Axis.Side
const below = 2 as uPlot.Axis.Side
const fromLeft = 1 as uPlot.Axis.Align
/* eslint-enable @typescript-eslint/no-unsafe-enum-assignment */
const noPoints = { show: false } as const

/** Options of both plots: time by UTC, a cursor shared by `key`, no zoom of uPlot's own. */
function common(key: string): Omit<PlotOptions, 'series' | 'scales' | 'axes'> {
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

const timeScale = (scene: () => Scene): uPlot.Scale => ({
  time: true,
  range: () => [...scene().edges] as [number, number]
})

/** The time axis; its labels are shown by the lower plot only, its grid by both. */
const timeAxis = (scene: () => Scene, labelled: boolean): uPlot.Axis => ({
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
const labelFont = (scene: () => Scene): string => font(scene().colours)

/** Mid and microprice above, with trades beneath the lines and gaps over them. */
export function priceOptions(key: string, scene: () => Scene): PlotOptions {
  const colours = () => scene().colours
  return {
    ...common(key),
    scales: {
      x: timeScale(scene),
      y: {
        range: (_plot, low, high) => {
          const grid = scene().instrument?.price
          return priceRange(low, high, grid ? (8 * grid.step) / 10 ** grid.decimals : 1)
        }
      }
    },
    axes: [
      timeAxis(scene, false),
      {
        side: onRight,
        size: right,
        gap: gutter + 10,
        space: 40,
        align: fromLeft,
        font: labelFont(scene),
        stroke: () => colours().text2,
        grid: { stroke: () => colours().grid, width: 1 },
        ticks: { show: false },
        values: (plot, splits, _axis, _space, increment) => priceLabels(plot, splits, increment, scene())
      }
    ],
    series: [
      {},
      { stroke: () => colours().text3, width: 1, paths: steps, points: noPoints, dash: [3, 2] },
      { stroke: () => colours().line, width: 1.5, paths: steps, points: noPoints }
    ],
    hooks: {
      drawAxes: [
        (plot) => {
          onPlot(
            plot,
            scene(),
            (pen, frame) => {
              drawMarks(pen, frame, scene())
              drawLiquidations(pen, frame, scene())
            },
            true
          )
        }
      ],
      draw: [
        (plot) => {
          onPlot(plot, scene(), (pen, frame) => {
            drawGaps(pen, frame, scene(), true)
            drawBeginning(pen, frame, scene())
            drawPriceTag(pen, frame, scene())
          })
        }
      ]
    }
  }
}

/** Labels that would touch the current price's tag, or the edges, are left out. */
function priceLabels(plot: uPlot, splits: number[], increment: number, scene: Scene): string[] {
  const decimals = labelDecimals(increment, scene.instrument?.price.decimals ?? 2)
  const { min = 0, max = 1 } = plot.scales['y'] ?? {}
  const height = plot.bbox.height / uPlot.pxRatio
  const px = (value: number) => ((max - value) / (max - min)) * height
  return splits.map((value) => {
    const y = px(value)
    const hidden = y < 8 || y > height - 8 || Math.abs(y - px(scene.mid)) < 15
    return hidden ? '' : decimal(value, decimals)
  })
}

/** Imbalance of the chosen bands below: the first coloured by sign and filled to zero, the others grey. */
export function imbalanceOptions(key: string, scene: () => Scene, count: number): PlotOptions {
  const colours = () => scene().colours
  const greys: uPlot.Series[] = [[], [1.5, 2.5], [4, 3]].map((dash) => ({
    stroke: () => colours().text3,
    width: 1,
    dash,
    paths: steps,
    points: noPoints
  }))
  const first: uPlot.Series = {
    stroke: (plot) => bySign(plot.ctx, plot.bbox.top, plot.bbox.height, colours().bid, colours().ask),
    fill: (plot) =>
      bySign(plot.ctx, plot.bbox.top, plot.bbox.height, faint(colours().bid), faint(colours().ask)),
    fillTo: 0,
    width: 1.75,
    paths: steps,
    points: noPoints
  }
  return {
    ...common(key),
    scales: { x: timeScale(scene), y: { range: [-1, 1] } },
    axes: [
      timeAxis(scene, true),
      {
        side: onRight,
        size: right,
        splits: [-1, -0.5, 0, 0.5, 1],
        values: (_plot, splits) => splits.map(() => ''),
        grid: { stroke: () => colours().grid, width: 1 },
        ticks: { show: false }
      }
    ],
    // The first band is fed last, so that it lies over the grey ones.
    series: [{}, ...greys.slice(0, count - 1), first],
    hooks: {
      draw: [
        (plot) => {
          onPlot(plot, scene(), (pen, frame) => {
            drawGaps(pen, frame, scene(), false)
            drawBandTags(pen, frame, scene())
          })
        }
      ]
    }
  }
}

/** A token colour (#rrggbb) at one fifth of its strength. */
const faint = (colour: string): string => (/^#[\da-f]{6}$/i.test(colour) ? `${colour}33` : 'transparent')
