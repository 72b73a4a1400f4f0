import assert from 'node:assert/strict'
import type { Venue } from '../../../src-main/engine/venues/venue'
import type { Dialect, Listing } from './dialect'
import type { SimDesk, SimDeskOptions } from './sim-desk'
import { simDesk } from './sim-desk'

/** One fault of the catalogue (reliability.md 4.2), and what must be seen. */
export interface Scenario {
  readonly id: string
  readonly promise: string
  /** Throws when the promise is broken. */
  readonly run: () => Promise<void>
}

/** A desk that is live, what happens on it, and at the end Invariant T. */
export const live =
  (dialect: Dialect, act: (desk: SimDesk) => Promise<void>, options: SimDeskOptions = {}) =>
  async (): Promise<void> => {
    const desk = simDesk(dialect, options)
    assert.ok(await desk.goLive(30_000), 'never live')
    await desk.clock.pass(20_000)
    await act(desk)
    desk.oracle.sample()
    desk.stop()
    assert.deepEqual(desk.oracle.lies, [])
  }

/** The adapter as if the venue cut lines after so long. */
export const renewedAfter = (venue: Venue, lifetimeMs: number): Venue => ({
  ...venue,
  legs: venue.legs.map((leg) => ({ ...leg, lifetimeMs }))
})

export const symbol = (desk: SimDesk) => desk.sim.listings[0]!.symbol
/** States the first book went through since `from`. */
export const states = ({ oracle, ids }: SimDesk, from = 0) =>
  oracle.statuses.slice(from).flatMap(({ id, status }) => (id === ids[0] ? [status.state] : []))
export const snapshotsAsked = ({ network }: SimDesk) =>
  network.asked.filter(({ url }) => /depth|order_?book/.test(url)).length
export const isLive = (desk: SimDesk) => desk.lane().isLive
export const othersAreLive = (desk: SimDesk) => desk.ids.slice(1).every((id) => desk.feed.lane(id)!.isLive)

/** Many listings like the dialect's first. */
export const listingsOf = ({ listings }: Dialect, count: number): Listing[] =>
  Array.from({ length: count }, (_, n) => ({ ...listings[0]!, symbol: `A${n}USDT`, base: `A${n}` }))

export async function backWithin(desk: SimDesk, ms: number): Promise<void> {
  assert.ok(
    await desk.until(() => desk.ids.every((id) => desk.feed.lane(id)!.isLive), ms),
    `not live again: ${JSON.stringify(desk.status())}`
  )
}

/** Passes time and demands that the first book never leaves live. */
export async function staysLive(desk: SimDesk, ms: number, each = (): void => undefined): Promise<void> {
  const from = desk.oracle.statuses.length
  for (let left = ms; left > 0; left -= 1_000) {
    await desk.clock.pass(1_000)
    each()
  }
  const told = states(desk, from).filter((state) => state !== 'live')
  assert.deepEqual(told, [], 'left live')
}
