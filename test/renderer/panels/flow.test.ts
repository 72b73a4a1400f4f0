import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Colours } from '../../../src-renderer/charts/theme'
import { flow } from '../../../src-renderer/panels/flow'
import { fitting, lanes, lanesOf, rangeOf, shownFrom } from '../../../src-renderer/panels/flow/lanes'
import { sceneOf, toldText } from '../../../src-renderer/panels/flow/scene'
import { TimeLens } from '../../../src-renderer/parts/time-lens.svelte'
import { faultsOf } from '../../support/axe'
import { fakeCanvas } from '../../support/fake-canvas'
import { fakeDesk, metrics, start } from '../../support/fake-desk.svelte'

const id = 'sim:BTCUSDT'
const lane = (name: string) => lanes.find(({ id: own }) => own === name)!

function deskWithMinute() {
  const desk = fakeDesk(id)
  for (let second = -60; second <= 0; second++)
    desk.market.sample(id, start + second * 1_000, {
      'delta.cvd': 127.5,
      'ofi.ofi10': -4,
      'flow-velocity.trades-bid': 3,
      'flow-velocity.trades-ask': 5,
      'rate.trades': 8,
      'vpin.vpin': 0.38,
      'vpin.rank': 0.71
    })
  return desk
}

describe('the lanes', () => {
  it('show fields that the engine has', () => {
    const fields = lanes.flatMap(({ lines, told }) => [...lines, told])
    for (const { metric, field } of fields)
      expect(metrics.find((spec) => spec.id === metric)?.fields.some((it) => it.id === field)).toBe(true)
  })
  it('are all of them unless one was chosen', () => {
    expect(lanesOf(shownFrom(undefined))).toHaveLength(4)
    expect(lanesOf(shownFrom('nonsense'))).toHaveLength(4)
    expect(lanesOf(shownFrom('vpin')).map(({ id: own }) => own)).toEqual(['vpin'])
  })
  it('are as many as can be read in the height there is, and one at least', () => {
    expect([400, 90, 10].map((height) => fitting(lanes, height).length)).toEqual([4, 2, 1])
  })
  it('keep zero in sight, and two sides on one scale', () => {
    expect(rangeOf(lane('cvd'), 100, 200)).toEqual([-10, 220])
    expect(rangeOf(lane('ofi'), -10, 10)).toEqual([-12, 12])
    expect(rangeOf(lane('rates'), -5, 3)).toEqual([-5.8, 5.8])
    expect(rangeOf(lane('vpin'), 0.2, 0.3)).toEqual([0, 1])
    expect(rangeOf(lane('cvd'), null, null)).toEqual([-1, 1])
  })
})

describe('the scene', () => {
  const scene = (desk: ReturnType<typeof deskWithMinute>) =>
    sceneOf(desk, id, new TimeLens(desk, id, 60_000), lanes, {} as Colours, 1_000)

  it('draws the ask side down', () => {
    const rates = scene(deskWithMinute()).lanes.find((it) => it.lane.id === 'rates')!
    expect(rates.figures.slice(4)).toEqual([3, -5])
    expect(rates.texts.slice(4)).toEqual(['3.0', '5.0'])
    expect(rates.lines.values.slice(4).map((column) => column[0])).toEqual([3, -5])
  })
  it('has holes where there was no live book', () => {
    const desk = deskWithMinute()
    desk.market.series(id).gaps = [[start - 30_500, start - 20_500]]
    for (const { lines } of scene(desk).lanes) {
      const hole = lines.at.indexOf(start - 30_500)
      expect(lines.values.every((column) => column[hole] === null)).toBe(true)
    }
  })
  it('tells the latest figures with unit and own percentile, and a dash for what is not known', () => {
    const desk = deskWithMinute()
    expect(lanes.map((it) => toldText(desk, id, it))).toEqual([
      '+127.5 BTC',
      '−4.00 BTC',
      '8.0/s',
      '38 % P71'
    ])
    desk.market.setStatus(id, { state: 'gap', reason: '3 messages lost', since: start })
    expect(toldText(desk, id, lane('cvd'))).toBe('–')
  })
})

describe('the flow strip', () => {
  let canvas: ReturnType<typeof fakeCanvas>
  beforeEach(() => {
    canvas = fakeCanvas(700, 246)
  })
  afterEach(() => {
    cleanup()
    canvas.restore()
  })
  const open = (choices: Readonly<Record<string, string>> = {}) => {
    const desk = deskWithMinute()
    const choose = vi.fn()
    const tab = { id: 'tab', panel: 'flow', choices }
    return { desk, choose, ...render(flow.component, { desk, tab, instrument: id, choose }) }
  }

  it('asks for its metrics, and lets them go', async () => {
    const { desk, unmount } = open()
    await tick()
    expect(desk.market.wants['tab']).toMatchObject([
      {
        ...{ id, levels: 0, readiness: true },
        metrics: expect.arrayContaining(['delta', 'ofi', 'flow-velocity', 'vpin']) as unknown
      }
    ])
    unmount()
    expect(desk.market.wants['tab']).toEqual([])
  })
  it('shows all or one, and keeps what was chosen', async () => {
    const { choose } = open()
    await tick()
    expect(screen.getAllByRole('img').map((it) => it.getAttribute('aria-label'))).toEqual([
      'CVD',
      'OFI',
      'Rates',
      'VPIN'
    ])
    await fireEvent.click(screen.getByRole('button', { name: 'VPIN' }))
    expect(choose).toHaveBeenCalledWith({ lane: 'vpin' })
    cleanup()
    open({ lane: 'vpin' })
    await tick()
    expect(screen.getAllByRole('img').map((it) => it.getAttribute('aria-label'))).toEqual(['VPIN'])
  })
  it('has no faults of access', async () => {
    const { container } = open()
    await tick()
    expect(await faultsOf(container)).toEqual([])
  })
})
