/** Longer queues are told by the limit, which is then off by less than 0.0005. */
const mostOrders = 40
/** Chances already integrated, by (bid - 1) * mostOrders + ask - 1. */
const known = new Float64Array(mostOrders * mostOrders).fill(NaN)

/**
 * P(the ask queue empties before the bid queue), 0 to 1, for queues of so many orders of one size that join and leave at even odds (Cont and de Larrard
 * 2013, SIAM J. Financial Math. 4, the balanced case). Counts are rounded and at least 1; NaN where one is not known. For queues of many orders only their
 * ratio matters: (2/π) atan(bid/ask).
 */
export function queueRaceUp(bidOrders: number, askOrders: number): number {
  const bid = Math.max(1, Math.round(bidOrders))
  const ask = Math.max(1, Math.round(askOrders))
  if (Number.isNaN(bid + ask)) return NaN
  if (bid > mostOrders || ask > mostOrders) return queueRaceLimit(bidOrders, askOrders)
  const place = (bid - 1) * mostOrders + ask - 1
  if (Number.isNaN(known[place])) known[place] = integrated(bid, ask)
  return known[place]!
}

/** The same for queues of infinitely many orders: only the ratio of the sizes matters. */
export const queueRaceLimit = (bidSize: number, askSize: number): number =>
  (2 / Math.PI) * Math.atan2(bidSize, askSize)

/** Gauss and Legendre's five places in [-1, 1] and their weights. */
const places = [-0.906179845938664, -0.5384693101056831, 0, 0.5384693101056831, 0.906179845938664]
const weights = [
  0.23692688505618908, 0.47862867049936647, 0.5688888888888889, 0.47862867049936647, 0.23692688505618908
]
const panels = 128

/** Equation 11 of the paper over [0, π]; good to 1e-10 for the counts it is asked of, and to 1e-12 for ten and less. */
function integrated(bid: number, ask: number): number {
  const half = Math.PI / panels / 2
  let sum = 0
  for (let panel = 0; panel < panels; panel++) {
    for (const [i, place] of places.entries()) {
      const t = (2 * panel + 1 + place) * half
      const c = 2 - Math.cos(t)
      const fall = (c - Math.sqrt(c * c - 1)) ** ask
      sum += weights[i]! * half * fall * Math.sin(bid * t) * (Math.cos(t / 2) / Math.sin(t / 2))
    }
  }
  return sum / Math.PI
}
