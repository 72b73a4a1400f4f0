/** Least-squares slope of equally spaced values, a step. */
export function slopeOf(values: ArrayLike<number>): number {
  const n = values.length
  const middle = (n - 1) / 2
  let [sum, squares] = [0, 0]
  for (let i = 0; i < n; i++) {
    sum += (i - middle) * values[i]!
    squares += (i - middle) ** 2
  }
  return sum / squares
}
