import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import Watchlist from '../../../src-renderer/panels/watchlist/Watchlist.svelte'
import { millis } from '../../../src-shared/units'
import { faultsOf } from '../../support/axe'
import { fakeDesk, start, type FakeDesk } from '../../support/fake-desk.svelte'

/** Wide enough for every standard column. */
const wide = 720
const width = vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get')
beforeEach(() => {
  width.mockReturnValue(wide)
})
afterEach(cleanup)

const [btc, eth, sol] = ['sim:BTC-PERP', 'binance-usdm:ETHUSDT', 'binance-usdm:SOLUSDT'] as const

function open(
  desk: FakeDesk,
  choices: Record<string, string | string[]> = {},
  choose: (choices: unknown) => void = () => undefined
) {
  return render(Watchlist, {
    desk,
    tab: { id: 'tab', panel: 'watchlist', choices },
    instrument: undefined,
    choose
  })
}
/** Lets the table look again: it does four times a second. */
function look(desk: FakeDesk, ms = 250): void {
  desk.pass(ms)
  flushSync()
}
const rows = (): HTMLElement[] => screen.getAllByRole('row').slice(1)
const symbols = (): string[] =>
  rows().map((row) => within(row).getByRole('rowheader').textContent.trim().split(/\s+/)[0]!)
const rowOf = (symbol: string): HTMLElement => rows().find((row) => row.textContent.includes(symbol))!
const imbalances = (desk: FakeDesk, ...values: number[]): void => {
  for (const [at, id] of [btc, eth, sol].entries())
    desk.market.sample(id, desk.now, { 'imbalance.bps10': values[at]! })
}

describe('a row', () => {
  test('shows its figures while the book is live', () => {
    const desk = fakeDesk(eth)
    desk.market.sample(eth, start, { 'price.mid': 20_000 })
    desk.market.sample(eth, start + 200, {
      'price.mid': 20_200,
      'spread.bps': 0.5,
      'imbalance.bps10': -0.71,
      'microprice.best': 20_200.0808,
      'microprice.large': 0.9,
      'microprice.trust': 1,
      'spread.ticks': 1,
      'rate.book': 12
    })
    open(desk)
    const text = rowOf('ETHUSDT').textContent
    for (const figure of ['2,020.00', '+1.00 %', '0.50', '−0.71', '+0.040', '12'])
      expect(text).toContain(figure)
    expect(within(rowOf('ETHUSDT')).getByTitle('Since 15:02:11 UTC')).toBeTruthy()
    expect(within(rowOf('ETHUSDT')).getByTitle(/^Stoikov’s microprice/).textContent).toContain('+0.040')
  })

  test('whose book has a gap shows no figure and says since when', () => {
    const desk = fakeDesk(eth)
    desk.market.sample(eth, start, { 'price.mid': 20_000, 'imbalance.bps10': 0.5, 'spread.bps': 0.1 })
    open(desk)
    desk.market.setStatus(eth, { state: 'gap', reason: '3 messages lost at 23:59:14.7', since: start })
    look(desk, 1_300)
    const row = rowOf('ETHUSDT')
    expect(row.textContent).toContain('resync 1.3 s')
    expect(row.textContent).toContain('–')
    expect(row.textContent).not.toMatch(/2,000|0\.50|0\.10/)
    expect(row.title).toContain('3 messages lost at 23:59:14.7')
  })

  test('leaves live at once, without waiting for the next look', () => {
    const desk = fakeDesk(eth)
    desk.market.sample(eth, start, { 'price.mid': 20_000 })
    open(desk)
    desk.market.setStatus(eth, { state: 'stale', reason: 'no message for 4.2 s', since: start })
    flushSync()
    expect(rowOf('ETHUSDT').textContent).not.toContain('2,000')
  })

  test('without a network says why and when the next try comes', () => {
    const desk = fakeDesk(eth)
    desk.market.setStatus(eth, {
      state: 'connecting',
      reason: 'no route to host',
      since: start,
      nextAttemptAt: millis(start + 12_000)
    })
    open(desk)
    expect(rowOf('ETHUSDT').textContent).toMatch(/no route to host,\snext\stry in 12 s/)
  })

  test('of the simulated market says SIM, one of a venue does not', () => {
    open(fakeDesk(btc, eth))
    expect(rowOf('BTC-PERP').textContent).toContain('SIM')
    expect(rowOf('ETHUSDT').textContent).not.toContain('SIM')
  })
})

describe('the order', () => {
  test('by imbalance puts the extreme first and unknown last', () => {
    const desk = fakeDesk(btc, eth, sol)
    imbalances(desk, NaN, 0.2, -0.9)
    open(desk, { sort: 'imbalance:0' })
    expect(symbols()).toEqual(['SOLUSDT', 'ETHUSDT', 'BTC-PERP'])
  })

  test('changes no sooner than 2 s after the last time', () => {
    const desk = fakeDesk(btc, eth, sol)
    imbalances(desk, 0.1, 0.2, 0.3)
    open(desk, { sort: 'imbalance:0' })
    imbalances(desk, 0.9, 0.2, 0.3)
    look(desk, 1_999)
    expect(symbols()[0]).toBe('SOLUSDT')
    look(desk, 1)
    expect(symbols()[0]).toBe('BTC-PERP')
  })

  test('does not change under the pointer', async () => {
    const desk = fakeDesk(btc, eth, sol)
    imbalances(desk, 0.1, 0.2, 0.3)
    open(desk, { sort: 'imbalance:0' })
    const body = screen.getByRole('rowgroup')
    await fireEvent.pointerEnter(body)
    imbalances(desk, 0.9, 0.2, 0.3)
    look(desk, 10_000)
    expect(symbols()).toEqual(['SOLUSDT', 'ETHUSDT', 'BTC-PERP'])
    expect(screen.getByText('held while hovering')).toBeTruthy()
    await fireEvent.pointerLeave(body)
    look(desk)
    expect(symbols()[0]).toBe('BTC-PERP')
  })

  test('goes through the rankings of a head and back to the own order', async () => {
    const desk = fakeDesk(btc, eth, sol)
    imbalances(desk, 0.1, 0.2, -0.9)
    open(desk)
    const head = screen.getByRole('button', { name: 'Imb 10' })
    const seen: string[] = []
    for (let click = 0; click < 4; click++) {
      await fireEvent.click(head)
      seen.push(symbols()[0]!)
    }
    expect(seen).toEqual(['SOLUSDT', 'ETHUSDT', 'SOLUSDT', 'BTC-PERP'])
  })
})

describe('the keyboard', () => {
  test('Alt+Down moves a row, and the focus with it', async () => {
    const desk = fakeDesk(btc, eth, sol)
    open(desk)
    rowOf('BTC-PERP').focus()
    await fireEvent.keyDown(rowOf('BTC-PERP'), { key: 'ArrowDown', altKey: true })
    expect(desk.watchlists.active.instruments).toEqual([eth, btc, sol])
    await expect.poll(() => document.activeElement?.textContent).toContain('BTC-PERP')
  })

  test('Alt+Down in a sorted table moves nothing and says so', async () => {
    const desk = fakeDesk(btc, eth)
    open(desk, { sort: 'symbol:0' })
    await fireEvent.keyDown(rowOf('BTC-PERP'), { key: 'ArrowDown', altKey: true })
    expect(desk.watchlists.active.instruments).toEqual([btc, eth])
    expect(screen.getByText('rows move in the own order only')).toBeTruthy()
  })

  test('arrows go from row to row, of which Tab reaches one', async () => {
    const desk = fakeDesk(btc, eth, sol)
    open(desk)
    rowOf('BTC-PERP').focus()
    await fireEvent.keyDown(rowOf('BTC-PERP'), { key: 'ArrowDown' })
    await expect.poll(() => document.activeElement?.textContent).toContain('ETHUSDT')
    expect(rows().map((row) => row.tabIndex)).toEqual([-1, 0, -1])
  })

  test('Enter selects and Delete removes', async () => {
    const desk = fakeDesk(btc, eth)
    open(desk)
    await fireEvent.keyDown(rowOf('ETHUSDT'), { key: 'Enter' })
    expect(desk.selected).toBe(eth)
    await fireEvent.keyDown(rowOf('ETHUSDT'), { key: 'Delete' })
    expect(desk.watchlists.active.instruments).toEqual([btc])
  })
})

test('a row that is dragged onto another takes its place', async () => {
  const desk = fakeDesk(btc, eth, sol)
  open(desk)
  await fireEvent.dragStart(rowOf('SOLUSDT'))
  await fireEvent.dragOver(rowOf('BTC-PERP'))
  await fireEvent.drop(rowOf('BTC-PERP'))
  expect(desk.watchlists.active.instruments).toEqual([sol, btc, eth])
})

test('an empty list offers to add, and what the search picks is on it once', async () => {
  const desk = fakeDesk()
  open(desk)
  desk.pick = eth
  await fireEvent.click(screen.getAllByRole('button', { name: 'Add instrument' })[0]!)
  await fireEvent.click(screen.getAllByRole('button', { name: 'Add instrument' })[0]!)
  expect(desk.watchlists.active.instruments).toEqual([eth])
})

test('asks for the figures of its list, and for nothing once closed', () => {
  const desk = fakeDesk(btc, eth)
  const { unmount } = open(desk)
  expect(desk.market.wants['tab']?.map(({ id }) => id)).toEqual([btc, eth])
  unmount()
  expect(desk.market.wants['tab']).toEqual([])
})

test('a metric is computed only where its column is in sight, or orders the rows', () => {
  width.mockReturnValue(276)
  const desk = fakeDesk(eth)
  const { unmount } = open(desk)
  flushSync()
  expect(desk.market.wants['tab']?.[0]?.metrics).toEqual(['imbalance-usual'])
  unmount()
  const sorted = open(desk, { sort: 'micro:0' })
  flushSync()
  expect(desk.market.wants['tab']?.[0]?.metrics).toEqual(['imbalance-usual', 'microprice'])
  sorted.unmount()
  width.mockReturnValue(wide)
  open(desk)
  flushSync()
  expect(desk.market.wants['tab']?.[0]?.metrics).toEqual(['imbalance-usual', 'flow-velocity', 'microprice'])
})

describe('the own percentile and the velocity', () => {
  const percentile = (symbol: string): HTMLElement => rowOf(symbol).querySelector<HTMLElement>('.pct')!

  test('stand in a window of 1,440 px without being asked for, in the order of the mock', () => {
    width.mockReturnValue(389)
    const desk = fakeDesk(eth)
    desk.market.sample(eth, start, {
      ...{ 'imbalance.bps10': -0.71, 'imbalance-usual.bps10Rank': 0.004 },
      ...{ 'flow-velocity.z': -1.8, 'spread.bps': 0.02 }
    })
    open(desk)
    flushSync()
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent.trim())
    expect(heads).toEqual(['Status', 'Instrument', '10 min', 'Imb 10', 'Pct', 'Vel', 'Spr'])
    expect(rowOf('ETHUSDT').textContent.replace(/\s+/g, ' ')).toMatch(/−0\.71 ?0\.4 ?−1\.8 ?0\.02/)
  })

  test('are loud beyond P1 and P99 only, and dim in the middle; unknown says what is missing', () => {
    const desk = fakeDesk(btc, eth, sol)
    for (const [id, rank] of [
      [btc, 0.995],
      [eth, 0.6],
      [sol, NaN]
    ] as const)
      // prettier-ignore
      desk.market.sample(id, start, { 'imbalance-usual.bps10Rank': rank })
    open(desk)
    flushSync()
    const look = ['BTC-PERP', 'ETHUSDT', 'SOLUSDT'].map((symbol) => {
      const { classList, textContent } = percentile(symbol)
      return [textContent.trim(), classList.contains('rare'), classList.contains('usual')]
    })
    expect(look).toEqual([
      ['99.5', true, false],
      ['60', false, true],
      ['–', false, false]
    ])
    expect(percentile('SOLUSDT').title).toContain('300 s of its own history')
    expect(within(rowOf('SOLUSDT')).getByTitle(/120 s of its own history/).textContent).toContain('–')
  })

  test('put what is farthest from its usual first', () => {
    const desk = fakeDesk(btc, eth, sol)
    for (const [at, id] of [btc, eth, sol].entries())
      desk.market.sample(id, start, { 'imbalance-usual.bps10Rank': [0.7, 0.98, 0.004][at]! })
    open(desk, { sort: 'imbalance-usual.bps10Rank:0' })
    expect(symbols()).toEqual(['SOLUSDT', 'ETHUSDT', 'BTC-PERP'])
    expect(screen.getByText('Sort: Pct, extreme first')).toBeTruthy()
  })
})

test('columns are chosen and taken off in the picker, a standard one like any other', async () => {
  const choose = vi.fn()
  open(fakeDesk(btc), { off: ['spark'], columns: ['vpin.rank'] }, choose)
  await fireEvent.click(screen.getByRole('button', { name: 'Columns' }))
  const box = (name: string): HTMLInputElement => screen.getByRole('checkbox', { name })
  expect(box('10 min').checked).toBe(false)
  expect(box('Pct').checked).toBe(true)
  await fireEvent.click(box('Pct'))
  expect(choose).toHaveBeenLastCalledWith({
    ...{ off: ['spark', 'imbalance-usual.bps10Rank'], columns: ['vpin.rank'] }
  })
  await fireEvent.click(box('Funding'))
  expect(choose).toHaveBeenLastCalledWith({ off: ['spark'], columns: ['vpin.rank', 'funding'] })
  // The figure that stands there anyway is not offered twice.
  expect(screen.queryByRole('checkbox', { name: /Imb 10 bps, own percentile/ })).toBeNull()
})

test('axe finds nothing', async () => {
  const desk = fakeDesk(btc, eth)
  desk.market.setStatus(eth, { state: 'gap', reason: 'lost', since: start })
  const { container } = open(desk)
  expect(await faultsOf(container)).toEqual([])
})
