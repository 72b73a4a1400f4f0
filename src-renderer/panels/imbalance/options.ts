import uPlot from 'uplot'
import type { PlotOptions } from '../../charts/plot'
import {
  drawBeginning,
  drawGaps,
  onPlot,
  onRight,
  right,
  timeAxis,
  timeCommon,
  timeScale
} from '../../charts/time-plot'
import { bandSeries, drawBandTags } from '../../parts/draw-imbalance'
import { drawEdge, drawRegime, drawVeilNames, drawVeils } from './draw'
import { lowEnd, stripHeight, zeroShare } from './geometry'
import type { Scene } from './scene'

/** In a lower plot it would lie among the levels of rules, px. */
const leastForBeginning = 110
const heightOf = ({ bbox }: uPlot): number => bbox.height / uPlot.pxRatio

/** The bands over their own usual range, the regime in a strip below −1. */
export function imbalanceOptions(key: string, scene: () => Scene, count: number): PlotOptions {
  return {
    ...timeCommon(key),
    scales: { x: timeScale(scene), y: { range: (plot) => [lowEnd(heightOf(plot)), 1] } },
    axes: [
      timeAxis(scene, true),
      {
        side: onRight,
        size: right,
        splits: [-1, -0.5, 0, 0.5, 1],
        values: (_plot, splits) => splits.map(() => ''),
        grid: { stroke: () => scene().colours.grid, width: 1 },
        ticks: { show: false }
      }
    ],
    series: [
      {},
      ...bandSeries(
        () => scene().colours,
        count,
        (plot) => zeroShare(heightOf(plot))
      )
    ],
    hooks: {
      drawAxes: [
        (plot) => {
          onPlot(
            plot,
            scene(),
            (pen, frame) => {
              drawVeils(pen, frame, scene())
            },
            true
          )
        }
      ],
      draw: [
        (plot) => {
          onPlot(plot, scene(), (pen, frame) => {
            drawVeilNames(pen, frame, scene())
            drawRegime(pen, frame, scene())
            drawGaps(pen, frame, scene().gaps, true)
            if (frame.bottom - frame.top >= leastForBeginning) drawBeginning(pen, frame, scene().knownFrom)
            drawBandTags(pen, { ...frame, bottom: frame.bottom - stripHeight }, scene())
            drawEdge(pen, frame)
          })
        }
      ]
    }
  }
}
