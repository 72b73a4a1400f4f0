import assert from 'node:assert/strict'
import { binanceSpotDialect } from './dialects/binance'
import type { Scenario } from './scenario'
import { backWithin, listingsOf, live, states, staysLive } from './scenario'

const spot = binanceSpotDialect
const minute = 60_000

/** Clocks, sleep and a busy process. */
export const timeScenarios: readonly Scenario[] = [
  {
    id: 'F27',
    promise: 'a venue whose clock is wrong, or is set, costs no book',
    run: live(spot, async (desk) => {
      const now = desk.sim.now.bind(desk.sim)
      await staysLive(desk, 5_000)
      desk.sim.now = () => now() + 600_000
      await staysLive(desk, 20_000)
      assert.ok(desk.feed.links()[0]!.lagMs < -500_000)
      desk.sim.now = now
    })
  },
  {
    id: 'F28',
    promise: 'a local clock that is set by an hour makes everything anew and breaks nothing',
    run: live(spot, async (desk) => {
      desk.clock.setWall(3_600_000)
      await desk.clock.pass(1_500)
      await backWithin(desk, 5_000)
      desk.clock.setWall(-7_200_000)
      await desk.clock.pass(1_500)
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F29',
    promise:
      'after a sleep nothing of the backlog is called live, and twenty books are back within five seconds',
    run: live(
      spot,
      async (desk) => {
        desk.clock.freeze(10 * minute)
        const from = desk.oracle.statuses.length
        await desk.clock.pass(1)
        assert.equal(
          desk.oracle.statuses.slice(from).some(({ status }) => status.state === 'live'),
          false
        )
        await backWithin(desk, 5_000)
      },
      { listings: listingsOf(spot, 20) }
    )
  },
  {
    id: 'F30',
    promise: 'a process that was busy for two seconds looks at every book anew, without a new line',
    run: live(spot, async (desk) => {
      const from = desk.oracle.statuses.length
      desk.clock.freeze(2_000)
      await desk.clock.pass(1)
      assert.deepEqual(states(desk, from).slice(0, 1), ['stale'])
      await backWithin(desk, 5_000)
      assert.equal(desk.network.connects.length, 1)
    })
  },
  {
    id: 'F30',
    promise:
      'quiet books are live again as soon as their line has answered after a short busy spell, and the venue is not asked for each; a spell that began before the answer does not count',
    run: live(
      spot,
      async (desk) => {
        const { clock, network, sim, feed, ids, oracle } = desk
        for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
        await clock.pass(70_000)
        const areLive = () => ids.filter((id) => feed.lane(id)!.isLive).length
        const asked = network.asked.length
        clock.freeze(600)
        await clock.pass(1)
        assert.equal(areLive(), 0)
        // The way there and back is 100 ms to 120 ms.
        await clock.pass(80)
        assert.equal(areLive(), 0)
        await clock.pass(50)
        assert.equal(areLive(), ids.length)
        await clock.pass(2_000)
        // Only those whose own quiet was long enough.
        const more = network.asked.length - asked
        assert.ok(more < ids.length / 2, `asked ${more} times`)
        clock.freeze(600)
        await clock.pass(80)
        clock.freeze(600)
        await clock.pass(70)
        assert.equal(areLive(), 0)
        await clock.pass(60)
        assert.equal(areLive(), ids.length)
        oracle.sample()
        assert.deepEqual(oracle.lies, [])

        // A line that does not answer proves nothing.
        network.halfOpen()
        clock.freeze(600)
        await clock.pass(1_000)
        assert.equal(areLive(), 0)
      },
      { listings: listingsOf(spot, 20) }
    )
  },
  {
    id: 'F30',
    promise: 'how long the process was busy is told to a tenth of a second, from half a second on',
    run: live(spot, async (desk) => {
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
      await desk.clock.pass(1_000)
      // Whatever it was at between two ticks.
      for (const [busyMs, told] of [
        [390, undefined],
        [550, /busy for (5[5-9]|6[0-5])\d ms/],
        [1_050, /busy for 1\.[01] s/],
        [1_950, /busy for (1\.9|2\.0|2\.1) s/],
        [6_000, /busy for 6\.[01] s/]
      ] as const)
        for (const phase of [0, 330, 660]) {
          await desk.clock.pass(10_000 + phase)
          await backWithin(desk, 10_000)
          const from = desk.oracle.statuses.length
          desk.clock.freeze(busyMs)
          await desk.clock.pass(1)
          const [said] = desk.oracle.statuses.slice(from)
          if (told) assert.match(said?.status.reason ?? '', told)
          else assert.equal(said, undefined)
        }
    })
  }
]
