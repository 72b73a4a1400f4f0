import { BenchLane, type BookName, books } from './engine'
import { generatedStream } from './generated'
import type { Row } from './report'

const levels = 50_000
const rounds = 3

/** How long one message takes, from its bytes to the committed book, where fifty thousand levels a side are kept; ms of the clock on the wall, as that is what a frame waits. */
export function deepRows(): Row[] {
  const stream = generatedStream('generated', levels, 4_000)
  return (['sorted', 'ladder'] as const).map((book) => {
    const [p99, worst] = quantilesOf(book, stream)
    const note = `slowest of all ${worst.toFixed(1)} ms`
    return { part: 'deep', what: `${book}, p99`, on: `${levels} levels a side`, figure: p99, unit: 'ms a message', goal: 2, note } // prettier-ignore
  })
}

/** The 99th percentile and the most. */
function quantilesOf(
  book: BookName,
  stream: ReturnType<typeof generatedStream>
): [p99: number, most: number] {
  const lane = new BenchLane(stream, books[book](), true)
  const all: number[] = []
  for (let round = 0; round < rounds; round++) {
    lane.start()
    all.length = 0
    for (const bytes of stream.diffs) {
      const from = performance.now()
      lane.take(bytes)
      all.push(performance.now() - from)
    }
    lane.check()
  }
  all.sort((one, other) => one - other)
  return [all[Math.floor(0.99 * all.length)]!, all.at(-1)!]
}
