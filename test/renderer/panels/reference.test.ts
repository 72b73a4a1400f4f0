import { describe, expect, it } from 'vitest'
import { countdown, referenceSections } from '../../../src-renderer/panels/figures/reference'
import { extrasFrom } from '../../../src-renderer/panels/watchlist/extra-columns'
import { columnGroups, metricColumn } from '../../../src-renderer/panels/watchlist/metric-columns'
import { rowOf } from '../../../src-renderer/panels/watchlist/row'
import { rankingOf, sortFrom } from '../../../src-renderer/panels/watchlist/sort'
import { basisBps } from '../../../src-renderer/parts/reference'
import { millis } from '../../../src-shared/units'
import { fakeDesk, live, metrics, start } from '../../support/fake-desk.svelte'

const id = 'binance-usdm:BTCUSDT'

describe('reference figures', () => {
  it('show what was told, with its age, and leave out what was not', () => {
    const { market } = fakeDesk(id)
    const nextFundingAt = start + 3 * 3_600_000 + 12 * 60_000
    market.refer(id, start, { mark: 100.5, index: 100, funding: 0.0001, nextFundingAt })
    const [section] = referenceSections(market, id, millis(start + 1_500))
    expect(section?.coverage).toBe('told 1.5 s ago')
    expect(section?.lines.map(({ title, text }) => `${title} ${text}`)).toEqual([
      'Mark price 100.5',
      'Index price 100.0',
      'Mark less index +50.00',
      'Funding rate +0.0100 %',
      'Next funding in 3 h 11 min',
      'Open interest, not told yet –'
    ])
    market.refer(id, start, { openInterest: 12, openInterestAt: start - 40_500 })
    const [asked] = referenceSections(market, id, millis(start + 1_500))
    expect(asked?.lines.at(-1)).toMatchObject({ title: 'Open interest, 42 s ago' })
  })
  it('that hold no more are a dash with the reason, in the table and in the watchlist', () => {
    const desk = fakeDesk(id)
    const lapsed = 'the line that tells it is down: connection cut'
    desk.market.refer(id, start, { lapsed, openInterest: 12, openInterestAt: start })
    const now = millis(start + 61_000)
    const [section] = referenceSections(desk.market, id, now)
    expect(section?.coverage).toMatch(/^last told /)
    expect(section?.lines.map(({ title, text }) => `${title} ${text}`)).toEqual([
      'Open interest, 1 min ago 12.00',
      'Not known now –'
    ])
    expect(section?.lines.at(-1)?.tip).toContain('connection cut')
    const row = rowOf(desk, id, live, now)
    expect([row.mark, row.basisBps, row.funding]).toEqual(['–', NaN, NaN])
    expect(row.toldWords).toBe(`Not known now: ${lapsed}`)
    expect(row.interestWords).toMatch(/^Told .* ago$/)
  })
  it('are none before anything was told', () => {
    const { market } = fakeDesk(id)
    expect(referenceSections(market, id, start)).toEqual([])
  })
  it('of an option are its volatilities and greeks', () => {
    const { market } = fakeDesk(id)
    const [instrument] = market.instruments
    const option = { strike: 100_000, strikeCurrency: 'USD', kind: 'call' } as const
    market.instruments = [{ ...instrument!, product: 'option', option }]
    market.refer(id, start, { markIv: 0.652, delta: 0.41, theta: -35.2 })
    const lines = referenceSections(market, id, start).find((it) => it.id === 'option')!.lines
    expect(lines.map(({ title, text }) => `${title} ${text}`)).toEqual([
      'Mark IV 65.2 %',
      'Delta +0.410',
      'Theta −35.20'
    ])
  })
  it('have a basis in bps of the index, unknown without one', () => {
    expect(basisBps({ mark: 99, index: 100 })).toBeCloseTo(-100)
    expect(basisBps({ mark: 99, index: NaN })).toBeNaN()
  })
})

describe('the time to an event', () => {
  it('is told in its two largest units, and not at all once it has passed', () => {
    expect(countdown(41_000, 0)).toBe('in 41 s')
    expect(countdown(61_000, 0)).toBe('in 1 min 1 s')
    expect(countdown(30 * 3_600_000, 0)).toBe('in 30 h 0 min')
    expect(countdown(73 * 3_600_000, 0)).toBe('in 3 d 1 h')
    expect(countdown(0, 1)).toBe('–')
  })
})

describe('the watchlist’s columns of derivatives', () => {
  it('are those chosen, in their own order', () => {
    const extras = extrasFrom(['funding', 'mark', 'nonsense', 'delta'])
    expect(extras.map((column) => column.id)).toEqual(['mark', 'funding', 'delta'])
  })
  it('are none of those that stand anyway', () => {
    const metricOf = (id: string) => metricColumn(metrics, id)
    const kept = ['imbalance-usual.bps10Rank', 'flow-velocity.z', 'vpin.rank']
    expect(extrasFrom(kept, metricOf).map(({ id }) => id)).toEqual(['vpin.rank'])
  })
})

describe('columns of metrics', () => {
  const metricOf = (id: string) => metricColumn(metrics, id)

  it('are every field of every metric, grouped and found by words', () => {
    const groups = columnGroups(metrics)
    expect(groups.map(({ id }) => id)).toEqual(metrics.map(({ id }) => id))
    const all = groups.flatMap(({ columns }) => columns)
    expect(all).toHaveLength(metrics.reduce((sum, { fields }) => sum + fields.length, 0))
    expect(
      columnGroups(metrics, 'vpin percentile').flatMap(({ columns }) => columns.map(({ id }) => id))
    ).toEqual(['vpin.rank', 'vpin.bulkRank'])
    expect(columnGroups(metrics, 'nothing of the kind')).toEqual([])
    expect(columnGroups(metrics, 'ofi').map(({ id }) => id)).toEqual(['ofi', 'usual'])
    // No title has the word: what is told of the metric does.
    expect(columnGroups(metrics, 'hawkes').map(({ id }) => id)).toEqual(['trade-frequency'])
  })
  it('say whose figure they show, and the sign of what has one', () => {
    const heads = ['ofi.norm10', 'spreads.effective', 'imbalance.bps10', 'vwap.session', 'vpin.vpin']
    expect(heads.map((id) => metricOf(id)?.head)).toEqual([
      ...['OFI touch 10 s / depth', 'Spread effective', 'Imb 10 bps', 'Session VWAP', 'VPIN, true signs']
    ])
    const desk = fakeDesk('sim:BTCUSDT')
    desk.market.sample('sim:BTCUSDT', start, { 'delta.cvd60': 178.7, 'tfi.net10': 0.001 })
    const row = rowOf(desk, 'sim:BTCUSDT', live, start, ['delta.cvd60', 'tfi.net10'])
    expect(['delta.cvd60', 'tfi.net10'].map((id) => metricOf(id)!.text(row))).toEqual(['+178.7', '0.00'])
  })
  it('are kept by id, and dropped where the engine has no such figure', () => {
    expect(extrasFrom(['vpin.rank', 'mark', 'vpin.gone', 7], metricOf).map(({ id }) => id)).toEqual([
      'mark',
      'vpin.rank'
    ])
  })
  it('show and rank what the row knows, and a dash for what it does not', () => {
    const desk = fakeDesk('sim:BTCUSDT')
    desk.market.sample('sim:BTCUSDT', start, { 'ofi.norm10': -1.5 })
    const row = rowOf(desk, 'sim:BTCUSDT', live, start, ['ofi.norm10', 'vpin.rank'])
    const [norm, rank] = ['ofi.norm10', 'vpin.rank'].map((id) => metricOf(id)!)
    expect([norm!.text(row), rank!.text(row)]).toEqual(['−1.50', '–'])
    expect(norm!.rankings.map(({ words, key }) => [words, key(row)])).toEqual([
      ['extreme first', 1.5],
      ['highest first', -1.5],
      ['lowest first', -1.5]
    ])
    expect(sortFrom('ofi.norm10:0', metricOf)).toEqual({ column: 'ofi.norm10', ranking: 0 })
    expect(rankingOf({ column: 'ofi.norm10', ranking: 0 }, metricOf)).toBe(norm!.rankings[0])
  })
})
