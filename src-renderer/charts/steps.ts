import type uPlot from 'uplot'

/**
 * A path builder for lines that hold each value until the next one is known. At a hole the pen is lifted: nothing is drawn from the
 * last value before it to the first value after it, not even a riser.
 */
export const steps: uPlot.Series.PathBuilder = (plot, column, first, last) => {
  const at = plot.data[0]
  const values = plot.data[column]
  const series = plot.series[column]
  if (!values || !series || last < first) return null
  const scale = series.scale ?? 'y'
  const x = (i: number) => plot.valToPos(at[i]!, 'x', true)
  const y = (value: number) => plot.valToPos(value, scale, true)
  const stroke = new Path2D()
  const fill = new Path2D()
  const ground = y(0)
  let held: number | undefined
  // One row beyond either edge: the line comes from there and goes there.
  const end = Math.min(values.length - 1, last + 1)
  for (let i = Math.max(0, first - 1); i <= end; i++) {
    const value = values[i]
    const across = x(i)
    if (held !== undefined) {
      stroke.lineTo(across, held)
      fill.lineTo(across, held)
    }
    const next = value === null || value === undefined ? undefined : y(value)
    if (next === undefined) {
      if (held !== undefined) fill.lineTo(across, ground)
    } else if (held === undefined) {
      stroke.moveTo(across, next)
      fill.moveTo(across, ground)
      fill.lineTo(across, next)
    } else {
      stroke.lineTo(across, next)
      fill.lineTo(across, next)
    }
    held = next
  }
  if (held !== undefined && end >= 0) fill.lineTo(x(end), ground)
  return { stroke, fill, flags: 1 }
}
