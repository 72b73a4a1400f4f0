/**
 * Area under the ROC curve: how often a score of label 1 is above one of label 0 (ties count half), 0..1, by Mann and Whitney's rank sum with average
 * ranks. NaN when a label is missing altogether.
 */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const n = scores.length
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  let ups = 0
  let rankSum = 0
  for (let from = 0; from < n;) {
    let to = from
    let upsHere = 0
    for (; to < n && scores[order[to]!] === scores[order[from]!]; to++) upsHere += labels[order[to]!]!
    // A NaN score equals nothing, not even itself, and has no rank.
    if (to === from) return NaN
    ups += upsHere
    rankSum += (upsHere * (from + to + 1)) / 2
    from = to
  }
  return (rankSum - (ups * (ups + 1)) / 2) / (ups * (n - ups))
}
