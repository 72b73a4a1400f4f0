import { percent } from '../../../src-shared/format'
import type { Pen } from '../../charts/ink'
import { vertical } from '../../charts/ink'
import type { Frame, PlotOptions } from '../../charts/plot'
import { steps } from '../../charts/steps'
import { font } from '../../charts/theme'
import {
  axisWidth,
  drawGaps,
  gutter,
  noPoints,
  onPlot,
  onRight,
  right,
  timeAxis,
  timeCommon,
  timeScale
} from '../../charts/time-plot'
import { bySign } from '../../parts/draw-imbalance'
import type { Scene } from './scene'

/** Chance of up within 1 s, coloured by the side of a half it lies on: a hole wherever no edge was proven. */
export function forecastOptions(key: string, scene: () => Scene): PlotOptions {
  const colours = () => scene().colours
  return {
    ...timeCommon(key),
    scales: { x: timeScale(scene), y: { range: [0, 1] } },
    axes: [
      timeAxis(scene, true),
      {
        side: onRight,
        size: right,
        splits: [0, 0.25, 0.5, 0.75, 1],
        values: (_plot, splits) => splits.map(() => ''),
        grid: { stroke: () => colours().grid, width: 1 },
        ticks: { show: false }
      }
    ],
    series: [
      {},
      {
        stroke: (plot) => bySign(plot, 0.5, colours().bid, colours().ask),
        width: 1.75,
        paths: steps,
        points: noPoints
      }
    ],
    hooks: {
      draw: [
        (plot) => {
          onPlot(plot, scene(), (pen, frame) => {
            drawGaps(pen, frame, scene().gaps, false)
            drawTag(pen, frame, scene().chance)
          })
        }
      ]
    }
  }
}

/** The chance now at the end of its line, and the scale's ends and middle where it does not stand in the way. */
function drawTag(pen: Pen, frame: Frame, chance: number): void {
  const { ctx, colours } = pen
  vertical(pen, frame.right, frame.top, frame.bottom, colours.border)
  ctx.textBaseline = 'middle'
  const held = (value: number) => Math.min(frame.bottom - 8, Math.max(frame.top + 8, frame.y(value)))
  if (Number.isFinite(chance)) {
    ctx.font = font(colours, 600)
    ctx.textAlign = 'left'
    ctx.fillStyle = chance < 0.5 ? colours.askText : colours.bidText
    ctx.fillText(percent(chance, 0), frame.right + 8, held(chance))
  }
  ctx.font = font(colours)
  ctx.textAlign = 'right'
  ctx.fillStyle = colours.text3
  for (const value of [0, 0.5, 1])
    ctx.fillText(percent(value, 0), frame.right + gutter + axisWidth - 8, held(value))
}
