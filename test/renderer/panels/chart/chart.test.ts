import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { chart } from '../../../../src-renderer/panels/chart'
import { anchorAt, anchored } from '../../../../src-renderer/panels/chart/anchor'
import { ChartView } from '../../../../src-renderer/panels/chart/chart-view.svelte'
import { anchorIn, keepAnchored, withAnchor } from '../../../../src-renderer/parts/vwap-anchor'
import { microprice } from '../../../../src-main/engine/metrics/microprice'
import type { Settings } from '../../../../src-shared/settings'
import { defaultSettings, mostAnchors, settingsSchema } from '../../../../src-shared/settings'
import type { MetricSpec } from '../../../../src-shared/contract/catalogue'
import type { Colours } from '../../../../src-renderer/charts/theme'
import { fakeCanvas } from '../../../support/fake-canvas'
import { fakeDesk, start } from '../../../support/fake-desk.svelte'

const id = 'sim:BTCUSDT'

/** The engine's own names for what the chart draws. */
const catalogue: readonly MetricSpec[] = [
  {
    id: 'price',
    title: 'Price',
    needs: ['book'],
    explains: '',
    fields: ['mid', 'microprice'].map((field) => ({
      id: field,
      title: field,
      unit: 'price' as const
    }))
  },
  microprice.spec,
  {
    id: 'imbalance',
    title: 'Imbalance',
    needs: ['book'],
    explains: '',
    fields: ['bps5', 'bps10', 'bps25'].map((field) => ({ id: field, title: field, unit: 'ratio' as const }))
  }
]

function deskWithMinute() {
  const desk = fakeDesk(id)
  desk.market.metrics = catalogue
  for (let second = -60; second <= 0; second++) {
    desk.market.sample(id, start + second * 1_000, {
      'price.mid': 617_001,
      'price.microprice': 617_000.5,
      'imbalance.bps10': 0.25
    })
  }
  return desk
}

describe('the anchor of VWAP', () => {
  it('is the instrument’s own, on whole ten seconds of the last hour and whole minutes before, and is cleared', () => {
    const desk = deskWithMinute()
    const metrics = { imbalance: { levels: 7 } }
    desk.saveSettings({ ...desk.settings, metrics })
    expect(anchorIn(desk.settings, id)).toBeNaN()
    anchorAt(desk, id, start - 1)
    anchorAt(desk, 'sim:OTHER', start - 3_600_001)
    const seconds = Math.floor((start - 1) / 10_000) * 10
    const earlier = Math.floor((start - 3_600_001) / 60_000) * 60
    expect(desk.settings).toMatchObject({ anchors: { [id]: seconds, 'sim:OTHER': earlier }, metrics })
    expect(anchorIn(desk.settings, id)).toBe(seconds * 1_000)
    anchorAt(desk, id, NaN)
    expect(desk.settings).toMatchObject({ anchors: { 'sim:OTHER': earlier }, metrics })
    anchorAt(desk, 'sim:OTHER', NaN)
    expect(desk.settings.anchors).toBeUndefined()
  })

  it('goes before the one of all, which an older file of settings has, and clearing leaves it without either', () => {
    const old = { ...defaultSettings, metrics: { vwap: { anchor: 600 } } }
    expect([anchorIn(old, 'sim:A'), anchorIn(old, 'sim:B')]).toEqual([600_000, 600_000])
    const own = withAnchor(old, 'sim:A', 1_200)
    expect([anchorIn(own, 'sim:A'), anchorIn(own, 'sim:B')]).toEqual([1_200_000, 600_000])
    const cleared = withAnchor(own, 'sim:A', 0)
    expect([anchorIn(cleared, 'sim:A'), anchorIn(cleared, 'sim:B')]).toEqual([NaN, 600_000])
    expect(v.parse(settingsSchema, cleared)).toEqual(cleared)
  })

  it('is one of two hundred: the instrument chosen longest ago loses its own', () => {
    let settings: Settings = defaultSettings
    for (let n = 0; n <= mostAnchors; n++) settings = withAnchor(settings, `sim:N${n}`, 600 + n)
    settings = withAnchor(settings, 'sim:N1', 5)
    expect(Object.keys(settings.anchors!)).toHaveLength(mostAnchors)
    expect([anchorIn(settings, 'sim:N0'), anchorIn(settings, 'sim:N1')]).toEqual([NaN, 5_000])
    expect(v.parse(settingsSchema, settings)).toEqual(settings)
    const more = withAnchor(settings, 'sim:MORE', 7)
    expect([anchorIn(more, 'sim:N1'), anchorIn(more, 'sim:N2')]).toEqual([5_000, NaN])
    for (const anchors of [{ odd: 5 }, { 'sim:A': -1 }, { 'sim:A': 1.5 }, { 'sim:A': 1e12 }])
      expect(v.is(settingsSchema, { ...defaultSettings, anchors })).toBe(false)
    const crowd = { ...settings.anchors, 'sim:MORE': 7 }
    expect(v.is(settingsSchema, { ...defaultSettings, anchors: crowd })).toBe(false)
  })

  it('stands in the scene with the average since, and unknown as unknown', () => {
    const desk = deskWithMinute()
    anchorAt(desk, id, start - 30_000)
    const { anchor } = new ChartView(desk, id, 60_000).scene({} as Colours, ['bps10'], 1_000)
    expect(anchor).toEqual({ at: Math.floor((start - 30_000) / 10_000) * 10_000, value: NaN, seen: NaN })
    const instrument = desk.market.instrument(id)!
    expect(anchored(instrument, { value: NaN, seen: 0.9499 })).toBe('not known, 94 % watched')
  })
})

test('the line of an anchored VWAP leaves out what was computed from an earlier anchor', () => {
  const anchor = 1_000_000
  const at = [1_010_000, 1_020_000, 1_030_000, 1_040_000]
  const values = [
    [5, 6, 7, 7],
    [500, 20, 30, 30]
  ]
  const kept = structuredClone(values)
  keepAnchored({ at, values: kept }, 0, 1, anchor)
  // The last is held by a live book, and as old as the row before it.
  expect(kept[0]).toEqual([null, 6, 7, 7])
  const none = structuredClone(values)
  keepAnchored({ at, values: none }, 0, 1, NaN)
  expect(none[0]).toEqual([null, null, null, null])
})

describe('the scene of the chart', () => {
  const colours = {} as Colours

  it('has a hole where there was no live book, named by what was wrong', () => {
    const desk = deskWithMinute()
    desk.market.series(id).gaps = [[start - 30_500, start - 20_500]]
    const { lines, gaps } = new ChartView(desk, id, 60_000).scene(colours, ['bps10'], 1_000)
    const hole = lines.at.indexOf(start - 30_500)
    // Mid, microprice and its stand-in, the band chosen, the forecast's lane, and the anchored VWAP with its age.
    expect(lines.values.map((column) => column[hole])).toEqual(Array(7).fill(null))
    expect(lines.at.filter((at) => at > start - 30_500 && at < start - 20_500)).toEqual([])
    expect(gaps).toMatchObject([{ lengthMs: 10_000, cause: 'no book' }])
  })

  it('draws no present for a book that is not live', () => {
    const desk = deskWithMinute()
    desk.pass(5_000)
    const view = new ChartView(desk, id, 60_000)
    expect(view.scene(colours, ['bps10'], 1_000).lines.at.at(-1)).toBe(start + 5_000)
    desk.market.setStatus(id, { state: 'gap', reason: '3 messages lost', since: start })
    desk.market.series(id).gaps = [[start + 100, Infinity]]
    const { lines, mid, gaps } = view.scene(colours, ['bps10'], 1_000)
    expect(lines.values[0]!.at(-1)).toBeNull()
    expect(mid).toBeNaN()
    expect(gaps).toMatchObject([{ lengthMs: 4_900, cause: 'resync', open: true }])
  })

  it('draws the weighted mid only where the microprice was not asked for yet', () => {
    const desk = deskWithMinute()
    desk.market.sample(id, start + 1_000, {
      ...{ 'price.mid': 617_001, 'price.microprice': 617_000.5, 'microprice.best': 617_001.4 },
      ...{ 'microprice.large': 0.7, 'microprice.trust': 0.9, 'imbalance.bps10': 0.25 }
    })
    desk.pass(1_000)
    const { lines, micro } = new ChartView(desk, id, 60_000).scene(colours, ['bps10'], 1_000)
    const [, chosen, standIn] = lines.values
    expect([chosen!.at(-2), standIn!.at(-2)]).toEqual([null, 61_700.05])
    expect([chosen!.at(-1), standIn!.at(-1)]).toEqual([61_700.14, null])
    // 0.4 ticks of 617,001.
    expect(micro.offsetBps).toBeCloseTo(0.4 / 61.7001, 6)
  })

  it('has prices in money and not in ticks', () => {
    const { lines } = new ChartView(deskWithMinute(), id, 60_000).scene(colours, ['bps10'], 1_000)
    expect(lines.values[0]![0]).toBeCloseTo(61_700.1)
  })
})

describe('the chart', () => {
  let canvas: ReturnType<typeof fakeCanvas>
  beforeEach(() => {
    canvas = fakeCanvas(700, 600)
  })
  afterEach(() => {
    cleanup()
    canvas.restore()
  })
  const open = (desk = deskWithMinute()) => {
    const tab = { id: 'tab-chart', panel: 'chart' }
    return { desk, ...render(chart.component, { desk, tab, instrument: id, choose: () => undefined }) }
  }

  it('asks for trades, and releases them with the panel', async () => {
    const { desk, unmount } = open()
    await tick()
    expect(desk.market.wants['tab-chart']).toEqual([{ id, levels: 0, trades: true, metrics: ['microprice'] }])
    unmount()
    expect(desk.market.wants['tab-chart']).toEqual([])
  })

  it('goes back in time with an arrow and to the present with Home', async () => {
    open()
    await tick()
    const group = screen.getByRole('group', { name: /Chart of BTC\/USDT perp/ })
    await fireEvent.click(screen.getByText('1 m'))
    expect(screen.queryByText('Back to live')).toBeNull()
    await fireEvent.keyDown(group, { key: 'ArrowLeft' })
    expect(screen.getByText('Back to live')).toBeTruthy()
    await fireEvent.keyDown(group, { key: 'Home' })
    expect(screen.queryByText('Back to live')).toBeNull()
  })

  it('says that there is no history yet', async () => {
    open(fakeDesk(id))
    await tick()
    expect(screen.getByText('No history yet')).toBeTruthy()
  })
})
