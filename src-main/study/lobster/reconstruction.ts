import { LevelsInPlay } from './levels-in-play'
import { halted, type Session, type SideColumns } from './session'

const mostNamed = 10

/** From each published row, one message leads to the next published row: rows where it did, and the first ones (from 0) where not. */
export function stepByStep(session: Session) {
  const { rows, types, prices, sizes, directions, bids, asks } = session
  const failed: number[] = []
  let [passed, failures, halts] = [0, 0, 0]
  const levels = { bid: new LevelsInPlay(1), ask: new LevelsInPlay(-1) }
  for (let row = 1; row < rows; row++) {
    if (types[row] === halted) {
      halts++
      continue
    }
    const isBid = directions[row] === 1
    const [own, other] = isBid ? [bids, asks] : [asks, bids]
    const side = isBid ? levels.bid : levels.ask
    side.seed(own, row - 1)
    side.apply(types[row]!, prices[row]!, sizes[row]!)
    if (side.agrees(own, row) && isUnchanged(other, row)) passed++
    else if (failures++ < mostNamed) failed.push(row)
  }
  return {
    rows,
    checked: passed + failures,
    pass_: passed,
    fail: failures,
    skipped_halt: halts,
    first_fail_rows_0based: failed
  }
}

/**
 * All messages from row 0 on, never set right again: shares of rows whose best prices (and sizes) are the published ones. Near 0 by design: a file of L
 * levels carries no events for what lay beyond them.
 */
export function neverReseeded({ rows, types, prices, sizes, directions, bids, asks }: Session) {
  const [bid, ask] = [new LevelsInPlay(1), new LevelsInPlay(-1)]
  bid.seed(bids, 0)
  ask.seed(asks, 0)
  let [pricesMatch, bothMatch] = [0, 0]
  for (let row = 1; row < rows; row++) {
    const side = directions[row] === 1 ? bid : ask
    side.apply(types[row]!, prices[row]!, sizes[row]!)
    if (bid.prices[0] !== bids.prices[0]![row] || ask.prices[0] !== asks.prices[0]![row]) continue
    pricesMatch++
    if (bid.sizes[0] === bids.sizes[0]![row] && ask.sizes[0] === asks.sizes[0]![row]) bothMatch++
  }
  return {
    best_price_match: pricesMatch / (rows - 1),
    best_price_and_size_match: bothMatch / (rows - 1)
  }
}

function isUnchanged({ prices, sizes }: SideColumns, row: number): boolean {
  return [...prices, ...sizes].every((column) => column[row] === column[row - 1])
}
