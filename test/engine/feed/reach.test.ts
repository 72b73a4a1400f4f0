import { describe, expect, test } from 'vitest'
import { binanceSpotDialect, binanceUsdmDialect } from '../../support/sim-venue/dialects/binance'
import { kucoinDialect } from '../../support/sim-venue/dialects/kucoin'
import { cutting } from '../../support/sim-venue/cut-snapshots'
import type { SimDesk } from '../../support/sim-venue/sim-desk'
import { simDesk } from '../../support/sim-venue/sim-desk'

const dialects = [binanceSpotDialect, binanceUsdmDialect, kucoinDialect]

/** Ten minutes, looked at once a second. */
async function played(desk: SimDesk) {
  await desk.goLive(30_000)
  const from = desk.oracle.statuses.length
  desk.network.asked.length = 0
  for (let looks = 0; looks < 600; looks++) {
    await desk.clock.pass(1_000)
    desk.oracle.sample()
  }
  const isBack = await desk.until(() => desk.ids.every((id) => desk.feed.lane(id)!.isLive), 5_000)
  desk.stop()
  const left = desk.oracle.statuses.slice(from).filter(({ status }) => status.state !== 'live')
  return { left: left.map(({ status }) => status), lies: desk.oracle.lies, isBack }
}

const snapshotsOf = ({ network, sim }: SimDesk) =>
  network.asked.filter(({ url }) => /depth|orderbook/.test(url) && url.includes(sim.listings[0]!.symbol))

describe.each(dialects)('a snapshot of $venue.spec.id that was cut', (dialect) => {
  test('is renewed as the price moves, with time between, and the book never leaves live for it', async () => {
    const desk = simDesk(cutting(dialect, 25))
    const { left, lies } = await played(desk)
    expect({ left, lies }).toEqual({ left: [], lies: [] })
    const times = snapshotsOf(desk).map(({ mono }) => mono)
    expect(times.length).toBeGreaterThan(2)
  })

  test('leaves the book void when the price goes beyond it, until another is there', async () => {
    const desk = simDesk(cutting(dialect, 8))
    const { left, lies, isBack } = await played(desk)
    expect({ lies, isBack }).toEqual({ lies: [], isBack: true })
    expect(left[0]).toMatchObject({
      state: 'gap',
      reason: expect.stringMatching(
        /^the price went beyond what the snapshot held at .*, resyncing$/
      ) as string
    })
  })
})

test('a snapshot that cannot be renewed leaves the book live, and the venue’s health says why', async () => {
  const desk = simDesk(cutting(kucoinDialect, 25))
  expect(await desk.goLive(30_000)).toBe(true)
  const { sim, feed } = desk
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => (/depth|orderbook/.test(url) ? '{"no":"book"}' : answer(url, post))
  const told = () => feed.links().find(({ leg }) => leg === 'rest')!.lastError
  expect(await desk.until(() => told() !== undefined, 600_000)).toBe(true)
  expect(told()!.reason).toMatch(/^the snapshot of \S+ could not be renewed: the answer cannot be read$/)
  expect(desk.clock.now() - told()!.at).toBeLessThan(1_000)
  expect(desk.status().state).toBe('live')
  desk.stop()
})
