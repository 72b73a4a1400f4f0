import { covariance } from './covariance'

export interface Component {
  /** The first eigenvector of the covariance (ddof 1), divided by its L1 norm, its sum positive. */
  readonly weights: readonly number[]
  /** Largest eigenvalue over the trace, 0..1. */
  readonly explained: number
}

/** First principal component of equally long columns, by Jacobi's rotations. NaN for fewer than two rows or columns that never vary. */
export function principalComponent(columns: readonly ArrayLike<number>[]): Component {
  const matrix = columns.map(() => new Float64Array(columns.length))
  for (const [i, a] of columns.entries())
    for (let j = i; j < columns.length; j++) matrix[i]![j] = matrix[j]![i] = covariance(a, columns[j]!)
  const trace = matrix.reduce((sum, row, i) => sum + row[i]!, 0)
  if (!(trace > 0)) return { weights: columns.map(() => NaN), explained: NaN }
  const vectors = columns.map((_, i) => Float64Array.from(columns, (__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 50 && outside(matrix) > trace * 1e-16; sweep++)
    for (let p = 0; p < columns.length; p++)
      for (let q = p + 1; q < columns.length; q++) rotate(matrix, vectors, p, q)
  const values = matrix.map((row, i) => row[i]!)
  const first = values.indexOf(Math.max(...values))
  const vector = vectors.map((row) => row[first]!)
  const length = vector.reduce((sum, it) => sum + Math.abs(it), 0)
  const sign = vector.reduce((sum, it) => sum + it, 0) < 0 ? -1 : 1
  return { weights: vector.map((it) => (sign * it) / length), explained: values[first]! / trace }
}

function outside(matrix: readonly Float64Array[]): number {
  return Math.hypot(...matrix.flatMap((row, i) => [...row].filter((_, j) => j !== i)))
}

/** In place: a fit of ten levels turns some hundreds of times. */
function rotate(
  matrix: readonly Float64Array[],
  vectors: readonly Float64Array[],
  p: number,
  q: number
): void {
  const [above, below] = [matrix[p]!, matrix[q]!]
  const apq = above[q]!
  if (apq === 0) return
  const theta = (below[q]! - above[p]!) / (2 * apq)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const cosine = 1 / Math.hypot(tangent, 1)
  const sine = tangent * cosine
  turnColumns(matrix, p, q, cosine, sine)
  turnColumns(vectors, p, q, cosine, sine)
  for (let i = 0; i < above.length; i++) {
    const a = above[i]!
    const b = below[i]!
    above[i] = cosine * a - sine * b
    below[i] = sine * a + cosine * b
  }
}

function turnColumns(
  rows: readonly Float64Array[],
  p: number,
  q: number,
  cosine: number,
  sine: number
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const a = row[p]!
    const b = row[q]!
    row[p] = cosine * a - sine * b
    row[q] = sine * a + cosine * b
  }
}
