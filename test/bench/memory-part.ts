import { Changes } from '../../src-main/engine/book/changes'
import { type BookName, books, BenchLane } from './engine'
import { generatedStream } from './generated'
import type { Row } from './report'
import type { Stream } from './stream'

/** Levels kept in all, so that the noise of the heap is shared by many books. */
const keptLevels = 320_000
const goals: Readonly<Record<number, number>> = { 1_000: 80, 5_000: 300, 50_000: 20_000 }

/** Heap and buffers that one book keeps, KB. */
export function memoryRows(): Row[] {
  return ([1_000, 5_000, 50_000] as const).flatMap((levels) =>
    (['sorted', 'ladder'] as const).map((book) => ({
      ...{ part: 'memory', what: book, on: `${levels} levels a side` },
      ...{ figure: bytesOf(book, levels) / 1_000, unit: 'KB a book' },
      goal: book === 'sorted' || levels === 50_000 ? goals[levels]! : NaN
    }))
  )
}

function bytesOf(book: BookName, levels: number): number {
  const snapshot = snapshotOf(levels)
  const kept = Math.ceil(keptLevels / levels)
  const before = used()
  const all = Array.from({ length: kept }, () => {
    const made = books[book]()
    made.commit(snapshot)
    return made
  })
  const bytes = (used() - before) / kept
  if (all.some(({ bids }) => bids.count !== levels)) throw new Error('a book is not full')
  return bytes
}

function snapshotOf(levels: number): Changes {
  const changes = new Changes()
  changes.isSnapshot = true
  for (let n = 0; n < levels; n++) {
    changes.bids.push(1_000_000 - 3 * n, n + 1)
    changes.asks.push(1_000_001 + 3 * n, n + 1)
  }
  return changes
}

function used(): number {
  // Twice: buffers are freed by the collection after the one that finds their owners dead.
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Cost a message at many instruments over that at few, sorted books, each with a stream of its own phase. */
export function scaleRows(): Row[] {
  const stream = generatedStream('generated', 1_000, 400)
  const few = costOf(stream, 100)
  const many = costOf(stream, 500)
  return [{ part: 'scale', what: 'sorted, 500 over 100 instruments', on: stream.name, figure: many / few, unit: 'times a message', goal: 2 }] // prettier-ignore
}

function costOf(stream: Stream, instruments: number): number {
  const lanes = Array.from({ length: instruments }, () => new BenchLane(stream, books.sorted(), true))
  const costs: number[] = []
  for (let round = 0; round < 6; round++) {
    for (const lane of lanes) lane.start()
    globalThis.gc?.()
    const before = process.cpuUsage()
    for (const bytes of stream.diffs) for (const lane of lanes) lane.take(bytes)
    const { user, system } = process.cpuUsage(before)
    if (round > 0) costs.push((user + system) / (stream.diffs.length * instruments))
  }
  return costs.sort((one, other) => one - other)[costs.length >> 1]!
}
