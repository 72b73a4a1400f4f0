import type uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { Plot } from '../../../src-renderer/charts/plot'
import { coloursAt } from '../../../src-renderer/charts/theme'
import type { Scene } from './scene'
import { numbers } from './scene'

const charts = 20
const points = 600
const everyMs = 100

/** Twenty charts of 600 points, all with new points ten times a second. */
export const manyCharts: Scene = (host) => {
  const colours = coloursAt(host)
  const chance = numbers(3)
  const at = Array.from({ length: points }, (_, n) => n * everyMs)
  const values = Array.from({ length: charts }, () => at.map(() => chance()))
  const plots = values.map((_, n) => {
    const plot = new Plot(2, () => ({
      ms: 1,
      legend: { show: false },
      axes: [{ stroke: colours.text2 }, { stroke: colours.text2 }],
      series: [{}, { stroke: colours.line, width: 1 }]
    }))
    const element = document.createElement('div')
    element.style.cssText = `position:absolute; width:340px; height:180px; left:${(n % 4) * 345}px; top:${Math.floor(n / 4) * 185}px`
    host.append(element)
    return { plot, end: plot.attach(() => undefined)(element) }
  })
  const timer = setInterval(() => {
    at.push(at.at(-1)! + everyMs)
    at.shift()
    plots.forEach(({ plot }, n) => {
      const own = values[n]!
      own.push(own.at(-1)! + chance() - 0.5)
      own.shift()
      const data: uPlot.AlignedData = [at, own]
      plot.show(data)
    })
  }, everyMs)
  return () => {
    clearInterval(timer)
    for (const { end } of plots) end?.()
  }
}
