import uPlot from 'uplot'
import { decimal } from '../../../src-shared/format'
import type { PlotOptions } from '../../charts/plot'
import { steps } from '../../charts/steps'
import {
  drawBeginning,
  drawGaps,
  gutter,
  labelFont,
  noPoints,
  onPlot,
  onRight,
  right,
  timeAxis,
  timeCommon,
  timeScale
} from '../../charts/time-plot'
import { bandSeries, drawBandTags } from '../../parts/draw-imbalance'
import { drawAnchor, drawAnchored } from './anchor'
import { drawLiquidations, drawMarks, drawPriceTag } from './draw-price'
import { labelDecimals, priceRange } from './scales'
import type { Scene } from './scene'

// As the sides of axes in charts/time-plot.
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const fromLeft = 1 as uPlot.Axis.Align

/** Mid, microprice and its stand-in above, with trades beneath the lines and gaps over them. */
export function priceOptions(key: string, scene: () => Scene): PlotOptions {
  const colours = () => scene().colours
  return {
    ...timeCommon(key),
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
      { stroke: () => colours().line, width: 1.5, paths: steps, points: noPoints },
      { stroke: () => colours().text2, width: 1, paths: steps, points: noPoints }
    ],
    hooks: {
      drawAxes: [
        (plot) => {
          onPlot(
            plot,
            scene(),
            (pen, frame) => {
              drawAnchored(pen, frame, scene())
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
            drawGaps(pen, frame, scene().gaps, true)
            drawBeginning(pen, frame, scene().knownFrom)
            drawAnchor(pen, frame, scene())
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
export function imbalanceOptions(
  key: string,
  scene: () => Scene,
  count: number,
  isLowest: boolean
): PlotOptions {
  return {
    ...timeCommon(key),
    scales: { x: timeScale(scene), y: { range: [-1, 1] } },
    axes: [
      timeAxis(scene, isLowest),
      {
        side: onRight,
        size: right,
        splits: [-1, -0.5, 0, 0.5, 1],
        values: (_plot, splits) => splits.map(() => ''),
        grid: { stroke: () => scene().colours.grid, width: 1 },
        ticks: { show: false }
      }
    ],
    series: [{}, ...bandSeries(() => scene().colours, count)],
    hooks: {
      draw: [
        (plot) => {
          onPlot(plot, scene(), (pen, frame) => {
            drawGaps(pen, frame, scene().gaps, false)
            drawBandTags(pen, frame, scene())
          })
        }
      ]
    }
  }
}
