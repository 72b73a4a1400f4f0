import { sortNumbers } from './sort-numbers'

/**
 * Area under the ROC curve: how often a score of label 1 is above one of label 0 (ties count half), 0..1, by Mann and Whitney's U. NaN when a label is missing altogether.
 */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const n = scores.length
  const one = new Float64Array(n)
  const zero = new Float64Array(n)
  let [ups, downs] = [0, 0]
  for (let row = 0; row < n; row++) {
    const score = scores[row]!
    // A NaN score equals nothing, not even itself, and has no rank.
    if (Number.isNaN(score)) return NaN
    if (labels[row] === 1) one[ups++] = score
    else zero[downs++] = score
  }
  // Each label sorted by itself, as numbers: many times faster than an order by comparison.
  return pairsWon(sortNumbers(one.subarray(0, ups)), sortNumbers(zero.subarray(0, downs))) / (ups * downs)
}

/** Of all pairs those in which the first is above the second, ties counting half. Both ascending. */
function pairsWon(one: Float64Array, zero: Float64Array): number {
  let [below, notAbove, won] = [0, 0, 0]
  for (let row = 0; row < one.length; row++) {
    const score = one[row]!
    while (below < zero.length && zero[below]! < score) below++
    while (notAbove < zero.length && zero[notAbove]! <= score) notAbove++
    won += below + (notAbove - below) / 2
  }
  return won
}
