import type { MarketEvent } from '../../../src-shared/contract/frames'

/** A very large order that was put into the book and told of, and what became of it. */
export interface Wall {
  readonly side: 'bid' | 'ask'
  /** Ticks. */
  readonly price: number
  /** When it was put there, ms. */
  readonly from: number
  /** When it went; Infinity while it stands. */
  readonly to: number
  /** `lost`: the book was not live, and whether it is still there nobody knows. */
  readonly end: 'stands' | 'pulled' | 'eaten' | 'lost'
  /** Most that rested there, base currency. */
  readonly size: number
}

/**
 * Walls by the events of flow reading, oldest first. One ends with its own event, or with the beginning of a gap. The metric follows
 * sixteen a side, so what it tells of is all there is.
 */
export function wallsOf(
  events: readonly MarketEvent[],
  gaps: readonly (readonly [from: number, to: number])[]
): Wall[] {
  const standing = new Map<string, Wall>()
  const ended: Wall[] = []
  const close = (key: string, to: number, end: Wall['end']): void => {
    const wall = standing.get(key)
    if (wall) ended.push({ ...wall, to, end })
    standing.delete(key)
  }
  let next = 0
  const passGaps = (until: number): void => {
    for (; next < gaps.length && gaps[next]![0] <= until; next++)
      for (const key of [...standing.keys()]) close(key, gaps[next]![0], 'lost')
  }
  for (const event of events) {
    if (event.metric !== 'flow-reading' || !event.kind.startsWith('wall') || event.side === 'none') continue
    passGaps(event.at)
    const key = `${event.side} ${event.price}`
    const wall = standing.get(key) ?? risen(event, event.side)
    standing.set(key, { ...wall, size: Math.max(wall.size, sizeOf(event)) })
    if (event.kind === 'wall-pulled') close(key, event.at, 'pulled')
    else if (event.kind === 'wall-eaten') close(key, event.at, 'eaten')
  }
  passGaps(Infinity)
  return [...ended, ...standing.values()].sort((one, other) => one.from - other.from)
}

function risen(event: MarketEvent, side: Wall['side']): Wall {
  const age = event.evidence.find(({ unit }) => unit === 'seconds')?.value ?? 0
  const from = event.at - age * 1_000
  return { side, price: event.price, from, to: Infinity, end: 'stands', size: sizeOf(event) }
}

const sizeOf = ({ evidence }: MarketEvent): number =>
  evidence.find(({ unit }) => unit === 'base')?.value ?? NaN
