import assert from 'node:assert/strict'
import { binanceSpotDialect } from './dialects/binance'
import { bitstampDialect } from './dialects/bitstamp'
import type { Scenario } from './scenario'
import {
  backWithin,
  isLive,
  live,
  othersAreLive,
  snapshotsAsked,
  states,
  staysLive,
  symbol
} from './scenario'
import { simDesk } from './sim-desk'

const spot = binanceSpotDialect

const lossOf = (count: number) =>
  live(spot, async (desk) => {
    const asked = snapshotsAsked(desk)
    const from = desk.oracle.statuses.length
    desk.network.faults.drop(symbol(desk), count)
    if (count > 1) for (let n = 0; n < count; n++) desk.sim.advance(symbol(desk))
    assert.ok(await desk.until(() => states(desk, from).includes('gap'), 5_000), 'no gap seen')
    assert.match(
      desk.oracle.statuses.find(({ status }) => status.state === 'gap')!.status.reason,
      /updates? lost at .*, resyncing/
    )
    await backWithin(desk, 5_000)
    assert.equal(snapshotsAsked(desk), asked + 1)
    assert.ok(othersAreLive(desk))
  })

/** What comes is lost, twice, swapped, old, broken, or no number. */
export const messageScenarios: readonly Scenario[] = [
  {
    id: 'F01',
    promise: 'a lost diff is a gap in the call that finds it, and one snapshot heals it',
    run: lossOf(1)
  },
  { id: 'F02', promise: 'five hundred lost diffs are one gap and one snapshot', run: lossOf(500) },
  {
    id: 'F03',
    promise: 'a diff that comes twice changes nothing and is counted',
    run: live(spot, async (desk) => {
      const { stale } = desk.lane().counters
      desk.network.faults.duplicate(symbol(desk), 3)
      await staysLive(desk, 10_000)
      assert.equal(desk.lane().counters.stale - stale, 3)
    })
  },
  {
    id: 'F04',
    promise: 'two diffs that changed places never put an old size over a new one',
    run: live(spot, async (desk) => {
      desk.network.faults.swap(symbol(desk))
      assert.ok(await desk.until(() => desk.lane().counters.gaps === 1, 5_000))
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F05',
    promise: 'a snapshot older than what waits is asked for again; the buffer and the line are kept',
    run: live(spot, async (desk) => {
      const connects = desk.network.connects.length
      await desk.clock.pass(1_000)
      // What a cache holds is what the venue answered last.
      const before = desk.lane().counters.gaps
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => desk.lane().counters.gaps > before, 5_000))
      await backWithin(desk, 5_000)
      desk.network.restFaults.push({ kind: 'old' })
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => desk.lane().counters.gaps > before + 1, 5_000))
      await backWithin(desk, 10_000)
      assert.equal(desk.network.connects.length, connects)
    })
  },
  {
    id: 'F05',
    promise: 'where no id tells, a snapshot older than what waits for it is not taken',
    run: live(bitstampDialect, async (desk) => {
      desk.network.restFaults.push({ kind: 'old' }, { kind: 'old' })
      desk.network.faults.truncate(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 5_000))
      await backWithin(desk, 15_000)
    })
  },
  {
    id: 'F06',
    promise:
      'a snapshot newer than all that waits is live once nothing contradicts it, also on a quiet market',
    run: async () => {
      const desk = simDesk(spot)
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
      assert.ok(await desk.goLive(8_000), 'not live')
      desk.stop()
      assert.deepEqual(desk.oracle.lies, [])
    }
  },
  {
    id: 'F07',
    promise:
      'a snapshot that never comes is given up after ten seconds and asked for again; what waits has a cap',
    run: live(spot, async (desk) => {
      desk.network.restFaults.push({ kind: 'lost' })
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 5_000))
      desk.sim.pace(symbol(desk), 1)
      await desk.clock.pass(9_000)
      assert.ok(!isLive(desk) && desk.lane().pending.count <= 4_096)
      desk.sim.pace(symbol(desk), 300)
      await backWithin(desk, 12_000)
    })
  },
  {
    id: 'F08',
    promise: 'a snapshot that is an error page, half an answer or HTTP 500 is counted and asked for again',
    run: live(spot, async (desk) => {
      desk.network.restFaults.push({ kind: 'html' }, { kind: 'cut' }, { kind: 'status', status: 500 })
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 5_000))
      await backWithin(desk, 20_000)
    })
  },
  {
    id: 'F21',
    promise: 'ids that begin anew on a line that stays up are a new count, not an endless gap',
    run: live(spot, async (desk) => {
      desk.sim.restart()
      assert.ok(await desk.until(() => !isLive(desk), 9_000), 'still live')
      await backWithin(desk, 15_000)
      await staysLive(desk, 20_000)
    })
  },
  {
    id: 'F32',
    promise:
      'numbers that are none, and text that is none, are refused by their reason, and the book is made anew',
    run: live(spot, async (desk) => {
      const { sim, network } = desk
      for (const size of ['NaN', 'Infinity', '1e400', '', '-1', '1.2.3', '"', '\u0000', '\ud800']) {
        const { last } = sim.truth(symbol(desk))!
        const rejected = desk.feed.counts().rejected
        const data = {
          e: 'depthUpdate',
          E: 1,
          s: symbol(desk),
          U: last + 1,
          u: last + 1,
          b: [['100.00', size]],
          a: []
        }
        for (const line of network.open_) line.say(JSON.stringify({ stream: 'x', data }))
        await desk.clock.pass(100)
        assert.ok(desk.feed.counts().rejected > rejected, `${JSON.stringify(size)} was taken`)
        await backWithin(desk, 20_000)
        await desk.clock.pass(90_000)
      }
    })
  }
]
