import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { flushSync } from 'svelte'
import { afterEach, expect, test, vi } from 'vitest'
import Figures from '../../../src-renderer/panels/figures/Figures.svelte'
import { sheetOf } from '../../../src-renderer/panels/figures/metric-table'
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

const tablesOpen = (desk: FakeDesk, tables: readonly string[], choose: (choices: unknown) => void = () => undefined) =>
  render(Figures, { desk, tab: { id: 'tab', panel: 'figures', choices: { tables: [...tables] } }, instrument: eth, choose }) // prettier-ignore

test('every table that a metric declares can be opened, is asked for while it is, and drawn by its declared columns', async () => {
  const declared = metrics.filter(({ table }) => table)
  expect(declared.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['microprice', 'trade-frequency', 'liquidity'])
  )
  const desk = fakeDesk(eth)
  const choose = vi.fn()
  const shut = tablesOpen(desk, [], choose)
  expect(desk.market.wants['tab']?.[0]).not.toHaveProperty('tables')
  for (const { id, title } of declared) {
    await fireEvent.click(screen.getByLabelText(`Table of ${title}`))
    expect(choose).toHaveBeenLastCalledWith({ tables: [id] })
  }
  shut.unmount()
  tablesOpen(
    desk,
    declared.map(({ id }) => id)
  )
  expect(desk.market.wants['tab']?.[0]?.tables).toEqual(declared.map(({ id }) => id))
  for (const { table: spec } of declared)
    expect(screen.getByText(`No rows yet. One is ${spec!.rowIs}.`)).toBeTruthy()
  desk.market.tables = Object.fromEntries(
    declared.map(({ id, table: spec }) => {
      const columns = spec!.columns.map((column) => column.id)
      return [`${eth}|${id}`, { at: start, columns, rows: Float64Array.from(columns, () => 1) }]
    })
  )
  flushSync()
  for (const { title, table: spec } of declared) {
    const sheet = within(screen.getByLabelText(`Table of ${title}`, { selector: '[role=region]' }))
    const heads = sheet.getAllByRole('columnheader').map((head) => head.textContent)
    for (const [at, column] of spec!.columns.entries()) expect(heads[at]).toContain(column.title)
    expect(sheet.getAllByRole('cell')).toHaveLength(spec!.columns.length)
  }
})

test('a table that is open is shut by the same button, and nonsense opens none', async () => {
  const choose = vi.fn()
  const desk = fakeDesk(eth)
  tablesOpen(desk, ['microprice', 'nonsense', 'price'], choose)
  expect(desk.market.wants['tab']?.[0]?.tables).toEqual(['microprice'])
  await fireEvent.click(screen.getByLabelText('Table of Micro-price', { selector: '[aria-expanded=true]' }))
  expect(choose).toHaveBeenCalledWith({ tables: [] })
})

test('Stoikov’s states stand with their sign and their thousandths, the day’s half hours by their time, what is not known as a dash', () => {
  const sheet = (metric: string, columns: readonly string[], rows: readonly number[]) =>
    sheetOf(metrics.find(({ id }) => id === metric)!.table!, { at: start, columns, rows: Float64Array.from(rows) }, undefined) // prettier-ignore
  const texts = (it: ReturnType<typeof sheet>) => it.rows.map((row) => row.map(({ text }) => text))
  const states = sheet(
    'microprice',
    ['bin', 'spread', 'visits', 'adjustment'],
    [0, 1, 40, -0.31, 9, 1, 10, 0.3104, 4, 2, 0, NaN]
  )
  expect(texts(states)).toEqual([
    ['0', '1', '40', '−0.310'],
    ['9', '1', '10', '+0.310'],
    ['4', '2', '0', '–']
  ])
  expect(states.rows.map((row) => row[2]!.bar)).toEqual([1, 0.25, 0])
  expect(states.rows[0]!.map(({ bar }) => bar !== undefined)).toEqual([false, false, true, false])
  const day = sheet('trade-frequency', ['from', 'trades', 'volume', 'days'], [0, 2, 1, 3, 19_800, 4.5, 2, 3])
  expect(texts(day)).toEqual([
    ['0', '2.0', '1.00', '3'],
    ['5:30:00', '4.5', '2.00', '3']
  ])
})

test('of a very long table the first rows are shown, and how many are left', () => {
  const [first] = metrics.flatMap(({ table }) => table ?? [])
  const columns = first!.columns.map(({ id }) => id)
  const rows = new Float64Array(columns.length * 230)
  expect(sheetOf(first!, { at: start, columns, rows }, undefined)).toMatchObject({
    left: 30,
    rows: { length: 200 }
  })
})

test('axe finds nothing, with a table open either', async () => {
  const desk = fakeDesk(eth)
  const columns = metrics.find(({ id }) => id === 'microprice')!.table!.columns.map(({ id }) => id)
  desk.market.tables = {
    [`${eth}|microprice`]: { at: start, columns, rows: Float64Array.of(0, 1, 40, -0.3) }
  }
  const { container } = tablesOpen(desk, ['microprice'])
  expect(await faultsOf(container)).toEqual([])
})
