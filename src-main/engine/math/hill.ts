const golden = (Math.sqrt(5) - 1) / 2
const mostStrides = 60

/**
 * Where `f` is highest, found from `start` by walking uphill in strides until it goes down again, and by golden sections from there (Kiefer 1953), to within
 * `tolerance` of the place. One hill is taken for granted.
 */
export function topOf(f: (x: number) => number, { start = 0, stride = 1, tolerance = 1e-4 } = {}): number {
  let [low, high] = bracketOf(f, start, stride)
  let [left, right] = [high - golden * (high - low), low + golden * (high - low)]
  let [atLeft, atRight] = [f(left), f(right)]
  while (high - low > tolerance) {
    if (atLeft >= atRight) {
      high = right
      right = left
      atRight = atLeft
      left = high - golden * (high - low)
      atLeft = f(left)
    } else {
      low = left
      left = right
      atLeft = atRight
      right = low + golden * (high - low)
      atRight = f(right)
    }
  }
  return (low + high) / 2
}

/** Two places with a higher one between them, a stride from each. */
function bracketOf(f: (x: number) => number, start: number, stride: number): readonly [number, number] {
  let [middle, atMiddle] = [start, f(start)]
  const direction = f(start + stride) > atMiddle ? stride : -stride
  for (let taken = 0; taken < mostStrides; taken++) {
    const next = f(middle + direction)
    if (!(next > atMiddle)) break
    middle += direction
    atMiddle = next
  }
  return [middle - stride, middle + stride]
}
