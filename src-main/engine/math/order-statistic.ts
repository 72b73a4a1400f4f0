/**
 * The value of rank `rank` (0 the least) among the first `count` of `values`, which are brought into another order: Hoare's selection, without sorting what
 * is not asked for. No NaN may be among them.
 */
export function orderStatistic(values: Float64Array, count: number, rank: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]!
    let left = low
    let right = high
    while (left <= right) {
      while (values[left]! < pivot) left++
      while (values[right]! > pivot) right--
      if (left > right) break
      const other = values[left]!
      values[left++] = values[right]!
      values[right--] = other
    }
    if (rank <= right) high = right
    else if (rank >= left) low = left
    else return pivot
  }
  return values[rank] ?? NaN
}
