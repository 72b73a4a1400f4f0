import { readSession } from '../../../src-main/study/lobster/reader'
import type { Session, SideColumns } from '../../../src-main/study/lobster/session'
import { isEmptyLevel, isTrade, priceUnitsPerTick } from '../../../src-main/study/lobster/session'
import { capturePath, haveCapture } from '../../support/captures'
import type { HandLevel } from '../../support/hand-book'
import type { Streamed } from './streamed'

const day = (levels: number) =>
  ['message', 'orderbook'].map(
    (kind) => `market/lobster/AMZN_2012-06-21_34200000_57600000_${kind}_${levels}.csv.gz`
  )

export const haveAmazon = (levels: number): boolean => day(levels).every(haveCapture)

export async function amazon(levels: number): Promise<Session> {
  const [messages, book] = day(levels).map(capturePath)
  const read = await readSession(messages!, book!)
  if (!read.ok) throw new Error(read.reason)
  return read.figures
}

/** Ms after midnight of a row. */
export const timeOf = ({ times }: Session, row: number): number => times[row]! * 1_000

/**
 * Rows of a day through a metric: what changed of each level, and the trades; prices in ticks of 1e-4 USD, sizes in shares. `look` after each row.
 */
export function play(session: Session, rows: number, streamed: Streamed, look: (row: number) => void): void {
  for (let row = 0; row < rows; row++) {
    const at = timeOf(session, row)
    const [bids, asks] = [changed(session.bids, row), changed(session.asks, row)]
    if (row === 0) streamed.snapshot(at, bids, asks)
    else streamed.change(at, bids, asks)
    if (isTrade(session.types[row]!))
      streamed.trade(at, session.prices[row]!, -session.directions[row]! * session.sizes[row]!)
    look(row)
  }
}

export const tick = priceUnitsPerTick

function levelsAt({ prices, sizes }: SideColumns, row: number): Map<number, number> {
  const levels = new Map<number, number>()
  if (row < 0) return levels
  for (const [level, column] of prices.entries())
    if (!isEmptyLevel(column[row]!)) levels.set(column[row]!, sizes[level]![row]!)
  return levels
}

function changed(side: SideColumns, row: number): HandLevel[] {
  const [before, now] = [levelsAt(side, row - 1), levelsAt(side, row)]
  const gone = [...before.keys()].filter((price) => !now.has(price)).map((price): HandLevel => [price, 0])
  return [...gone, ...[...now].filter(([price, size]) => before.get(price) !== size)]
}
