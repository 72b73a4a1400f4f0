import { deleted, executed, submitted, type Session } from './session'

type Place = 'inside' | 'at' | 'behind'
interface Outcomes {
  exec: number
  cancel: number
  open: number
}

/** What came first of each limit order, by where it was put against the best price of its own side just before: executed, deleted, or still open at the end. */
export function orderOutcomes({ rows, types, ids, prices, directions, bids, asks }: Session) {
  const open = new Map<number, Place>()
  const found: Partial<Record<Place, Outcomes>> = {}
  const of = (place: Place): Outcomes => (found[place] ??= { exec: 0, cancel: 0, open: 0 })
  for (let row = 1; row < rows; row++) {
    const [type, id] = [types[row]!, ids[row]!]
    if (type === submitted) {
      const sign = directions[row]!
      const best = (sign === 1 ? bids : asks).prices[0]![row - 1]!
      const better = sign * (prices[row]! - best)
      open.set(id, better > 0 ? 'inside' : better === 0 ? 'at' : 'behind')
    } else if (type === executed || type === deleted) {
      const place = open.get(id)
      if (place === undefined) continue
      open.delete(id)
      of(place)[type === executed ? 'exec' : 'cancel']++
    }
  }
  for (const place of open.values()) of(place).open++
  return found
}
