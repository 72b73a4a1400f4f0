/** Fewer are sorted as soon the usual way, and so is a bucket with more than the second. */
const [fewest, mostTogether] = [64, 24] as const

/**
 * Brings numbers into ascending order where they are, as `values.sort()` does, and answers them. As many buckets as numbers by their place between least and
 * greatest, then each bucket by insertion: for some thousands a fraction of the comparisons, however they are spread. Which of 0 and -0 comes first is not
 * said.
 */
export function sortNumbers(values: Float64Array): Float64Array {
  const count = values.length
  let [least, most, sum] = [Infinity, -Infinity, 0]
  for (let n = 0; n < count; n++) {
    const value = values[n]!
    sum += value
    if (value < least) least = value
    if (value > most) most = value
  }
  const scale = (count - 1) / (most - least)
  // NaN and infinite values, or all alike, have no such place.
  if (count < fewest || !(sum - sum === 0 && scale > 0 && scale < Infinity)) return values.sort()
  const ends = new Int32Array(count + 1)
  const buckets = new Int32Array(count)
  for (let n = 0; n < count; n++) {
    const bucket = Math.min(count - 1, Math.floor((values[n]! - least) * scale))
    buckets[n] = bucket
    ends[bucket + 1]!++
  }
  for (let bucket = 0; bucket < count; bucket++) ends[bucket + 1]! += ends[bucket]!
  const given = values.slice()
  for (let n = 0; n < count; n++) values[ends[buckets[n]!]!++] = given[n]!
  // Each end has become where its own bucket ends.
  for (let bucket = 0, from = 0; bucket < count; from = ends[bucket++]!)
    sortStretch(values, from, ends[bucket]!)
  return values
}

function sortStretch(values: Float64Array, from: number, to: number): void {
  if (to - from > mostTogether) {
    values.subarray(from, to).sort()
    return
  }
  for (let next = from + 1; next < to; next++) {
    const value = values[next]!
    let place = next
    for (; place > from && values[place - 1]! > value; place--) values[place] = values[place - 1]!
    values[place] = value
  }
}
