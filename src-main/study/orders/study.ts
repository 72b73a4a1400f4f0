import type { Finding } from '../finding'
import type { OrderEvent } from './events'
import { OrderLives } from './lives'
import { readOrders } from './reader'

export type OrderFigures = ReturnType<typeof figuresOf>

/** The study of a file of order events (Bitstamp's columns), gzip or not. */
export async function studyOrders(path: string): Promise<Finding<OrderFigures>> {
  const events = await readOrders(path)
  return events.ok ? { ok: true, figures: figuresOf(events.figures) } : events
}

/** Prices and volumes in whole coins, times in ms since 1970. */
export function figuresOf(events: readonly OrderEvent[]) {
  const isSorted = events.every((event, i) => i === 0 || event.at >= events[i - 1]!.at)
  // Sorting is stable: events of one time stay as the file has them.
  const inTime = isSorted ? events : [...events].sort((a, b) => a.at - b.at)
  const counts: Record<string, number> = {}
  const lives = new OrderLives()
  for (const event of inTime) {
    const kind = `${event.action}/${event.side}`
    counts[kind] = (counts[kind] ?? 0) + 1
    lives.take(event)
  }
  return {
    rows: events.length,
    unique_ids: new Set(events.map((it) => it.id)).size,
    counts,
    file_sorted_by_timestamp: isSorted,
    t_first_ms: inTime[0]?.at ?? NaN,
    t_last_ms: inTime.at(-1)?.at ?? NaN,
    ...lives.figures(),
    algorithm
  }
}

const algorithm =
  'stable sort by (timestamp,file order); created adds; changed replaces (fill = decrease at same price); deleted removes (volume==0 => filled, else cancelled); volume unit 1e-8 BTC; book NOT seeded, pre-existing orders that never printed created are ignored'
