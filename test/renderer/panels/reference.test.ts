import { describe, expect, it } from 'vitest'
import { countdown, referenceSections } from '../../../src-renderer/panels/figures/reference'
import { extrasFrom, fittingExtras } from '../../../src-renderer/panels/watchlist/columns'
import { basisBps } from '../../../src-renderer/parts/reference'
import { millis } from '../../../src-shared/units'
import { fakeDesk, start } from '../../support/fake-desk.svelte'

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
      'Next funding in 3 h 11 min'
    ])
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
  it('are those chosen, in their own order, as many as fit', () => {
    const extras = extrasFrom(['funding', 'mark', 'nonsense', 'delta'])
    expect(extras.map((column) => column.id)).toEqual(['mark', 'funding', 'delta'])
    expect(fittingExtras(extras, 330 + 2 * 62)).toHaveLength(2)
    expect(fittingExtras(extras, 200)).toHaveLength(0)
  })
})
