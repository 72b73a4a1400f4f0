import { expect, test } from 'vitest'
import { readTape } from '../../../src-main/engine/tape/reader'
import { Replay, type ReplaySummary } from '../../../src-main/engine/tape/replay'
import { venues } from '../../../src-main/engine/venues/index'
import { capturePath, haveCapture } from '../../support/captures'
import { silent } from '../../support/silent-listener'

async function replay(venueId: string, ...names: readonly string[]): Promise<ReplaySummary> {
  const venue = venues.find((it) => it.spec.id === venueId)!
  const tape = new Replay(venue, silent)
  for (const name of names) {
    const end = await readTape(capturePath(name), (frame) => {
      tape.take(frame)
    })
    expect(end).toMatchObject({ ok: true })
  }
  return tape.summary()
}

interface Verified {
  readonly venue: string
  readonly tape: string
  readonly applied: number
  readonly trades: number
  readonly quotes: number
  readonly books: number
}
/** Counts that two independent readers of the same captures agreed on. */
const verified: readonly Verified[] = [
  {
    venue: 'binance-spot',
    tape: 'binance-spot_btcusdt_20240808',
    applied: 3449,
    trades: 9757,
    quotes: 560,
    books: 1
  },
  {
    ...{ venue: 'binance-usdm', tape: 'binance-usdm_btcusdt_20240718-19' },
    ...{ applied: 9017, trades: 10701, quotes: 485, books: 1 }
  },
  {
    ...{ venue: 'binance-coinm', tape: 'binance-coinm_btcusd_perp_20240808' },
    ...{ applied: 26824, trades: 2286, quotes: 1124, books: 1 }
  },
  { venue: 'binance-spot', tape: 'binance-spot_2021', applied: 22, trades: 1, quotes: 7, books: 2 },
  { venue: 'binance-usdm', tape: 'binance-usdm_2021', applied: 368, trades: 46, quotes: 25, books: 2 },
  { venue: 'binance-coinm', tape: 'binance-coinm_2021', applied: 895, trades: 21, quotes: 120, books: 5 }
]

for (const given of verified) {
  const file = `feeds/${given.tape}.jsonl.gz`
  test.skipIf(!haveCapture(file))(`${given.tape}: every diff, trade and quote is accounted for`, async () => {
    const { instruments, rejected } = await replay(given.venue, file)
    const sum = (of: (it: (typeof instruments)[number]) => number) =>
      instruments.reduce((all, it) => all + of(it), 0)
    expect({
      applied: sum((it) => it.applied),
      trades: sum((it) => it.trades),
      compared: sum((it) => it.quotes.compared),
      equal: sum((it) => it.quotes.equal),
      snapshots: sum((it) => it.snapshots),
      gaps: sum((it) => it.gaps),
      crossed: sum((it) => it.crossed),
      rejected: rejected.count
    }).toEqual({
      ...{ applied: given.applied, trades: given.trades, compared: given.quotes, equal: given.quotes },
      ...{ snapshots: given.books, gaps: 0, crossed: 0, rejected: 0 }
    })
  })
}
