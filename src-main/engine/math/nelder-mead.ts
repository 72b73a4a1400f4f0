interface Vertex {
  readonly point: readonly number[]
  readonly value: number
}

/**
 * A local minimum of `f` without derivatives (Nelder and Mead 1965), from a simplex of edge `step` around `start`. Stops when the values of the simplex lie within
 * `tolerance` of each other, or after `most` steps. NaN counts as infinitely bad.
 */
export function nelderMead(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  { step = 0.5, tolerance = 1e-10, most = 2_000 } = {}
): Vertex {
  const at = (point: readonly number[]): Vertex => {
    const value = f(point)
    return { point, value: Number.isNaN(value) ? Infinity : value }
  }
  const simplex = [at(start), ...start.map((_, i) => at(start.map((x, j) => (i === j ? x + step : x))))]
  const byValue = (a: Vertex, b: Vertex): number => a.value - b.value
  for (let round = 0; round < most; round++) {
    simplex.sort(byValue)
    const [best, worst] = [simplex[0]!, simplex.at(-1)!]
    if (worst.value - best.value <= tolerance) break
    const others = simplex.slice(0, -1)
    const middle = start.map((_, i) => others.reduce((sum, it) => sum + it.point[i]!, 0) / others.length)
    const along = (t: number) => at(middle.map((x, i) => x + t * (x - worst.point[i]!)))
    const next = better(along, best, others.at(-1)!, worst)
    if (next) simplex[simplex.length - 1] = next
    else
      for (let i = 1; i < simplex.length; i++)
        simplex[i] = at(best.point.map((x, j) => (x + simplex[i]!.point[j]!) / 2))
  }
  return simplex.sort(byValue)[0]!
}

/** What replaces the worst corner: its reflection, twice as far, or halfway; undefined when the simplex has to shrink. */
function better(
  along: (t: number) => Vertex,
  best: Vertex,
  second: Vertex,
  worst: Vertex
): Vertex | undefined {
  const reflected = along(1)
  if (reflected.value < best.value) {
    const farther = along(2)
    return farther.value < reflected.value ? farther : reflected
  }
  if (reflected.value < second.value) return reflected
  const isOutside = reflected.value < worst.value
  const halfway = along(isOutside ? 0.5 : -0.5)
  return halfway.value < Math.min(reflected.value, worst.value) ? halfway : undefined
}
