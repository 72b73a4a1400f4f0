import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import fc from 'fast-check'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Colours } from '../../../src-renderer/charts/theme'
import { imbalance } from '../../../src-renderer/panels/imbalance'
import { lowEnd, stripHeight, valueAt, yOf } from '../../../src-renderer/panels/imbalance/geometry'
import { ImbalanceView } from '../../../src-renderer/panels/imbalance/imbalance-view.svelte'
import { placesOf } from '../../../src-renderer/panels/imbalance/scene'
import {
  levelsOf,
  linelessRules,
  linesOf,
  moved,
  movingLines,
  rulesOn,
  settingAt,
  withLevels,
  withSetting
} from '../../../src-renderer/panels/imbalance/thresholds'
import { rankedBands, regimeSource } from '../../../src-renderer/panels/imbalance/usual'
import type { StandingLevels } from '../../../src-shared/alerts/record'
import type { Rule } from '../../../src-shared/rule'
import { faultsOf } from '../../support/axe'
import { fakeCanvas } from '../../support/fake-canvas'
import { fakeDesk, metrics, start } from '../../support/fake-desk.svelte'
import { plainRule } from '../../support/plain-rule'

const id = 'sim:BTCUSDT'
const rule = plainRule({ scope: { kind: 'watchlist', watchlist: 'start' } })
const figure = (of: Rule) => (of.when.kind === 'figure' ? of.when : undefined)!
const withOn = (on: number): Rule => ({ ...rule, when: { ...figure(rule), on } })
const bands = ['bps10', 'bps25'] as const
const rare: Rule = { ...rule, when: { ...figure(rule), by: 'percentile', on: 99.5, off: 95 } }
const standing: readonly StandingLevels[] = [
  {
    ...{ rule: rule.id, side: 'bid', on: 0.7, off: 0.5, learned: 1 },
    scale: [
      [50, 0],
      [95, 0.5],
      [99.5, 0.7],
      [100, 1]
    ]
  },
  {
    ...{ rule: rule.id, side: 'ask', on: -0.6, off: -0.4, learned: 1 },
    scale: [
      [50, 0],
      [95, -0.4],
      [99.5, -0.6],
      [100, -1]
    ]
  }
]

describe('where values lie', () => {
  it('leaves room for the regime below −1, and comes back from px', () => {
    const height = 226
    expect(yOf(1, height)).toBe(0)
    expect(yOf(-1, height)).toBeCloseTo(height - stripHeight - 6)
    expect(valueAt(yOf(0.37, height), height)).toBeCloseTo(0.37)
  })
  it('has a scale even where there is no room', () => {
    expect(lowEnd(0)).toBe(-1)
  })
})

describe('levels of rules', () => {
  it('are lines on the sides their rule looks at', () => {
    expect(linesOf([rule], bands).map(({ end, value }) => [end, value])).toEqual([
      ['on', 0.6],
      ['on', -0.6],
      ['off', 0.35],
      ['off', -0.35]
    ])
    expect(linesOf([{ ...rule, side: 'ask' }], bands).map(({ value }) => value)).toEqual([-0.6, -0.35])
  })
  it('keep the direction of a rule that looks below a level', () => {
    const below: Rule = { ...rule, side: 'none', when: { ...figure(rule), op: 'below', on: -0.5, off: -0.2 } }
    expect(linesOf([below], bands).map(({ end, value }) => [end, value])).toEqual([
      ['on', -0.5],
      ['off', -0.2]
    ])
    expect(figure(withLevels(below, moved(levelsOf(below, bands)!, 'on', 0.7)))).toMatchObject({
      ...{ on: -0.7, off: -0.2 }
    })
  })
  it('by the own history are lines where the judge has them, and words while it learns', () => {
    expect(linesOf([rare], bands)).toEqual([])
    const learning = standing.map((it) => ({ ...it, on: NaN, off: NaN, learned: 0.4 }))
    expect(linelessRules([rare], bands, learning)).toEqual([
      'Strong imbalance: on beyond P99.5, over within P95, learning 40 %'
    ])
    expect(linelessRules([rare], bands, standing)).toEqual([])
    expect(movingLines([rare], bands, standing, [rare]).map(({ value, words }) => [words, value])).toEqual([
      ['P99.5', 0.7],
      ['P95', 0.5],
      ['P99.5', -0.6],
      ['P95', -0.4]
    ])
  })
  it('by the own history become the percentile that stands where the line is dragged', () => {
    expect(settingAt(standing[0]!.scale, 0.55)).toBeCloseTo(96.125)
    expect(figure(withSetting(rare, 'on', settingAt(standing[0]!.scale, 0.55))).on).toBe(96.1)
    expect(settingAt(standing[1]!.scale, -0.5)).toBeCloseTo(97.25)
    expect(settingAt(standing[0]!.scale, 2)).toBe(100)
    const dragged = withSetting(rare, 'on', 50)
    const line = movingLines([dragged], bands, standing, [rare])[0]!
    expect(line.words).toBe('P95.1')
    // A forty-fifth of the way from P95 to P99.5.
    expect(line.value).toBeCloseTo(0.5 + 0.2 / 45)
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.constantFrom('on' as const, 'off' as const),
        (to, end) => {
          const { on, off } = figure(withSetting(rare, end, settingAt(standing[0]!.scale, to)))
          expect(off).toBeLessThan(on)
          expect(off).toBeGreaterThanOrEqual(0)
          expect(on).toBeLessThanOrEqual(100)
        }
      )
    )
  })
  it('are not drawn for figures that are not shown', () => {
    expect(linesOf([rule], ['l1'])).toEqual([])
  })
  it('hold for instruments of the rule’s scope alone', () => {
    const lists = [{ id: 'start', name: 'Start', instruments: [id] }]
    expect(rulesOn(id, [rule], lists)).toEqual([rule])
    expect(rulesOn('sim:ETHUSDT', [rule], lists)).toEqual([])
    const own = { ...rule, scope: { kind: 'instrument', instrument: 'sim:ETHUSDT' } as const }
    expect(rulesOn('sim:ETHUSDT', [own], lists)).toEqual([own])
  })
  it('stay a pair the rule’s schema takes, wherever one is dragged', () => {
    const levels = levelsOf(rule, bands)!
    expect(moved(levels, 'on', 0.7249)).toMatchObject({ on: 0.72, off: 0.35 })
    expect(moved(levels, 'off', -3)).toMatchObject({ on: 0.6, off: 0 })
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.constantFrom('on' as const, 'off' as const), (to, end) => {
        const { on, off } = moved(levels, end, to)
        expect(off).toBeLessThan(on)
        expect(off).toBeGreaterThanOrEqual(0)
        expect(on).toBeLessThanOrEqual(1)
      })
    )
  })
})

describe('the engine’s catalogue', () => {
  it('says of which bands there is an own history, and whose regime is followed', () => {
    expect(rankedBands(metrics)).toEqual([
      ...['l1', 'l5', 'l10', 'bps5', 'bps10', 'bps25'],
      ...['l20', 'bps50']
    ])
    expect(regimeSource(metrics, undefined)).toBe('10 bps')
    expect(regimeSource(metrics, { 'imbalance-dynamics': { source: 0 } })).toBe('touch')
  })
})

function deskWithMinute() {
  const desk = fakeDesk(id)
  for (let second = -60; second <= 0; second++) {
    desk.market.sample(id, start + second * 1_000, {
      'imbalance.bps10': 0.25,
      'imbalance.bps25': -0.1,
      'imbalance-usual.bps10P5': -0.4,
      'imbalance-usual.bps10P95': 0.5,
      'imbalance-usual.bps25P5': -0.2,
      'imbalance-usual.bps25P95': 0.3,
      'imbalance-usual.bps10Rank': 0.8,
      'imbalance-dynamics.regime': 1,
      'imbalance-dynamics.regimeFor': 60 + second
    })
  }
  return desk
}

describe('the scene', () => {
  it('has holes in bands, usual range and regime where there was no live book', () => {
    const desk = deskWithMinute()
    desk.market.series(id).gaps = [[start - 30_500, start - 20_500]]
    const scene = new ImbalanceView(desk, id, 60_000).scene({} as Colours, bands, 1_000)
    const hole = scene.lines.at.indexOf(start - 30_500)
    const { low, high, regime } = placesOf(2)
    const places = [0, 1, low, low + 1, high, high + 1, regime]
    expect(places.map((place) => scene.lines.values[place]![hole])).toEqual(Array(7).fill(null))
    expect([scene.regime, scene.regimeFor]).toEqual([1, 60])
  })
  it('has for each band its own P5 and P95', () => {
    const scene = new ImbalanceView(deskWithMinute(), id, 60_000).scene({} as Colours, bands, 1_000)
    const { low, high } = placesOf(2)
    expect([low, low + 1, high, high + 1].map((place) => scene.lines.values[place]![0])).toEqual([
      ...[-0.4, -0.2],
      ...[0.5, 0.3]
    ])
    expect([scene.lows, scene.highs]).toEqual([
      [-0.4, -0.2],
      [0.5, 0.3]
    ])
  })
})

describe('the imbalance chart', () => {
  let canvas: ReturnType<typeof fakeCanvas>
  beforeEach(() => {
    canvas = fakeCanvas(700, 246)
  })
  afterEach(() => {
    cleanup()
    canvas.restore()
  })
  const chosen = vi.fn()
  const open = (desk = deskWithMinute()) => {
    desk.rules.rules = [rule]
    const tab = { id: 'tab', panel: 'imbalance' }
    return { desk, ...render(imbalance.component, { desk, tab, instrument: id, choose: chosen }) }
  }
  const onBid = () => screen.getByRole('slider', { name: 'Strong imbalance, on level, bid side' })

  it('asks for bands, their history, the regime and events, and lets them go', async () => {
    const { desk, unmount } = open()
    await tick()
    expect(desk.market.wants['tab']).toMatchObject([
      {
        ...{ id, levels: 0, readiness: true },
        metrics: expect.arrayContaining(['imbalance-usual', 'imbalance-dynamics', 'flow-reading']) as unknown
      }
    ])
    unmount()
    expect(desk.market.wants['tab']).toEqual([])
  })
  it('moves a rule’s level by the keyboard: Enter saves it', async () => {
    const { desk } = open()
    await tick()
    await fireEvent.keyDown(onBid(), { key: 'PageUp' })
    await fireEvent.keyDown(onBid(), { key: 'ArrowUp' })
    expect(onBid().getAttribute('aria-valuenow')).toBe('0.66')
    expect(desk.rules.rules[0]).toEqual(rule)
    await fireEvent.keyDown(onBid(), { key: 'Enter' })
    expect(desk.rules.rules[0]).toEqual(withOn(0.66))
  })
  it('drags a level; Escape leaves the rule as it was', async () => {
    const { desk } = open()
    await tick()
    const line = onBid()
    line.setPointerCapture = () => undefined
    await fireEvent.pointerDown(line, { button: 0, pointerId: 1 })
    await fireEvent.pointerMove(line, { clientY: yOf(0.8, 226), pointerId: 1 })
    expect(onBid().getAttribute('aria-valuenow')).toBe('0.8')
    await fireEvent.keyDown(line, { key: 'Escape' })
    await fireEvent.pointerUp(line, { pointerId: 1 })
    expect(onBid().getAttribute('aria-valuenow')).toBe('0.6')
    expect(desk.rules.rules[0]).toEqual(rule)
    await fireEvent.pointerDown(line, { button: 0, pointerId: 1 })
    await fireEvent.pointerMove(line, { clientY: yOf(0.8, 226), pointerId: 1 })
    await fireEvent.pointerUp(line, { pointerId: 1 })
    expect(desk.rules.rules[0]).toEqual(withOn(0.8))
  })
  it('turns the percentile of a level that moves with the own history', async () => {
    const desk = deskWithMinute()
    desk.alertDesk.standing = standing
    open(desk)
    desk.rules.rules = [rare]
    await tick()
    await tick()
    await tick()
    expect(onBid().getAttribute('aria-valuetext')).toMatch(/^P99.5, now \+?0.70/)
    await fireEvent.keyDown(onBid(), { key: 'ArrowUp' })
    await fireEvent.keyDown(onBid(), { key: 'Enter' })
    expect(figure(desk.rules.rules[0]!).on).toBe(99.6)
  })
  it('chooses its bands in a list that no pane cuts off, four at most', async () => {
    const { container } = open()
    await fireEvent.click(screen.getByRole('button', { name: /Bands/ }))
    const list = await screen.findByRole('group', { name: 'Bands shown, at most four' })
    expect(container.contains(list)).toBe(false)
    await fireEvent.click(screen.getByRole('checkbox', { name: '5 levels' }))
    expect(chosen).toHaveBeenLastCalledWith({ bands: ['bps10', 'bps25', 'bps5', 'l5'] })
  })
  it('shows the own percentile, and has no faults of access', async () => {
    const { container } = open()
    expect(await screen.findByText('P80')).toBeTruthy()
    expect(await faultsOf(container)).toEqual([])
  })
})
