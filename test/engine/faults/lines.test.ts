import { expect, test } from 'vitest'
import { dialects } from '../../support/sim-venue/dialects/index'
import type { SimDesk } from '../../support/sim-venue/sim-desk'
import { simDesk } from '../../support/sim-venue/sim-desk'

const minute = 60_000
/** Three seconds, and one for the look. */
const STALE_MS = 4_000
const REPLACED_MS = 12_000

const isAnyLive = ({ ids, feed }: SimDesk) => ids.some((id) => feed.lane(id)!.isLive)

/** Nothing passes any more: no book is live after `staleMs`, and the line is made anew within twelve seconds. */
async function breaks(desk: SimDesk, staleMs: number): Promise<void> {
  const { network, clock } = desk
  const lines = network.connects.length
  const from = clock.mono()
  network.halfOpen()
  expect(await desk.until(() => !isAnyLive(desk), staleMs), 'still live').toBe(true)
  const left = REPLACED_MS - (clock.mono() - from)
  expect(await desk.until(() => network.connects.length > lines, left), 'not replaced').toBe(true)
}

/** F13 for every venue. */
test.each(dialects)(
  '$venue.spec.id: a half-open line of busy books is stale within three seconds and replaced within twelve',
  async (dialect) => {
    const desk = simDesk(dialect)
    expect(await desk.goLive()).toBe(true)
    await desk.clock.pass(10_000)
    await breaks(desk, STALE_MS)
    desk.stop()
  }
)

/** F16 and F13 for every venue, each with its own ping pace. The hour is in the scenarios. */
test.each(dialects)(
  '$venue.spec.id: a market in which nothing happens for eight minutes costs no line, and one that is half open then is replaced within twelve seconds',
  async (dialect) => {
    const desk = simDesk(dialect)
    expect(await desk.goLive()).toBe(true)
    for (const { symbol } of desk.sim.listings) desk.sim.pace(symbol, Infinity)
    const lines = desk.network.connects.length
    await desk.clock.pass(8 * minute)
    expect(desk.network.connects.length).toBe(lines)
    expect(desk.ids.every((id) => desk.feed.lane(id)!.isLive)).toBe(true)
    await breaks(desk, REPLACED_MS)
    desk.stop()
    expect(desk.oracle.lies).toEqual([])
  }
)
