import { type BookName, engineOf, floorOf } from './engine'
import { cpuOf, paired } from './pairs'
import { ratioRow, type Row } from './report'
import type { Stream } from './stream'

/** CPU of the floor in one measurement, ms: long against the grain of the clock. */
const measurementMs = 150
const pairs = 9

const isElectron = process.versions['electron'] !== undefined
const goals: Readonly<Record<BookName, { readonly book: number; readonly sums: number }>> = {
  ladder: { book: 0.35, sums: 0.5 },
  sorted: { book: isElectron ? 1.25 : 1, sums: isElectron ? 1.25 : 1 }
}

/** Bytes to a committed book, alone and with the sums of the imbalance metric, over JSON.parse alone. */
export function engineRows(streams: readonly Stream[]): Row[] {
  return streams.flatMap((stream) => {
    const floor = floorOf(stream)
    floor.run()
    const repeats = Math.max(1, Math.ceil(measurementMs / cpuOf(floor, 1)))
    return (['ladder', 'sorted'] as const).flatMap((book) =>
      [false, true].map((withSums) => {
        const ratio = paired(engineOf(stream, book, withSums), floor, pairs, repeats)
        const goal = withSums ? goals[book].sums : goals[book].book
        return ratioRow('engine', withSums ? `${book}, sums asked` : book, stream.name, ratio, goal)
      })
    )
  })
}
