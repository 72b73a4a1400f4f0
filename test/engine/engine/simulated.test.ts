import { describe, expect, test } from 'vitest'
import { Engine } from '../../../src-main/engine/engine'
import { Feed } from '../../../src-main/engine/feed/hub'
import { SimulatedTransport } from '../../../src-main/engine/feed/simulated-transport'
import { metrics } from '../../../src-main/engine/metrics'
import { venues } from '../../../src-main/engine/venues'
import { sampleHead } from '../../../src-shared/contract/frames'
import { FakeClock } from '../../support/fake-clock'
import { DeskWindow } from './desk-window'
import { columnOf, configuration } from './fake-feed'

const id = 'sim:BTC-PERP'

/** The whole engine over the simulated market, on a clock that only the test moves. */
function simulatedEngine() {
  const clock = new FakeClock()
  const simulated = new SimulatedTransport(clock, () => ({ seed: 7, episodes: 'free' }))
  const engine = new Engine({
    clock,
    metrics,
    venues: venues.map(({ spec }) => spec),
    probe: { cpu: () => 0, memory: () => 0, loopDelay: () => ({ p50: 0, p99: 0, most: 0 }) },
    report: () => undefined,
    feed: (listener, settings, bans) =>
      new Feed({
        ...{ listener, settings, bans, clock, venues },
        transports: [simulated],
        http: (url) =>
          url.startsWith('sim:')
            ? simulated.get()
            : Promise.resolve({ ok: false, status: NaN, reason: 'no network in this test' }),
        chance: () => 0.5,
        onBan: () => undefined
      })
  })
  engine.control(configuration([], []))
  return { clock, engine, window: new DeskWindow(engine) }
}

describe('engine on the simulated market', () => {
  test('a watched perpetual is live within a second, with every figure in its bounds', async () => {
    const { clock, window, engine } = simulatedEngine()
    window.watch(id, { levels: 20, trades: true, metrics: ['depth', 'flow'] })
    await clock.pass(1_000)
    expect(window.last('status')!.status.state).toBe('live')
    await clock.pass(64_000)
    const { samples, instruments } = window.last('market')!
    expect(instruments).toEqual([id])
    const figure = (metric: string, field: string) => samples[columnOf(metric, field)]!
    expect(figure('spread', 'ticks')).toBeGreaterThan(0)
    for (const field of ['l1', 'l5', 'l10', 'l20', 'bps5', 'bps10'])
      expect(Math.abs(figure('imbalance', field))).toBeLessThanOrEqual(1)
    expect(figure('depth', 'bidQuote5')).toBeGreaterThan(0)
    expect(figure('flow', 'buy60') + figure('flow', 'sell60')).toBeGreaterThan(0)
    expect(figure('rate', 'book')).toBeGreaterThan(5)
    expect(samples[sampleHead.coverage]).toBe(1)
    const book = window.last('market')!.books[0]!
    expect(book.bids).toHaveLength(40)
    expect(book.bids[0]!).toBeLessThan(book.asks[0]!)
    expect(window.all('fault')).toEqual([])
    engine.stop()
  })

  test('ten frames a second, never two without an acknowledgement', async () => {
    const { clock, window, engine } = simulatedEngine()
    window.watch(id, { levels: 20, trades: true })
    await clock.pass(2_000)
    window.forget()
    await clock.pass(10_000)
    const frames = window.all('market').length
    expect(frames).toBeGreaterThan(90)
    expect(frames).toBeLessThanOrEqual(101)
    window.acknowledges = false
    window.forget()
    await clock.pass(5_000)
    expect(window.all('market')).toHaveLength(1)
    engine.stop()
  })
})
