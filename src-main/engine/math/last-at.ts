/** Index of the last of the ascending `times` that is not after `at`; 0 when all are after it. */
export function lastAt(times: ArrayLike<number>, at: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle]! <= at) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
