/**
 * Solves A x = b for several right-hand sides at once (Gauss, partial pivoting). `a` is square, by rows; row i of `right` belongs to row i of `a`.
 * Answers the solutions in the shape of `right`; all NaN where A is singular.
 */
export function solveLinear(
  a: readonly (readonly number[])[],
  right: readonly (readonly number[])[]
): number[][] {
  const n = a.length
  const width = right[0]?.length ?? 0
  const rows = a.map((row, i) => [...row, ...right[i]!])
  for (let at = 0; at < n; at++) {
    let pivot = at
    for (let row = at + 1; row < n; row++)
      if (Math.abs(rows[row]![at]!) > Math.abs(rows[pivot]![at]!)) pivot = row
    if (!(Math.abs(rows[pivot]![at]!) > 0)) return right.map(() => Array<number>(width).fill(NaN))
    ;[rows[at], rows[pivot]] = [rows[pivot]!, rows[at]!]
    for (let row = 0; row < n; row++) if (row !== at) subtract(rows[row]!, rows[at]!, at)
  }
  return rows.map((row, i) => row.slice(n).map((it) => it / row[i]!))
}

/** Takes so much of `pivot` from `row` that its entry at `from` vanishes. */
function subtract(row: number[], pivot: readonly number[], from: number): void {
  const factor = row[from]! / pivot[from]!
  if (factor === 0) return
  for (let column = from; column < row.length; column++) row[column]! -= factor * pivot[column]!
}
