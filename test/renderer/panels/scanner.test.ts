import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import fc from 'fast-check'
import { tick } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { scanner } from '../../../src-renderer/panels/scanner'
import { measuresOf, seldom, unusual } from '../../../src-renderer/panels/scanner/measures'
import { percentileText } from '../../../src-shared/figure-text'
import { steadyBest, SteadyOrder, SteadyScore } from '../../../src-renderer/panels/scanner/steady'
import { faultsOf } from '../../support/axe'
import { fakeDesk, live, metrics, start } from '../../support/fake-desk.svelte'

afterEach(cleanup)

const [btc, eth, sol] = ['sim:BTCUSDT', 'sim:ETHUSDT', 'sim:SOLUSDT'] as const

function open() {
  const desk = fakeDesk(btc, eth, sol)
  const choose = vi.fn()
  const { container } = render(scanner.component, {
    desk,
    tab: { id: 'tab', panel: 'scanner' },
    instrument: undefined,
    choose
  })
  return { desk, choose, container }
}
const ranked = (rank: number, value: number) => ({
  'imbalance-usual.bps10Rank': rank,
  'imbalance.bps10': value
})
const symbols = () => screen.getAllByRole('button', { name: /USDT/ }).map((it) => it.textContent)

describe('the scanner', () => {
  it('asks for the ranked metrics of the whole list, and why they are not known', async () => {
    const { desk } = open()
    await tick()
    const wants = desk.market.wants['tab'] ?? []
    expect(wants.map(({ id }) => id)).toEqual([btc, eth, sol])
    expect(wants[0]).toMatchObject({ levels: 0, trades: false, readiness: true })
    for (const metric of [
      'imbalance-usual',
      'usual',
      'vpin',
      'flow-velocity',
      'ofi',
      'trade-frequency',
      'liquidity',
      'tfi',
      'spreads',
      'microprice'
    ])
      expect(wants[0]?.metrics).toContain(metric)
  })
  it('learns while its tab is behind others: of its list, and only where a layout has a scanner', async () => {
    const desk = fakeDesk(btc, eth)
    const { rerender, unmount } = render(scanner.behind!, { desk, inFront: [], hidden: [], isOpen: true })
    await tick()
    const wants = () => desk.market.wants['scanner behind'] ?? []
    expect(wants().map(({ id }) => id)).toEqual([btc, eth])
    expect(wants()[0]).toMatchObject({ levels: 0, trades: false })
    expect(wants()[0]?.metrics).toEqual(expect.arrayContaining(['imbalance-usual', 'usual', 'vpin']))
    expect(wants()[0]).not.toHaveProperty('readiness')
    desk.watchlists.set([sol])
    await tick()
    expect(wants().map(({ id }) => id)).toEqual([sol])
    await rerender({ desk, inFront: [], hidden: [], isOpen: false })
    expect(wants()).toEqual([])
    await rerender({ desk, inFront: [], hidden: [], isOpen: true })
    expect(wants()).toHaveLength(1)
    unmount()
    expect(wants()).toEqual([])
  })
  it('names all that it ranks, and nothing else', async () => {
    open()
    await fireEvent.click(screen.getByRole('button', { name: /Most unusual now/ }))
    const measures = measuresOf(metrics)
    const text = document.body.textContent
    expect(text).toContain(`The ${measures.length} figures that the engine ranks`)
    for (const { title } of measures) expect(text).toContain(title)
  })
  it('puts the most unusual first, by its own history and not by its value', async () => {
    const { desk } = open()
    desk.market.sample(btc, start, ranked(0.6, 0.9))
    desk.market.sample(eth, start, ranked(0.004, -0.2))
    desk.pass(2_000)
    await tick()
    const [first, second, third] = symbols()
    expect(first).toContain('ETHUSDT')
    expect(second).toContain('BTCUSDT')
    expect(third).toContain('SOLUSDT')
    const row = screen.getAllByRole('row')[1]!
    expect(row.textContent).toContain('P0.4')
    expect(row.textContent).toContain('ask')
    expect(row.textContent).toContain('−0.20')
  })
  it('ranks every kind of figure by how seldom it is, either side, and says which it was', async () => {
    const { desk } = open()
    // One in 125 (2 × 0.004), one in 50, one in 5.
    desk.market.sample(eth, start, {
      'flow-velocity.z': -3.2,
      'usual.velocityRank': 0.004,
      ...ranked(0.9, 0.5)
    })
    desk.market.sample(btc, start, { 'spread.bps': 4, 'usual.spreadRank': 0.99, 'usual.ofiRank': 0.3 })
    desk.market.sample(sol, start, { 'liquidity.bid10': 0.7, 'usual.bidDepthRank': 0.1 })
    desk.pass(2_000)
    await tick()
    const rows = screen.getAllByRole('row').slice(1)
    const words = [/ETHUSDT.*Net velocity z.*ask.*−3.20.*P0.4/, /BTCUSDT.*Spread.*high.*4.00 bps.*P99.0/, /SOLUSDT.*Liquidity bid 10 bps \/ usual.*low.*0.70.*P10/] // prettier-ignore
    for (const [at, row] of rows.entries()) expect(row.textContent).toMatch(words[at]!)
    expect(rows[0]!.title).toContain('Net velocity z −3.20, lower than in 99.6 % of its own history.')
    expect(rows[1]!.title).toContain('Spread in bps 4.00, higher than in 99.0 % of its own history.')
  })
  it('says why an instrument has no rank', async () => {
    const { desk } = open()
    desk.market.setStatus(sol, { ...live, state: 'refused', reason: 'no such symbol' })
    await tick()
    expect(screen.getByText('no such symbol')).toBeTruthy()
  })
  it('shows the instrument that is clicked', async () => {
    const { desk } = open()
    await tick()
    await fireEvent.click(screen.getByRole('button', { name: /ETHUSDT/ }))
    expect(desk.selected).toBe(eth)
  })
  it('colours a bar by side only where the figure has one', async () => {
    const { desk, container } = open()
    desk.market.sample(btc, start, { 'vpin.vpin': 0.9, 'vpin.rank': 0.99 })
    desk.market.sample(eth, start, ranked(0.99, 0.9))
    desk.pass(2_000)
    await tick()
    const grey = [...container.querySelectorAll('.lean i')].map((bar) => bar.classList.contains('quiet'))
    expect(grey.toSorted()).toEqual([false, true])
  })
  it('can be held to one measure', async () => {
    const { choose } = open()
    await tick()
    await fireEvent.change(screen.getByRole('combobox'), { target: { value: 'imbalance.l1' } })
    expect(choose).toHaveBeenCalledWith({ measure: 'imbalance.l1' })
  })
  it('has no faults of access', async () => {
    const { desk, container } = open()
    desk.market.sample(btc, start, ranked(0.99, 0.9))
    desk.pass(2_000)
    await tick()
    expect(await faultsOf(container)).toEqual([])
  })
})

describe('what the catalogue ranks', () => {
  it('names a figure that exists, for every percentile', () => {
    const marked = metrics.flatMap((metric) => metric.fields.filter((field) => field.ranks !== undefined))
    expect(measuresOf(metrics)).toHaveLength(marked.length)
    expect(marked.length).toBeGreaterThanOrEqual(19)
    const ids = measuresOf(metrics).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const figure of ['tfi.tfi10', 'spreads.effective', 'microprice.edge', 'vpin.bulk'])
      expect(ids).toContain(figure)
  })
  it('is as unusual at either end, and not at all in the middle', () => {
    expect(unusual(0.5)).toBe(0)
    expect(unusual(0)).toBe(1)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (rank) => {
        expect(unusual(1 - rank)).toBeCloseTo(unusual(rank), 12)
      })
    )
    expect(seldom(0.75)).toBeCloseTo(1, 12)
  })
  it('never writes the end of a history as certain', () => {
    expect([1, 0.9999, 0.992, 0.5, 0.004, 0].map(percentileText)).toEqual([
      'P>99.9',
      'P>99.9',
      'P99.2',
      'P50',
      'P0.4',
      'P<0.1'
    ])
  })
})

describe('an order that does not jitter', () => {
  const scores = (a: number, b: number, c = NaN) => new Map(Object.entries({ a, b, c }))

  it('lets a row pass only by the margin', () => {
    const order = new SteadyOrder()
    expect(order.arrange(scores(3, 2), false, 0)).toEqual(['a', 'b', 'c'])
    expect(order.arrange(scores(3, 3.9), false, 2_000)).toEqual(['a', 'b', 'c'])
    expect(order.arrange(scores(3, 4.1), false, 4_000)).toEqual(['b', 'a', 'c'])
  })
  it('looks anew every two seconds, and not under the pointer', () => {
    const order = new SteadyOrder()
    order.arrange(scores(3, 2), false, 0)
    expect(order.arrange(scores(1, 5), false, 1_900)).toEqual(['a', 'b', 'c'])
    expect(order.arrange(scores(1, 5), true, 9_000)).toEqual(['a', 'b', 'c'])
    expect(order.arrange(scores(1, 5), false, 9_100)).toEqual(['b', 'a', 'c'])
  })
  it('puts what is known above what is not', () => {
    const order = new SteadyOrder()
    order.arrange(scores(NaN, NaN), false, 0)
    expect(order.arrange(scores(NaN, NaN, 0.1), false, 2_000)).toEqual(['c', 'a', 'b'])
  })
  it('keeps every name once, whatever the scores', () => {
    const order = new SteadyOrder()
    let at = 0
    const score = fc.option(fc.double({ min: 0, max: 10, noNaN: true }), { nil: NaN })
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), score), (given) => {
        const found = order.arrange(new Map(Object.entries(given)), false, (at += 2_000))
        expect([...found].sort()).toEqual(Object.keys(given).sort())
      })
    )
  })
  it('keeps the measure that was shown until another is clearly rarer', () => {
    expect(steadyBest(scores(3, 3.9), 'a')).toBe('a')
    expect(steadyBest(scores(3, 4.1), 'a')).toBe('b')
    expect(steadyBest(scores(NaN, 1), 'a')).toBe('b')
    expect(steadyBest(scores(NaN, NaN), 'a')).toBeUndefined()
  })
  it('averages a score over ten seconds, and forgets it when it is not known', () => {
    const score = new SteadyScore()
    expect(score.see(4, 0)).toBe(4)
    expect(score.see(0, 10_000)).toBeCloseTo(4 * Math.exp(-1), 12)
    expect(score.see(NaN, 11_000)).toBeNaN()
    expect(score.see(1, 12_000)).toBe(1)
  })
})
