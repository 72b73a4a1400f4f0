import assert from 'node:assert/strict'
import { binanceSpotDialect } from './dialects/binance'
import { bitstampDialect } from './dialects/bitstamp'
import { gateDialects } from './dialects/gate'
import { hyperliquidDialect } from './dialects/hyperliquid'
import { kucoinDialect } from './dialects/kucoin'
import { bybitDialects } from './dialects/bybit'
import { okxDialect } from './dialects/okx'
import { simulatedDialect } from './dialects/simulated'
import { pairsOf } from './dialect'
import type { Scenario } from './scenario'
import { backWithin, isLive, live, states, symbol } from './scenario'
import type { SimDesk } from './sim-desk'

const minute = 60_000

/** Lets time pass and looks twice a second, as a window that draws would. */
async function look({ clock, oracle }: SimDesk, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 500) {
    await clock.pass(500)
    oracle.sample()
  }
}

const touchOf = ({ sim }: SimDesk, book: string): string => {
  const { bids, asks } = sim.truth(book)!
  return JSON.stringify([bids[0], asks[0]])
}

/** The quiet book loses a change that leaves its touch as it was, and nothing after it tells. */
async function loseBelowTheTouch(desk: SimDesk): Promise<void> {
  const { network, sim } = desk
  const book = symbol(desk)
  for (let tries = 0; tries < 20; tries++) {
    const before = touchOf(desk, book)
    network.faults.drop(book)
    sim.advance(book)
    if (touchOf(desk, book) === before) return
    // The next change tells of the gap; a few more give the book its pace again.
    for (let changes = 0; changes < 3; changes++) {
      await desk.clock.pass(4_000)
      sim.advance(book)
    }
    await backWithin(desk, 15_000)
  }
  assert.fail('every change moved the touch')
}

/** Books that hardly move: what must not pass for a sign of life, and how long their silence may last. Each has a planted bug that no storm finds. */
export const quietScenarios: readonly Scenario[] = [
  {
    id: 'F15',
    promise:
      'old messages again and again, in answer to questions too, are no proof of a quiet book: it is not live for longer than silence may last',
    run: live(simulatedDialect, async (desk) => {
      const { network, sim } = desk
      const book = symbol(desk)
      sim.pace(book, Infinity)
      // So long that the venue is asked but rarely.
      await look(desk, 2 * minute)
      network.faults.stuck.add(book)
      for (let lost = 0; lost < 3; lost++) {
        sim.advance(book)
        await look(desk, 5_000)
      }
      network.faults.stuck.delete(book)
      await look(desk, 45_000)
      assert.equal(desk.lane().book.sequence, sim.truth(book)!.last)
    })
  },
  {
    id: 'F15',
    promise: 'a doubted book is not live again because a whole book that it had long before comes once more',
    run: live(hyperliquidDialect, async (desk) => {
      const { clock, network, oracle, sim } = desk
      const book = symbol(desk)
      sim.pace(book, Infinity)
      network.faults.stuck.add(book)
      sim.advance(book)
      const lines = network.connects.length
      assert.ok(await desk.until(() => !isLive(desk), 15_000), 'still live')
      const from = oracle.statuses.length
      // With a new line comes the book as it is. Until then only the old one does, asked for or not.
      const hasNewLine = () => network.connects.length > lines
      for (let left = 30_000; left > 0 && !hasNewLine(); left -= 500) {
        sim.advance(book)
        await clock.pass(500)
        oracle.sample()
      }
      assert.ok(!states(desk, from).includes('live'), 'live again')
      assert.ok(hasNewLine(), 'no new line')
      network.faults.stuck.delete(book)
      await backWithin(desk, 15_000)
    })
  },
  {
    id: 'F32',
    promise: 'where a message was cut so short that it names no book, a quiet one is asked about at once',
    run: live(gateDialects[0]!, async (desk) => {
      const { clock, network, sim } = desk
      const book = symbol(desk)
      sim.pace(book, Infinity)
      // So long that the venue is asked but rarely.
      await clock.pass(4 * minute)
      network.faults.truncate(book)
      const before = desk.lane().book.sequence
      sim.advance(book)
      await clock.pass(5_500)
      assert.ok(!isLive(desk) || desk.lane().book.sequence > before, 'live without it')
      await backWithin(desk, 30_000)
      assert.equal(desk.lane().book.sequence, sim.truth(book)!.last)
    })
  },
  {
    id: 'F04',
    promise: 'a snapshot that was held up does not put back a book that stands',
    run: live(okxDialect, async (desk) => {
      const { clock, network, sim } = desk
      const book = symbol(desk)
      for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
      const { at, last, bids, asks } = sim.truth(book)!
      const [bidPairs, askPairs] = [bids, asks].map((side) => pairsOf(side, sim.listing(book)!))
      const held = { bids: bidPairs, asks: askPairs, ts: String(at), checksum: 0, seqId: last, prevSeqId: -1 }
      for (let changes = 0; changes < 3; changes++) {
        sim.advance(book)
        await clock.pass(200)
      }
      const snapshot = { arg: { channel: 'books', instId: book }, action: 'snapshot', data: [held] }
      for (const line of network.open_) line.say(JSON.stringify(snapshot))
      await clock.pass(200)
      assert.equal(desk.lane().book.sequence, sim.truth(book)!.last)
      assert.ok(isLive(desk))
    })
  },
  {
    id: 'F04',
    promise: 'a snapshot that was held up until after a change which it lacks is no book',
    run: live(bybitDialects[1]!, async (desk) => {
      const { clock, network, sim } = desk
      const book = symbol(desk)
      for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
      await clock.pass(minute)
      network.faults.swap(book)
      const lines = network.connects.length
      network.cut()
      assert.ok(await desk.until(() => network.connects.length > lines, 5_000))
      await clock.pass(1_000)
      sim.advance(book)
      await clock.pass(500)
      assert.ok(!isLive(desk), 'taken for live')
      assert.equal(desk.lane().counters.stale, 1, 'it did not come')
      await backWithin(desk, 10_000)
      assert.equal(desk.lane().book.sequence, sim.truth(book)!.last)
    })
  },
  {
    id: 'F16',
    promise: 'a quiet book that is said to be checked is still said to be so while another check goes wrong',
    run: live(bitstampDialect, async (desk) => {
      const { network, oracle, sim } = desk
      for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
      assert.ok(await desk.until(() => desk.status().checkedAt !== undefined, 2 * minute), 'not checked')
      const from = oracle.statuses.length
      for (let answers = 0; answers < 8; answers++) network.restFaults.push({ kind: 'html' })
      assert.ok(await desk.until(() => network.restFaults.length === 0, 2 * minute), 'not asked')
      const unsaid = oracle.statuses
        .slice(from)
        .filter(({ id, status }) => id === desk.ids[0] && status.state === 'live' && !status.checkedAt)
      assert.deepEqual(unsaid, [])
      await backWithin(desk, 30_000)
    })
  },
  {
    id: 'F14',
    promise:
      'quotes with an id ahead of the book tell of a change that was lost, not of a quiet book, though the touch is the same',
    run: live(
      binanceSpotDialect,
      async (desk) => {
        const { network, sim } = desk
        const book = symbol(desk)
        sim.pace(book, Infinity)
        await loseBelowTheTouch(desk)
        const { last, bids, asks } = sim.truth(book)!
        const [[b, B], [a, A]] = [bids, asks].map((side) => pairsOf(side, sim.listing(book)!)[0]!) as [
          [string, string],
          [string, string]
        ]
        const data = { u: last, s: book, b, B, a, A }
        for (let quotes = 0; quotes < 20; quotes++) {
          for (const line of network.open_) line.say(JSON.stringify({ stream: 'x', data }))
          await look(desk, 2_000)
        }
        assert.equal(desk.lane().book.sequence, last)
      },
      { paceMs: 4_000 }
    )
  },
  {
    id: 'F16',
    promise:
      'a quiet book that is live again without being said to be checked is asked about within half a minute, however often it was found quiet',
    run: live(binanceSpotDialect, async (desk) => {
      const { network, sim } = desk
      const book = symbol(desk)
      sim.pace(book, Infinity)
      // So long that the venue is asked but rarely.
      await look(desk, 4 * minute)
      network.weather.latencyMs = 1_800
      assert.ok(await desk.until(() => desk.status().state === 'overloaded', 20_000), 'not late')
      network.weather.latencyMs = 50
      await backWithin(desk, 10_000)
      assert.equal(desk.status().checkedAt, undefined)
      network.faults.drop(book)
      sim.advance(book)
      await look(desk, 45_000)
      assert.equal(desk.lane().book.sequence, sim.truth(book)!.last)
    })
  },
  {
    id: 'F30',
    promise: 'a process that was busy takes no quiet book for live before the venue was asked',
    run: live(kucoinDialect, async (desk) => {
      const { clock, network, oracle, sim } = desk
      const book = symbol(desk)
      for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
      network.cut()
      // No message has joined its snapshot: it was live because nothing contradicted it.
      await backWithin(desk, 20_000)
      // So long that seven seconds are no long silence for it.
      await clock.pass(minute)
      network.faults.drop(book)
      sim.advance(book)
      clock.freeze(7_000)
      const from = oracle.statuses.length
      await clock.pass(200)
      assert.ok(!isLive(desk) && !states(desk, from).includes('live'), 'taken for live')
      await backWithin(desk, 10_000)
      assert.equal(desk.lane().book.sequence, sim.truth(book)!.last)
    })
  },
  {
    id: 'F16',
    promise:
      'a keepalive that repeats the id of a quiet book is no gap, and as good as asking; one with an id of its own tells that the last change was lost',
    run: live(okxDialect, async (desk) => {
      const { clock, network, oracle, sim } = desk
      const book = symbol(desk)
      for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
      const from = oracle.outages.length
      const { gaps, applied, snapshots } = desk.lane().counters
      await clock.pass(15 * minute)
      oracle.sample()
      assert.deepEqual(oracle.outages.slice(from), [])
      assert.ok(desk.lane().counters.applied > applied, 'no keepalive came')
      const asked = desk.lane().counters.snapshots - snapshots
      assert.ok(asked <= 6, `asked ${asked} times in a quarter of an hour`)
      network.faults.drop(book)
      sim.advance(book)
      const { last } = sim.truth(book)!
      const data = [{ asks: [], bids: [], ts: String(sim.now()), checksum: 0, seqId: last, prevSeqId: last }]
      const keepalive = { arg: { channel: 'books', instId: book }, action: 'update', data }
      for (const line of network.open_) line.say(JSON.stringify(keepalive))
      await clock.pass(100)
      assert.equal(desk.lane().counters.gaps, gaps + 1)
      await backWithin(desk, 5_000)
      assert.equal(desk.lane().book.sequence, last)
    })
  }
]
