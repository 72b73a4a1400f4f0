/**
 * Probability that a case drawn from the true ones scores above one drawn from the false ones, ties half: the area under the
 * ROC curve by Mann and Whitney's ranks. 0.5 knows nothing.
 */
export function auc(scores: readonly number[], labels: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((i, j) => scores[i]! - scores[j]!)
  let ranks = 0
  let positives = 0
  for (let i = 0; i < order.length;) {
    let j = i
    while (j < order.length && scores[order[j]!] === scores[order[i]!]) j++
    const rank = (i + j + 1) / 2
    for (let k = i; k < j; k++) {
      if (!labels[order[k]!]) continue
      ranks += rank
      positives++
    }
    i = j
  }
  const negatives = order.length - positives
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}
