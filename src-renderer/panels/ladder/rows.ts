/** One side of a book in groups of prices, best first, only where there is something. */
export interface Side {
  readonly side: 'bid' | 'ask'
  /** Ticks: a bid's group is named by its lowest price, an ask's by its highest, so that no group promises a better price. */
  readonly prices: readonly number[]
  /** Lots in each group. */
  readonly lots: readonly number[]
  /** Lots from the touch up to and with each group. */
  readonly sums: readonly number[]
  /** Of a group of books: in each price group, the lots of each member. Empty for a single book. */
  readonly shares: readonly (readonly number[])[]
}

/** Sizes by member, row-major, as a `BookView` has them. */
export interface MemberLots {
  readonly count: number
  readonly lots: Float64Array
}

/** The price that names the group of `price`; groups are `group` ticks wide. */
export const groupOf = (price: number, group: number, side: 'bid' | 'ask'): number =>
  (side === 'bid' ? Math.floor(price / group) : Math.ceil(price / group)) * group

/** Groups levels (pairs price, size, best first) of one side. No volume is lost and none is counted twice. */
export function grouped(
  levels: Float64Array,
  group: number,
  side: 'bid' | 'ask',
  members?: MemberLots
): Side {
  const shares: number[][] = []
  const prices: number[] = []
  const lots: number[] = []
  const sums: number[] = []
  let sum = 0
  for (let i = 0; i + 1 < levels.length; i += 2) {
    const price = groupOf(levels[i]!, group, side)
    const size = levels[i + 1]!
    sum += size
    const last = prices.length - 1
    if (members) share(shares, members, i / 2, prices[last] === price)
    if (prices[last] === price) {
      lots[last]! += size
      sums[last] = sum
    } else {
      prices.push(price)
      lots.push(size)
      sums.push(sum)
    }
  }
  return { side, prices, lots, sums, shares }
}

/** Adds the members' lots of a level to the last group, or begins the next with them. */
function share(shares: number[][], { count, lots }: MemberLots, level: number, joins: boolean): void {
  const own = [...lots.subarray(level * count, (level + 1) * count)]
  const last = shares.at(-1)
  if (joins && last) own.forEach((size, member) => (last[member]! += size))
  else shares.push(own)
}

/** A line of the ladder. Beyond the known depth `lots` and `sum` are NaN: unknown is not empty. */
export interface Row {
  readonly side: 'bid' | 'ask'
  readonly price: number
  readonly lots: number
  readonly sum: number
  /** Lots of each member of a group; undefined where nothing rests, and for a single book. */
  readonly shares: readonly number[] | undefined
}

/**
 * Rows [from, to) counted from the touch outwards, empty prices included. `known` is the worst price up to which the book is known; a
 * group that reaches beyond it is unknown as a whole.
 */
export function rowsOf(side: Side, group: number, from: number, to: number, known: number): Row[] {
  const best = side.prices[0]
  if (best === undefined) return []
  const step = side.side === 'bid' ? -group : group
  const rows: Row[] = []
  let at = 0
  for (let i = Math.max(0, from); i < to; i++) {
    const price = best + i * step
    while (at < side.prices.length && (side.prices[at]! - price) * step < 0) at++
    const isKnown = side.side === 'bid' ? price >= known : price <= known
    const found = side.prices[at] === price
    const lots = isKnown ? (found ? side.lots[at]! : 0) : NaN
    const before = found ? side.sums[at]! : (side.sums[at - 1] ?? 0)
    const shares = found && isKnown ? side.shares[at] : undefined
    rows.push({ side: side.side, price, lots, sum: isKnown ? before : NaN, shares })
  }
  return rows
}

/** Lots at which a bar is full: about the 99th percentile (never the largest itself), unless the largest is less than twice that; then the largest. */
export function fullBar(sizes: readonly number[]): number {
  const sorted = sizes.filter((size) => size > 0).sort((a, b) => a - b)
  const most = sorted.at(-1)
  if (most === undefined) return 1
  const cap = sorted[Math.max(0, Math.ceil(0.99 * sorted.length) - 2)]!
  return most < 2 * cap ? most : cap
}
