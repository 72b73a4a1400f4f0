import { describe, expect, test, vi } from 'vitest'
import { SortedBook } from '../../../../src-main/engine/book/sorted-book'
import { flowReading } from '../../../../src-main/engine/metrics/flow-reading'
import { Vacuums } from '../../../../src-main/engine/metrics/flow-reading/vacuums'
import { paramsOf } from '../../../../src-main/engine/metrics/params'
import { millis } from '../../../../src-shared/units'
import type { HandLevel } from '../../../support/hand-book'
import { changesOf, plainInstrument } from '../../../support/hand-book'

describe('where a step of price is ten bps', () => {
  /** Mid 1,000 ticks; a second book a second, all levels of 1 to 3. */
  const coarse = () => {
    const told: string[] = []
    const book = new SortedBook()
    const tell = ({ kind, words }: { kind: string; words: string }) => told.push(`${kind}: ${words}`)
    const scope = { book, instrument: () => plainInstrument, tell, placeOf: () => -1, paramsOf: () => ({}) }
    const run = flowReading.start(scope, paramsOf(flowReading.spec))
    const say = (at: number, bids: HandLevel[], asks: HandLevel[], isSnapshot = false): void => {
      const changes = changesOf(bids, asks, { isSnapshot })
      book.commit(changes)
      run.onBook!(changes, millis(at))
      run.sample(millis(at), new Float64Array(8), 0)
    }
    const ladder = (isBid: boolean): HandLevel[] =>
      Array.from({ length: 40 }, (_, rank) => [isBid ? 999 - rank : 1_001 + rank, 1 + (rank % 3)])
    say(0, ladder(true), ladder(false), true)
    for (let second = 1; second <= 120; second++) say(second * 1_000, [[999, 1 + (second % 2)]], [])
    return { told, say, ladder }
  }

  test('a wall is seen eight steps away, and one beyond ten is not', () => {
    const { told, say } = coarse()
    say(121_000, [[991, 50]], [])
    say(121_500, [], [[1_015, 60]])
    for (let second = 122; second <= 140; second++) say(second * 1_000, [[999, 1 + (second % 2)]], [])
    expect(told).toEqual([expect.stringContaining('wall: A very large bid')])
  })

  test('a vacuum is one of ten steps, and says of how many bps', () => {
    const { told, say, ladder } = coarse()
    say(121_000, [], ladder(false).slice(1, 10).map(([price]) => [price, 0])) // prettier-ignore
    say(122_000, [[999, 1]], [])
    expect(told).toEqual([expect.stringContaining('vacuum: The asks within 100 bps')])
  })

  test('depth that often goes is a vacuum only when more goes than usually does', () => {
    const { told, say, ladder } = coarse()
    const from = (...prices: readonly number[]) => ladder(false).filter(([price]) => prices.includes(price))
    const without = (...prices: readonly number[]) => from(...prices).map(([price]): HandLevel => [price, 0])
    // Of 19 within ten steps 8 are left one second in ten: P5 is 8, of which 60 % are 4.8.
    const often = [1_002, 1_003, 1_005, 1_006, 1_007]
    for (let second = 121; second <= 400; second++)
      say(
        second * 1_000,
        [[999, 1 + (second % 2)]],
        second % 10 === 5 ? without(...often) : second % 10 === 6 ? from(...often) : []
      )
    // 6 are 32 % of the usual.
    say(401_000, [], without(...often, 1_008))
    say(402_000, [[999, 1]], [])
    expect(told).toEqual([])
    say(403_000, [], without(1_009))
    say(404_000, [[999, 2]], [])
    expect(told).toEqual([expect.stringContaining('16 % of the usual depth')])
  })

  test('a price that is another after each gap has its book keep a handful of bands for vacuums, and not one for each', () => {
    const book = new SortedBook()
    const keep = vi.spyOn(book, 'keepBand')
    const vacuums = new Vacuums(
      () => undefined,
      book,
      () => 1
    )
    // Ten steps are 100 bps of the mid at first, and 200 at last.
    for (let mid = 1_000; mid >= 500; mid--) {
      const [bids, asks] = [[[mid - 1, 1]], [[mid + 1, 1]]] as [HandLevel[], HandLevel[]]
      book.commit(changesOf(bids, asks))
      vacuums.forget()
      vacuums.glance()
      vacuums.look(1_000_000 - mid)
    }
    expect([...new Set(keep.mock.calls.map(([bps]) => bps))]).toEqual([100, 120, 150, 200])
  })
})
