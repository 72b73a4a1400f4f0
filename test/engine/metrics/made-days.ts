import { Chance } from '../../../src-main/engine/market/chance'
import type { HandLevel } from '../../support/hand-book'
import type { Message } from './made-stream'
import { centre, madeStream } from './made-stream'

const dayMs = 86_400_000
const everyMs = 4_000
const tradesEach = 20

/** Messages 4 s apart from `from` on, twenty trades each at a touch that stays where the stream has it. */
function busy(seed: number, messages: number, from: number): Message[] {
  const chance = new Chance(seed, 'made days')
  return madeStream(seed, messages).map(({ bids, asks }, n) => ({
    ...{ at: from + n * everyMs, bids, asks },
    trades: Array.from({ length: tradesEach }, () => {
      const sign = chance.coin() ? 1 : -1
      return [centre + sign * chance.below(20), 1 + chance.below(499), sign] as const
    })
  }))
}

/**
 * Two mornings: the half hour from 01:00 UTC of one day, and all of the next one's first hour and some minutes, with one order a hundred times as large as any
 * shortly before the end. What is of a session, of an hour, or against the time of day is known then.
 */
export function madeDays(): { readonly first: readonly Message[]; readonly second: readonly Message[] } {
  const first = busy(2, 500, 2 * dayMs + 3_600_000 - 60_000)
  const second = busy(3, 975, 3 * dayMs)
  const place = second.length - 5
  const large = { ...second[place]!, trades: [[centre + 1, 50_000, 1]] as const }
  return { first, second: [...second.slice(0, place), large, ...second.slice(place + 1)] }
}

const wallEvery = 60
const wallFor = 40
/** What often stands is usual: each wall is larger than the one before. */
const wallSize = (n: number): number => Math.round(3_000 * 1.5 ** Math.floor(n / wallEvery))

/** A message a second in which walls are put beside the book, on one side after the other, and withdrawn again; one stands on each side in the end. */
export function walledStream(seconds: number): readonly Message[] {
  return madeStream(4, seconds).map(({ bids, asks, trades }, n) => {
    const [isLast, phase] = [n >= seconds - wallFor, n % wallEvery]
    const turn = Math.floor(n / wallEvery) % 2 === 0 ? 1 : -1
    const put = (side: 1 | -1): HandLevel[] => {
      const price = centre - side * 60
      if (n === seconds - wallFor) return [[price, wallSize(n + wallEvery)]]
      if (isLast || turn !== side) return []
      return phase === 0 ? [[price, wallSize(n)]] : phase === wallFor ? [[price, 0]] : []
    }
    return { at: 36_000_000 + n * 1_000, bids: [...bids, ...put(1)], asks: [...asks, ...put(-1)], trades }
  })
}
