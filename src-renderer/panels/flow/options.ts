import type uPlot from 'uplot'
import { bySign, faint } from '../../parts/draw-imbalance'
import type { PlotOptions } from '../../charts/plot'
import { steps } from '../../charts/steps'
import type { Colours } from '../../charts/theme'
import {
  drawBeginning,
  drawGaps,
  noPoints,
  onPlot,
  onRight,
  right,
  timeAxis,
  timeCommon,
  timeScale
} from '../../charts/time-plot'
import { drawLacks, drawTags } from './draw'
import type { LaneSpec, LineSpec } from './lanes'
import { rangeOf } from './lanes'
import type { LaneScene, Scene } from './scene'

/** One lane's plot. Only the lowest has labelled times. */
export function laneOptions(
  key: string,
  scene: () => Scene,
  lane: LaneSpec,
  place: number,
  lowest: boolean
): PlotOptions {
  const own = (): LaneScene | undefined => scene().lanes[place]
  return {
    ...timeCommon(key),
    scales: { x: timeScale(scene), y: { range: (_plot, low, high) => rangeOf(lane, low, high) } },
    axes: [
      timeAxis(scene, lowest),
      {
        side: onRight,
        size: right,
        space: 24,
        values: (_plot, splits) => splits.map(() => ''),
        grid: { stroke: () => scene().colours.grid, width: 1 },
        ticks: { show: false }
      }
    ],
    series: [{}, ...lane.lines.map((line) => seriesOf(line, () => scene().colours))],
    hooks: {
      drawAxes: [
        (plot) => {
          onPlot(plot, scene(), ({ ctx, colours }, frame) => {
            const zero = frame.y(0)
            if (zero < frame.top || zero > frame.bottom) return
            ctx.fillStyle = colours.border
            ctx.fillRect(frame.left, Math.round(zero), frame.right - frame.left, 1)
          })
        }
      ],
      draw: [
        (plot) => {
          onPlot(plot, scene(), (pen, frame) => {
            drawGaps(pen, frame, scene().gaps, place === 0)
            if (place === 0) drawBeginning(pen, frame, scene().knownFrom)
            const mine = own()
            // A plot that is going may be drawn once more after its lane is gone.
            if (mine?.lane.id !== lane.id) return
            drawTags(pen, frame, mine)
            drawLacks(pen, frame, mine)
          })
        }
      ]
    }
  }
}

function seriesOf({ look }: LineSpec, colours: () => Colours): uPlot.Series {
  const plain = { paths: steps, points: noPoints }
  switch (look) {
    case 'main':
      return { ...plain, stroke: () => colours().line, width: 1.5 }
    case 'second':
      return { ...plain, stroke: () => colours().text2, width: 1 }
    case 'third':
      return { ...plain, stroke: () => colours().text3, width: 1, dash: [1.5, 2.5] }
    case 'bid':
    case 'ask':
      return {
        ...plain,
        stroke: () => colours()[look],
        fill: () => faint(colours()[look]),
        fillTo: 0,
        width: 1.5
      }
    case 'side':
      return {
        ...plain,
        stroke: (plot) => bySign(plot, zeroOf(plot), colours().bid, colours().ask),
        fill: (plot) => bySign(plot, zeroOf(plot), faint(colours().bid), faint(colours().ask)),
        fillTo: 0,
        width: 1.5
      }
    default:
      return look satisfies never
  }
}

/** Where zero is, as a share of the height from the top. */
function zeroOf({ scales }: uPlot): number {
  const { min = -1, max = 1 } = scales['y'] ?? {}
  return Math.min(1, Math.max(0, max / (max - min)))
}
