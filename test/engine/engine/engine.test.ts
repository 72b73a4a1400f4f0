import { plainRule } from '../../support/plain-rule'
import { describe, expect, test } from 'vitest'
import type { EngineReport } from '../../../src-shared/contract/control'
import { plainInstrument } from '../../support/hand-book'
import { DeskWindow } from './desk-window'
import { columnOf, configuration, engineOn } from './fake-feed'

const id = plainInstrument.id
const mid = columnOf('price', 'mid')

// The fake feed's book is set once and then quiet.
const rule = plainRule({ scope: { kind: 'instrument', instrument: id }, field: 'l1', staleMs: 60_000 })

const balanced = [[9_999, 1]] as const
const alertsIn = (reports: readonly EngineReport[]) =>
  reports.flatMap((report) => (report.kind === 'alert' ? [report.alert] : []))

describe('engine and window', () => {
  test('a book that ran as a part of a sum is live for who asks for it later', async () => {
    const { clock, engine, feed } = engineOn()
    const group = { id: 'group:BASE', name: 'Base', members: [id, 'other:BASE'] }
    const configured = configuration([], [group.id])
    engine.control({ ...configured, watchlists: { ...configured.watchlists, groups: [group] } })
    feed.goLive([[9_999, 3]], [[10_001, 1]])
    const window = new DeskWindow(engine)
    window.watch(id, { levels: 5 })
    await clock.pass(100)
    expect(window.last('status')).toMatchObject({ instrument: id, status: { state: 'live' } })
    expect(window.last('market')!.samples[mid]).toBe(10_000)
  })

  test('a window is greeted with the catalogue, then told of what it watches', async () => {
    const { clock, engine, feed } = engineOn()
    const window = new DeskWindow(engine)
    window.watch(id, { levels: 5, trades: true })
    expect(feed.watched.has(id)).toBe(true)
    feed.goLive([[9_999, 3]], [[10_001, 1]])
    feed.trade(10_001, 2, 1)
    await clock.pass(100)
    expect(window.frames.map(({ kind }) => kind)).toEqual([
      'hello',
      'status',
      'instruments',
      'status',
      'alert-centre',
      'market'
    ])
    const frame = window.last('market')!
    expect(frame.instruments).toEqual([id])
    expect(frame.samples[mid]).toBe(10_000)
    expect(frame.books[0]).toMatchObject({
      bids: Float64Array.of(9_999, 3),
      asks: Float64Array.of(10_001, 1)
    })
    expect([...frame.trades[0]!.rows].slice(1, 4)).toEqual([10_001, 2, 1])
  })

  test('a gap is told at once, and the next frame knows no figure', async () => {
    const { clock, engine, feed } = engineOn()
    const window = new DeskWindow(engine)
    window.watch(id, { levels: 5 })
    feed.goLive([[9_999, 3]], [[10_001, 1]])
    await clock.pass(100)
    window.forget()
    feed.gap()
    expect(window.frames.map(({ kind }) => kind)).toEqual(['status'])
    expect(window.last('status')!.status).toMatchObject({ state: 'gap', reason: '3 messages lost' })
    await clock.pass(100)
    const { samples, books } = window.last('market')!
    expect([...samples].slice(4).every(Number.isNaN)).toBe(true)
    expect(books).toEqual([])
  })

  test('a crossed book gives no price', async () => {
    const { clock, engine, feed } = engineOn()
    const window = new DeskWindow(engine)
    window.watch(id)
    feed.goLive([[9_999, 3]], [[10_001, 1]])
    feed.change([[10_002, 1]], [])
    await clock.pass(100)
    expect(window.last('market')!.samples[mid]).toBeNaN()
  })

  test.each([
    ['an instrument', id],
    ['a group with it', 'group:BASE']
  ])('flow of %s is unknown from the moment trades of it may be missing', async (_, watched) => {
    const { clock, engine, feed } = engineOn()
    const group = { id: 'group:BASE', name: 'Base', members: [id, 'other:BASE'] }
    const configured = configuration([])
    engine.control({ ...configured, watchlists: { ...configured.watchlists, groups: [group] } })
    const window = new DeskWindow(engine)
    window.watch(watched, { metrics: ['flow'] })
    feed.goLive([[9_999, 3]], [[10_001, 1]])
    await clock.pass(1_000)
    const bought = columnOf('flow', 'buy1')
    expect(window.last('market')!.samples[bought]).toBe(0)
    feed.loseTrades()
    await clock.pass(100)
    expect(window.last('market')!.samples[bought]).toBeNaN()
    expect(window.last('market')!.samples[mid]).toBe(10_000)
    feed.trade(10_001, 1, 1)
    await clock.pass(1_000)
    expect(window.last('market')!.samples[bought]).toBe(0)
  })

  test('history holds the rows, the trades and the spans without a live book', async () => {
    const { clock, engine, feed } = engineOn()
    const window = new DeskWindow(engine)
    window.watch(id)
    const before = clock.now()
    await clock.pass(1_000)
    feed.goLive([[9_999, 3]], [[10_001, 1]])
    feed.trade(10_001, 2, 1)
    await clock.pass(500)
    feed.gap()
    const gapAt = clock.now()
    await clock.pass(100)
    window.say({ kind: 'history', instrument: id, since: before })
    const { columns, rows, gaps, trades } = window.last('history')!
    expect(columns).toContain(mid)
    expect(columns).not.toContain(columnOf('flow', 'buy1'))
    expect(rows.length / columns.length).toBe(6)
    expect(rows[columns.indexOf(mid)]).toBe(10_000)
    expect([...gaps]).toEqual([before, before + 1_000, gapAt, Infinity])
    expect([...trades].slice(1, 4)).toEqual([10_001, 2, 1])
  })

  test('what is no command is refused in words, and changes nothing', () => {
    const { engine, feed } = engineOn()
    const window = new DeskWindow(engine)
    window.watch(id)
    for (const nonsense of [undefined, 7, { kind: 'watch' }, { kind: 'watch', instruments: [{ id: '<b>' }] }])
      window.say(nonsense)
    expect(window.all('fault')).toHaveLength(4)
    expect([...feed.watched]).toEqual([id])
  })

  test('health comes once a second, to the window and to main', async () => {
    const { clock, engine, reports } = engineOn([], [id])
    const window = new DeskWindow(engine)
    await clock.pass(3_000)
    expect(window.all('health')).toHaveLength(3)
    expect(window.last('health')!.health).toMatchObject({ cpu: 0.25, memory: 1e8, loopDelayMs: 3 })
    expect(window.last('health')!.health.pace).toMatchObject({ loop: { p99: 2 }, frames: 1_000, ordinary: 7 })
    expect(reports.filter(({ kind }) => kind === 'health')).toHaveLength(3)
    expect(reports.at(-1)).toMatchObject({ health: { books: { live: 0, watched: 1 } } })
  })

  test('what only a closed window wanted is let go', () => {
    const { engine, feed } = engineOn([], ['sim:OTHER'])
    const window = new DeskWindow(engine)
    window.watch(id)
    expect([...feed.watched]).toEqual([id, 'sim:OTHER'])
    window.close()
    expect([...feed.watched]).toEqual(['sim:OTHER'])
  })
})

describe('engine and rules', () => {
  test('a rule fires with no window open: on for three seconds after the warm-up', async () => {
    const { clock, reports, feed } = engineOn([rule])
    expect(feed.watched.has(id)).toBe(true)
    feed.goLive(balanced, [[10_001, 1]])
    await clock.pass(6_000)
    feed.change([[9_999, 9]], [])
    await clock.pass(2_900)
    expect(alertsIn(reports)).toEqual([])
    await clock.pass(300)
    expect(alertsIn(reports)).toEqual([
      expect.objectContaining({
        notice: 'FIRE',
        side: 'bid',
        value: 0.8,
        threshold: 0.6,
        mid: 10_000,
        simulated: true,
        desktop: true
      })
    ])
  })

  test('a gap within the three seconds lets nothing fire until it has been on again for as long', async () => {
    const { clock, reports, feed } = engineOn([rule])
    feed.goLive(balanced, [[10_001, 1]])
    await clock.pass(6_000)
    feed.change([[9_999, 9]], [])
    await clock.pass(2_000)
    feed.gap()
    await clock.pass(1_000)
    feed.goLive([[9_999, 9]], [[10_001, 1]])
    await clock.pass(7_900)
    expect(alertsIn(reports)).toEqual([])
    await clock.pass(300)
    expect(alertsIn(reports).map(({ notice }) => notice)).toEqual(['FIRE'])
  })

  test('sleep for eight hours fires nothing for what was on before', async () => {
    const { clock, reports, feed, engine } = engineOn([rule])
    feed.goLive(balanced, [[10_001, 1]])
    await clock.pass(6_000)
    feed.change([[9_999, 9]], [])
    await clock.pass(4_000)
    engine.control({ kind: 'power', state: 'suspend' })
    clock.freeze(8 * 3_600_000)
    engine.control({ kind: 'power', state: 'resume' })
    feed.goLive([[9_999, 9]], [[10_001, 1]])
    await clock.pass(20_000)
    expect(alertsIn(reports).map(({ notice }) => notice)).toEqual(['FIRE', 'ENDED_UNKNOWN', 'ALREADY_ON'])
  })

  test('with other settings of its metric a rule begins anew, and what it did under the old ones is not estimated', async () => {
    const { clock, reports, feed, engine } = engineOn([rule])
    const window = new DeskWindow(engine)
    const estimated = async () => {
      window.say({ kind: 'estimate-rule', request: 1, rule, hours: 1 })
      await clock.pass(100)
      return window.last('rule-estimate')!.estimate.fires
    }
    feed.goLive(balanced, [[10_001, 1]])
    await clock.pass(6_000)
    feed.change([[9_999, 9]], [])
    await clock.pass(4_000)
    expect(window.last('alert-centre')!.centre.active).toHaveLength(1)
    expect(await estimated()).toBe(1)
    const settings = { ...configuration([rule]).settings, metrics: { imbalance: { decay: 0.5 } } }
    engine.control({ ...configuration([rule]), settings })
    await clock.pass(2_000)
    expect(window.last('alert-centre')!.centre.active).toEqual([])
    expect(await estimated()).toBe(0)
    expect(alertsIn(reports).map(({ notice }) => notice)).toEqual(['FIRE', 'ALREADY_ON'])
  })

  test('another footprint interval, and another coverage of the session, leave the sums of trades, what was kept of them and the rules on them as they are', async () => {
    const { scope } = rule
    const onDelta = plainRule({
      ...{ scope, name: 'Bought', channels: ['feed'], metric: 'delta', field: 'cvd' },
      ...{ side: 'none', on: 100, off: 50, staleMs: 60_000 }
    })
    const { clock, reports, feed, engine } = engineOn([onDelta])
    const window = new DeskWindow(engine)
    window.watch(plainInstrument.id, { metrics: ['delta'] })
    feed.goLive(balanced, [[10_001, 1]])
    await clock.pass(6_000)
    feed.trade(10_001, 1_234, 1)
    await clock.pass(4_000)
    const cvd = () => window.last('market')!.samples[columnOf('delta', 'cvd')]
    expect([cvd(), alertsIn(reports).map(({ notice }) => notice)]).toEqual([1_234, ['FIRE']])
    const settings = { ...configuration([]).settings, metrics: { delta: { interval: 10, coverage: 0.5 } } }
    engine.control({ ...configuration([onDelta]), settings })
    await clock.pass(2_000)
    expect([cvd(), alertsIn(reports).map(({ notice }) => notice)]).toEqual([1_234, ['FIRE']])
    window.say({ kind: 'estimate-rule', request: 1, rule: onDelta, hours: 1 })
    await clock.pass(100)
    expect(window.last('rule-estimate')!.estimate.fires).toBe(1)
  })

  test('an anchor is one instrument’s: another’s changes nothing, its own only what is anchored', async () => {
    const { clock, feed, engine } = engineOn()
    const window = new DeskWindow(engine)
    window.watch(id, { metrics: ['vwap'] })
    feed.goLive(balanced, [[10_001, 1]])
    await clock.pass(20_000)
    feed.trade(10_000, 1, 1)
    await clock.pass(30_000)
    feed.trade(10_010, 1, 1)
    await clock.pass(10_000)
    const figures = () =>
      ['anchored', 'anchoredFor', 'anchoredSeen'].map(
        (field) => window.last('market')!.samples[columnOf('vwap', field)]!
      )
    const anchorsAt = async (anchors: Readonly<Record<string, number>>, anchor = 0) => {
      const { settings } = configuration([])
      const metrics = { vwap: { anchor, window: 60 } }
      engine.control({ ...configuration([]), settings: { ...settings, anchors, metrics } })
      await clock.pass(100)
      return figures()
    }
    const now = Math.floor(clock.now() / 10_000) * 10
    const [all, age] = figures()
    expect(all).toBe(10_005)
    const [, others] = await anchorsAt({ 'sim:OTHER': now - 20 })
    expect(others).toBeCloseTo(age! + 0.1, 6)
    // The later of the two trades alone; then none, as both are before it; then what holds for all, and for all but this.
    expect((await anchorsAt({ [id]: now - 20 }))[0]).toBe(10_010)
    expect((await anchorsAt({ [id]: now }))[0]).toBeNaN()
    expect((await anchorsAt({}, now - 20))[0]).toBe(10_010)
    expect((await anchorsAt({ [id]: 0 }, now - 20))[0]).toBe(10_005)
  })

  test('a test of a rule takes the real path, marked TEST, also without a market', () => {
    const { engine, reports } = engineOn([rule])
    const window = new DeskWindow(engine)
    engine.control({ kind: 'test-rule', rule: 'r' })
    expect(alertsIn(reports)).toEqual([
      expect.objectContaining({ notice: 'TEST', desktop: true, value: NaN })
    ])
    expect(window.all('alert')).toHaveLength(1)
  })

  test('a rule on a figure that does not exist is named, and the others work', () => {
    const { engine } = engineOn()
    const window = new DeskWindow(engine)
    engine.control(
      configuration([plainRule({ ...{ scope: rule.scope, id: 'odd', name: 'Odd one' }, metric: 'nonsense' })])
    )
    expect(window.last('fault')!.message).toContain('Odd one')
  })

  test('stopping ends the feed and every timer', () => {
    const { clock, engine, feed } = engineOn()
    engine.control({ kind: 'stop' })
    expect(feed.isStopped).toBe(true)
    expect(clock.timers).toBe(0)
  })
})
