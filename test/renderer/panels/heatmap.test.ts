import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { heatmap } from '../../../src-renderer/panels/heatmap'
import {
  columnsAcross,
  frameOf,
  priceLabels,
  rowsDown,
  timeLabels,
  windowOf
} from '../../../src-renderer/panels/heatmap/frame'
import { HeatmapView } from '../../../src-renderer/panels/heatmap/heatmap-view'
import { averageOf } from '../../../src-renderer/panels/heatmap/average'
import { columnMs } from '../../../src-renderer/charts/depth-history'
import { historyOf } from '../../../src-renderer/panels/heatmap/kept'
import { DepthRecorder, holdOf } from '../../../src-renderer/panels/heatmap/recorder'
import { wallsOf } from '../../../src-renderer/panels/heatmap/walls'
import { coarseText, readingText } from '../../../src-renderer/panels/heatmap/words'
import type { BookView, MarketEvent } from '../../../src-shared/contract/frames'
import { span } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import { faultsOf } from '../../support/axe'
import { drawn, fakeCanvas } from '../../support/fake-canvas'
import { fakeDesk, live, perpetual, start } from '../../support/fake-desk.svelte'

const id = 'sim:BTCUSDT'

const bookAt = (bid: number, lots: number): BookView => ({
  instrument: id,
  at: start,
  sequence: 1,
  bids: Float64Array.of(bid, lots, bid - 400, 2_000),
  asks: Float64Array.of(bid + 2, 4_000, bid + 400, 2_000),
  knownBid: -Infinity,
  knownAsk: Infinity
})

const replayAt = (speed: number) => ({
  ...{
    state: 'playing' as const,
    from: start,
    to: millis(start + 60_000),
    at: start,
    speed,
    fired: 0,
    reason: ''
  }
})

let canvas: ReturnType<typeof fakeCanvas>
beforeEach(() => {
  canvas = fakeCanvas(620, 420)
})
afterEach(() => {
  cleanup()
  canvas.restore()
})

function open(choices: Readonly<Record<string, number>> = {}) {
  const desk = fakeDesk(id)
  const choose = vi.fn()
  const tab = { id: 'tab', panel: 'heatmap', choices }
  const { container } = render(heatmap.component, { desk, tab, instrument: id, choose })
  return { desk, choose, container }
}

describe('the depth heatmap', () => {
  it('asks for levels and trades, and lets them go', async () => {
    const { desk } = open()
    await tick()
    expect(desk.market.wants['tab']).toMatchObject([
      { id, levels: 1_000, trades: true, metrics: ['vwap', 'microprice', 'delta', 'flow-reading'] }
    ])
    cleanup()
    expect(desk.market.wants['tab']).toEqual([])
  })
  it('says that it knows nothing before the first live book', async () => {
    const { desk } = open()
    await drawn()
    expect(screen.getByText('No depth yet')).toBeTruthy()
    desk.market.setBook(bookAt(617_000, 3_000))
    await drawn()
    expect(screen.queryByText('No depth yet')).toBeNull()
  })
  it('takes nothing from a book that is not live', async () => {
    const { desk } = open()
    desk.market.setStatus(id, { ...live, state: 'gap', reason: '3 messages lost' })
    desk.market.setBook(bookAt(617_000, 3_000))
    await drawn()
    expect(screen.getByText('No depth yet')).toBeTruthy()
  })
  it('keeps the cut-off and the time shown as its own choices', async () => {
    const { choose } = open({ span: 60_000 })
    expect(screen.getByRole('button', { name: '1 m' }).getAttribute('aria-pressed')).toBe('true')
    await fireEvent.click(screen.getByRole('button', { name: '10 m' }))
    expect(choose).toHaveBeenCalledWith({ span: 600_000 })
    await fireEvent.input(screen.getByRole('slider'), { target: { value: '95' } })
    expect(choose).toHaveBeenLastCalledWith({ span: 60_000, cut: 0.95 })
  })
  it('shows sizes up to their P99 unless another cut-off is chosen', async () => {
    const { desk } = open()
    desk.market.setBook(bookAt(617_000, 3_000))
    await drawn()
    expect(screen.getByRole<HTMLInputElement>('slider').value).toBe('99')
    expect(screen.getByText(/^P99$|^P99 /)).toBeTruthy()
  })
  it('draws a VWAP from the first trade on, and says below and above which', async () => {
    const { desk } = open()
    desk.market.setBook(bookAt(617_000, 3_000))
    desk.market.sample(id, start - 1_000, {
      'price.mid': 617_001,
      'vwap.anchored': 617_005,
      'vwap.anchoredFor': 65
    })
    desk.market.sample(id, start, { 'price.mid': 617_001, 'vwap.anchored': 617_004, 'vwap.anchoredFor': 66 })
    desk.pass(250)
    await drawn()
    expect(canvas.texts).toContain('AVWAP')
    expect(canvas.texts).not.toContain('VWAP –')
    expect(screen.getByText(/AVWAP since 15:01/).title).toContain('since watching began')
  })
  it('keeps its past while it is out of sight', async () => {
    const { desk } = open()
    desk.market.setBook(bookAt(617_000, 3_000))
    await drawn()
    cleanup()
    render(heatmap.component, {
      desk,
      tab: { id: 'tab', panel: 'heatmap' },
      instrument: id,
      choose: () => undefined
    })
    await drawn()
    expect(screen.queryByText('No depth yet')).toBeNull()
  })
  it('goes on taking in depth while its pane is out of sight, and of what was looked at before', async () => {
    const { desk } = open()
    desk.market.setBook(bookAt(617_000, 3_000))
    await drawn()
    cleanup()
    const Behind = heatmap.behind!
    const { rerender } = render(Behind, { desk, inFront: [], hidden: [id], isOpen: true })
    await tick()
    const owner = `heatmap behind ${id}`
    expect(desk.market.wants[owner]).toMatchObject([{ id, levels: 1_000, trades: true }])
    await rerender({ desk, inFront: ['sim:ETHUSDT'], hidden: [], isOpen: true })
    expect(desk.market.wants[owner]).toHaveLength(1)
    for (let second = 0; second < 5; second++) {
      desk.pass(1_000)
      desk.market.setBook({ ...bookAt(617_000, 3_000 + second), at: desk.now })
      await tick()
    }
    const history = historyOf(desk.market, desk.market.instrument(id)!, 617_001)
    for (let at: number = start; at <= start + 5_000; at += 500)
      expect(history.known(Math.floor(at / 500))[1]).toBeGreaterThan(0)
    await rerender({ desk, inFront: [id], hidden: [], isOpen: true })
    expect(desk.market.wants[owner]).toEqual([])
  })
  it('shows of a replay neither what was live nor what another place of the tape showed', () => {
    const desk = fakeDesk(id)
    const btc = desk.market.instrument(id)!
    const lived = historyOf(desk.market, btc, 617_001)
    desk.market.replayed = true
    const replayed = historyOf(desk.market, btc, 617_001)
    expect(replayed).not.toBe(lived)
    desk.market.begin(id)
    expect(historyOf(desk.market, btc, 617_001)).not.toBe(replayed)
    desk.market.replayed = false
    expect(historyOf(desk.market, btc, 617_001)).toBe(lived)
  })
  it('takes no book of which the engine has not told for two seconds: nobody knows whether it still stands', () => {
    const desk = fakeDesk(id)
    const recorder = new DepthRecorder(desk, id)
    desk.market.setBook({ ...bookAt(617_000, 3_000), at: desk.now })
    expect(recorder.record()).toBeDefined()
    desk.pass(1_900)
    expect(recorder.record()).toBeDefined()
    desk.pass(200)
    expect(recorder.record()).toBeUndefined()
    desk.market.setBook({ ...bookAt(617_000, 3_000), at: desk.now })
    expect(recorder.record()).toBeDefined()
  })
  it('lets each book of a fast replay stand until the next, as the window is told of fewer, and says so', () => {
    const desk = fakeDesk(id)
    const recorder = new DepthRecorder(desk, id)
    desk.tape.replay = replayAt(100)
    const look = () => {
      desk.market.setBook({ ...bookAt(617_000, 3_000), at: desk.now })
      recorder.record()
    }
    look()
    desk.pass(12_000)
    look()
    const last = Math.floor(desk.now / columnMs)
    const known = (column: number) => recorder.history!.known(column)
    expect(known(last - 10)).toEqual(known(last))
    desk.tape.replay = replayAt(10)
    desk.pass(12_000)
    look()
    expect(known(last + 10)).toEqual([0, 0])
    expect([coarseText(holdOf(desk.tape)), coarseText(20_000)]).toEqual(['', 'up to 20 s a book'])
  })
  it('begins anew on a finer grid: lots of the old one would be drawn as if they were of the new', () => {
    const desk = fakeDesk(id)
    const view = new HeatmapView(desk, id, 60_000, 0.99)
    desk.market.setBook(bookAt(617_000, 3_000))
    view.record()
    const { since } = view
    expect(since).toBeLessThanOrEqual(start)
    desk.pass(20_000)
    const { size, ...rest } = desk.market.instruments.find((it) => it.id === id)!
    desk.market.instruments = [{ ...rest, size: { ...size, decimals: size.decimals + 2 } }]
    desk.market.setBook({ ...bookAt(617_000, 300_000), at: desk.now })
    view.record()
    expect(view.since).toBeGreaterThanOrEqual(since + 19_000)
  })
  it('has no faults of access', async () => {
    const { container } = open()
    await drawn()
    expect(await faultsOf(container)).toEqual([])
  })
})

describe('the VWAP that is drawn', () => {
  const averageWith = (figures: Readonly<Record<string, number>>, anchor = 0) => {
    const desk = fakeDesk(id)
    desk.market.sample(id, start, figures)
    desk.settings = { ...desk.settings, metrics: { vwap: { anchor } } }
    return averageOf(desk, id)
  }
  const watched = { 'vwap.anchored': 3, 'vwap.anchoredFor': 600 }

  it('is the longest that is known: of the day, of the last hour, since watching began', () => {
    expect(averageWith({ 'vwap.session': 1, 'vwap.rolling': 2, ...watched })).toMatchObject({ field: 'session', name: 'VWAP', short: 'VWAP since 00:00' }) // prettier-ignore
    expect(averageWith({ 'vwap.rolling': 2, ...watched })).toMatchObject({ field: 'rolling', name: 'RVWAP', short: `RVWAP ${span(3_600_000)}` }) // prettier-ignore
    expect(averageWith(watched)).toMatchObject({ field: 'anchored', name: 'AVWAP', since: start - 600_000, short: 'AVWAP since 14:52' }) // prettier-ignore
  })
  it('is the one from the anchor where one was chosen, whatever else is known', () => {
    const anchor = start / 1_000 - 60
    const chosen = averageWith({ 'vwap.session': 1, ...watched, 'vwap.anchoredFor': 60 }, anchor)
    expect(chosen).toMatchObject({ field: 'anchored', since: start - 60_000, short: 'AVWAP since 15:01' })
    expect(chosen.words).toContain('you chose')
  })
  it('says nothing while none is known', () => {
    expect(averageWith({})).toMatchObject({ short: '', words: '' })
  })
})

describe('where things lie on it', () => {
  const frame = frameOf(608, 420, [0, 50_000], [1_000, 1_200])

  it('gives each pixel the cell under it', () => {
    const window = windowOf(frame, 10)
    expect(window).toEqual({ column: 0, columns: 101, row: 100, rows: 21, per: 1 })
    const across = columnsAcross(frame, window, 500)
    expect([across[0], across[4], across[5], across[499]]).toEqual([0, 0, 1, 99])
    const down = rowsDown(frame, window, 10, 400)
    expect([down[0], down[399]]).toEqual([20, 0])
    expect(down[Math.round(frame.y(1_105))]).toBe(10)
  })
  it('joins rows that would be lower than two px', () => {
    expect(windowOf(frame, 0.5).per).toBe(2)
  })
  it('labels round prices and times', () => {
    expect(priceLabels(frame)).toEqual([
      1_000, 1_020, 1_040, 1_060, 1_080, 1_100, 1_120, 1_140, 1_160, 1_180, 1_200
    ])
    expect(timeLabels(frame)).toEqual({ at: [0, 10_000, 20_000, 30_000, 40_000, 50_000], apart: 10_000 })
  })
  it('says what is under the pointer, and when it is not known', () => {
    const instrument = perpetual('sim', 'BTCUSDT')
    const reading = { at: start, price: 617_617, lots: 4_200, mid: 617_000 }
    expect(readingText(instrument, reading)).toBe('61,761.7  +10.0 bps  4.20 BTC  15:02:11')
    expect(readingText(instrument, { ...reading, lots: NaN, mid: NaN })).toBe('61,761.7  not known  15:02:11')
  })
})

describe('walls', () => {
  const told = (kind: string, at: number, more: Partial<MarketEvent> = {}): MarketEvent => ({
    ...{ id: `${kind} ${at}`, instrument: id, metric: 'flow-reading', kind, at: millis(at), side: 'ask' },
    ...{ price: 617_000, confidence: 0.7, words: '' },
    evidence: [
      { title: 'Most that rested there', value: 40, unit: 'base' },
      { title: 'Age', value: kind === 'wall' ? 5 : 30, unit: 'seconds' }
    ],
    ...more
  })

  it('stand from when they were put there until they end, and say how', () => {
    const events = [told('wall', 10_000), told('wall-aged', 35_000), told('wall-pulled', 50_000)]
    expect(wallsOf(events.slice(0, 2), [])).toEqual([
      { side: 'ask', price: 617_000, from: 5_000, to: Infinity, end: 'stands', size: 40 }
    ])
    expect(wallsOf(events, [])).toMatchObject([{ from: 5_000, to: 50_000, end: 'pulled' }])
  })
  it('are not known to stand once the book was lost', () => {
    expect(wallsOf([told('wall', 10_000)], [[20_000, 21_000]])).toMatchObject([{ to: 20_000, end: 'lost' }])
    const after = [told('wall', 10_000), told('wall', 40_000)]
    expect(wallsOf(after, [[20_000, 21_000]]).map(({ end }) => end)).toEqual(['lost', 'stands'])
  })
  it('are none of what is no wall', () => {
    expect(wallsOf([told('sweep', 1_000), told('large-trade', 2_000, { metric: 'delta' })], [])).toEqual([])
  })
})
