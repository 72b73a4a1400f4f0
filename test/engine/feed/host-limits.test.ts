import { describe, expect, test } from 'vitest'
import { HostLimits } from '../../../src-main/engine/feed/host-limits'
import { Feed } from '../../../src-main/engine/feed/hub'
import type { HttpAnswer } from '../../../src-main/engine/feed/transport'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import { binanceUsdm } from '../../../src-main/engine/venues/binance-usdm/index'
import { bybitLinear } from '../../../src-main/engine/venues/bybit-linear/index'
import { bybitSpot } from '../../../src-main/engine/venues/bybit-spot/index'
import { gateFutures } from '../../../src-main/engine/venues/gate-futures/index'
import { gateSpot } from '../../../src-main/engine/venues/gate-spot/index'
import type { Venue } from '../../../src-main/engine/venues/venue'
import type { Ban } from '../../../src-shared/contract/control'
import { defaultSettings } from '../../../src-shared/settings'
import { millis } from '../../../src-shared/units'
import { FakeClock } from '../../support/fake-clock'
import { FakeHttp, FakeTransport } from '../../support/fake-transport'
import { FeedLog } from '../../support/feed-log'

const MINUTE_MS = 60_000

/** A feed whose venues answer every request with `refusal`. */
function refusedDesk(venues: readonly Venue[], refusal: HttpAnswer, given: readonly Ban[] = []) {
  const [clock, http] = [new FakeClock(), new FakeHttp()]
  const told: Ban[] = []
  http.reply = () => refusal
  const feed = new Feed({
    ...{ venues, transports: [new FakeTransport()], http: http.get, clock, chance: () => 0.5 },
    ...{ listener: new FeedLog(), settings: defaultSettings, bans: given, onBan: (ban) => told.push(ban) }
  })
  /** Both are asked for their list, the first before the second. */
  const askBoth = async () => {
    for (const { spec } of venues) {
      feed.askInstruments(spec.id)
      await clock.pass(0)
    }
  }
  const restOf = (venue: Venue) =>
    feed.links().find((link) => link.venue === venue.spec.id && link.leg === 'rest')
  return { clock, http, feed, told, askBoth, restOf }
}

const slowDown: HttpAnswer = { ok: false, status: 429, retryAfterMs: 3 * MINUTE_MS, reason: 'slow down' }
const forbidden: HttpAnswer = { ok: false, status: 403, reason: 'the venue answered HTTP 403: the host' }

describe('a host that says slow down', () => {
  test('is left alone by every venue on it until the time it gave', async () => {
    const desk = refusedDesk([gateSpot, gateFutures], slowDown)
    await desk.askBoth()
    expect(desk.http.asked).toHaveLength(1)
    expect(desk.restOf(gateFutures)).toMatchObject({ state: 'banned', nextAttemptAt: desk.told[0]!.until })
    await desk.clock.pass(3 * MINUTE_MS - 100)
    expect(desk.http.asked).toHaveLength(1)
    await desk.clock.pass(200)
    expect(desk.http.asked.length).toBeGreaterThan(1)
  })

  test('keeps no venue on another host waiting', async () => {
    const desk = refusedDesk([binanceSpot, binanceUsdm], slowDown)
    await desk.askBoth()
    expect(desk.http.of('//api.binance.com')).toHaveLength(1)
    expect(desk.http.of('//fapi.binance.com').length).toBeGreaterThan(0)
  })

  test('is obeyed over a restart by every venue on it, whichever was told', async () => {
    const until = millis(new FakeClock().now() + 30 * MINUTE_MS)
    const remembered = { venue: 'bybit-spot', until, reason: 'banned' }
    const desk = refusedDesk([bybitSpot, bybitLinear], slowDown, [remembered])
    await desk.askBoth()
    await desk.clock.pass(30 * MINUTE_MS - 100)
    expect(desk.http.asked).toHaveLength(0)
    expect(desk.restOf(bybitLinear)).toMatchObject({ state: 'banned', reason: 'banned' })
    await desk.clock.pass(200)
    expect(desk.http.asked.length).toBeGreaterThan(0)
  })

  test('is not asked sooner because a venue on it was switched off and on', async () => {
    const desk = refusedDesk([gateSpot, gateFutures], slowDown)
    await desk.askBoth()
    const off = { 'gate-spot': { enabled: false, endpoints: {} } }
    desk.feed.configure({ ...defaultSettings, venues: off })
    desk.feed.configure(defaultSettings)
    await desk.askBoth()
    expect(desk.http.asked).toHaveLength(1)
  })
})

describe('HTTP 403', () => {
  test('of Bybit is a ban of ten minutes for all that is on its host, and is reported with what it means', async () => {
    const desk = refusedDesk([bybitSpot, bybitLinear], forbidden)
    await desk.askBoth()
    const until = desk.clock.now() + 10 * MINUTE_MS
    expect(desk.told).toEqual([
      {
        venue: 'bybit-spot',
        until,
        reason:
          'the venue answered HTTP 403: the host (asked too often, or from where it does not serve), for 10 min'
      }
    ])
    await desk.clock.pass(10 * MINUTE_MS - 100)
    expect(desk.http.asked).toHaveLength(1)
    await desk.clock.pass(200)
    expect(desk.http.asked.length).toBeGreaterThan(1)
  })

  test('of a venue that means no limit by it is a failure like any other', async () => {
    const desk = refusedDesk([gateSpot], forbidden)
    await desk.askBoth()
    await desk.clock.pass(2 * MINUTE_MS)
    expect(desk.told).toEqual([])
    expect(desk.http.asked.length).toBeGreaterThan(1)
  })
})

describe('the weight of a host', () => {
  test('is shared by those who ask it: half of it is used, not half for each', () => {
    const clock = new FakeClock()
    const hosts = new HostLimits(clock)
    const spot = hosts.of('https://api.example.com/spot', { weightPerMinute: 600 })
    hosts.of('https://api.example.com/linear', { weightPerMinute: 600 }).spend(299)
    expect([spot.waitMs(1), spot.waitMs(2)]).toEqual([0, MINUTE_MS])
    expect(spot.weightUsed).toBeCloseTo(299 / 600)
    expect(hosts.of('https://other.example.com/', { weightPerMinute: 600 }).waitMs(300)).toBe(0)
  })

  test('has a shorter while in which no more than half of what that allows is asked', () => {
    const clock = new FakeClock()
    const limit = new HostLimits(clock).of('https://api.example.com/', {
      weightPerMinute: 1_200,
      burst: { weight: 40, withinMs: 2_000 }
    })
    limit.spend(19)
    expect([limit.waitMs(1), limit.waitMs(2)]).toEqual([0, 2_000])
  })

  test('is the least that any of them states', () => {
    const hosts = new HostLimits(new FakeClock())
    const first = hosts.of('https://api.example.com/', { weightPerMinute: 6_000 })
    first.spend(100)
    hosts.of('https://api.example.com/', { weightPerMinute: 240 })
    expect([first.waitMs(20), first.waitMs(21)]).toEqual([0, MINUTE_MS])
  })
})
