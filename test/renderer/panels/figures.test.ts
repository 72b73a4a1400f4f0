import { cleanup, render, screen, within } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import Figures from '../../../src-renderer/panels/figures/Figures.svelte'
import { sectionsOf } from '../../../src-renderer/panels/figures/table'
import { taken } from '../../../src-renderer/panels/figures/taken'
import { faultsOf } from '../../support/axe'
import { fakeDesk, metrics, start, type FakeDesk } from '../../support/fake-desk.svelte'

afterEach(cleanup)

const eth = 'binance-usdm:ETHUSDT'
const open = (desk: FakeDesk, instrument: string | undefined = eth) =>
  render(Figures, { desk, tab: { id: 'tab', panel: 'figures' }, instrument, choose: () => undefined })
const table = (section: string) => screen.getByRole('table', { name: section })
const whole = (section: string) => table(section).closest('section')
const line = (section: string, title: string): HTMLElement =>
  within(table(section))
    .getAllByRole('row')
    .find((row) => within(row).getByRole('rowheader').textContent === title)!

test('every metric of the catalogue has a section with all its fields', () => {
  open(fakeDesk(eth))
  expect(screen.getAllByRole('table')).toHaveLength(metrics.length)
  expect(screen.getAllByRole('row')).toHaveLength(metrics.flatMap(({ fields }) => fields).length)
})

test('a figure stands in its unit: a price on the grid, money in few digits', () => {
  const desk = fakeDesk(eth)
  desk.market.sample(eth, start, {
    'price.mid': 20_200.5,
    'depth.bidQuote5': 1_250_000,
    'imbalance.bps10': -0.4
  })
  open(desk)
  expect(line('Price', 'Mid').textContent).toContain('2,020.05')
  expect(table('Depth').textContent).toMatch(/1\.25.M/)
  expect(line('Imbalance', 'Within 10 bps').textContent).toContain('−0.40')
})

test('what says the same as before is taken over as it was', () => {
  const desk = fakeDesk(eth)
  const look = () => sectionsOf(desk.market, eth, desk.market.status(eth), start)
  desk.market.sample(eth, start, { 'price.mid': 20_000, 'imbalance.bps10': 0.2 })
  const before = look()
  const place = before.findIndex(({ id }) => id === 'imbalance')
  expect(taken(look(), before).every((section, at) => section === before[at])).toBe(true)
  desk.market.sample(eth, start, { 'price.mid': 20_000, 'imbalance.bps10': 0.3 })
  const after = taken(look(), before)
  expect(after.filter((section, at) => section !== before[at]).map(({ id }) => id)).toEqual(['imbalance'])
  const changed = after[place]!.lines.filter((line, row) => line !== before[place]!.lines[row])
  expect(changed.map(({ id }) => id)).toEqual(['bps10'])
})

test('an unknown figure is an en dash and says why', () => {
  const desk = fakeDesk(eth)
  desk.market.sample(eth, start, { 'price.mid': 20_000 })
  open(desk)
  expect(line('Imbalance', 'Within 50 bps').textContent).toContain('–')
  expect(line('Imbalance', 'Within 50 bps').title).toContain('does not reach as far')
})

test('without a live book there is no figure at all', () => {
  const desk = fakeDesk(eth)
  desk.market.sample(eth, start, { 'price.mid': 20_000 })
  desk.market.setStatus(eth, { state: 'gap', reason: '3 messages lost', since: start })
  open(desk)
  expect(screen.queryByText('2,000.00')).toBeNull()
  expect(line('Price', 'Mid').title).toContain('3 messages lost')
})

test('figures of trades say how much of the minute was watched', () => {
  const desk = fakeDesk(eth)
  desk.market.sample(eth, start, { 'price.mid': 20_000 }, 0.25)
  open(desk)
  expect(whole('Trade flow')?.textContent).toMatch(/25.% of 60 s watched/)
  expect(whole('Spread')?.textContent).not.toContain('watched')
})

test('axe finds nothing', async () => {
  const { container } = open(fakeDesk(eth))
  expect(await faultsOf(container)).toEqual([])
})
