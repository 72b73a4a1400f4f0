/**
 * How far this window knows a side: the venue's own frontier, or the last level received where as many came as were asked for (the
 * book may go on, but its rest was not sent).
 */
export function frontier(levels: Float64Array, side: 'bid' | 'ask', known: number, asked: number): number {
  const last = levels[levels.length - 2]
  if (last === undefined || levels.length / 2 < asked) return known
  return side === 'bid' ? Math.max(known, last) : Math.min(known, last)
}
