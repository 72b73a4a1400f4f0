import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  baseOf,
  type Grid,
  gridOf,
  type Instrument,
  instrumentId,
  notionalOf,
  pointOn,
  symbolOf,
  titleOf,
  valueOn,
  venueOf
} from '../../src-shared/instrument'
import { lots, millis, ticks } from '../../src-shared/units'

const spot: Instrument = {
  id: 'binance-spot:BTCUSDT',
  venue: 'binance-spot',
  symbol: 'BTCUSDT',
  base: 'BTC',
  quote: 'USDT',
  product: 'spot',
  price: { decimals: 2, step: 1 },
  tickSize: ticks(1),
  size: { decimals: 5, step: 1 },
  contract: { of: 1, currency: 'base' },
  trading: 'trading',
  simulated: false
}
const inverse: Instrument = {
  ...spot,
  product: 'inverse',
  quote: 'USD',
  price: { decimals: 1, step: 1 },
  size: { decimals: 0, step: 1 },
  contract: { of: 100, currency: 'quote' }
}

/** The n-th point of a grid as a venue would write it, in exact arithmetic. */
function written({ decimals, step }: Grid, n: number, zeros: number): string {
  const digits = (BigInt(Math.abs(n)) * BigInt(step)).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals) + '0'.repeat(zeros)
  return (n < 0 ? '-' : '') + whole + (fraction && `.${fraction}`)
}
const grid: fc.Arbitrary<Grid> = fc.record({
  decimals: fc.integer({ min: 0, max: 8 }),
  step: fc.constantFrom(1, 2, 5, 10, 25, 125)
})
const point = fc.integer({ min: -1e9, max: 1e9 })

describe('grids', () => {
  it('are read from a venue’s step', () => {
    expect(gridOf('0.10000000')).toEqual({ decimals: 1, step: 1 })
    expect(gridOf('0.5')).toEqual({ decimals: 1, step: 5 })
    expect(gridOf('0.25')).toEqual({ decimals: 2, step: 25 })
    expect(gridOf('10')).toEqual({ decimals: 0, step: 10 })
    expect(gridOf('0.00000001')).toEqual({ decimals: 8, step: 1 })
  })

  it('are refused for anything that is no positive plain decimal', () => {
    for (const text of ['', '0', '0.000', '-1', '1e-8', '.5', '1.', ' 1', '1,5', 'NaN', '1234567890123456'])
      expect(gridOf(text), text).toBeUndefined()
  })

  it('name their points: a text names the point it was written from', () => {
    fc.assert(
      fc.property(grid, point, fc.integer({ min: 0, max: 4 }), (on, n, zeros) => {
        expect(pointOn(on, written(on, n, zeros))).toBe(n === 0 ? 0 : n)
      })
    )
  })

  it('survive being written as a step', () => {
    fc.assert(
      fc.property(grid, (on) => {
        const read = gridOf(written(on, 1, 3))!
        expect(valueOn(read, 1)).toBeCloseTo(valueOn(on, 1), 12)
        expect(pointOn(read, written(on, 7, 0))).toBe(7)
      })
    )
  })

  it('have nothing between their points', () => {
    expect(pointOn({ decimals: 1, step: 5 }, '10.5')).toBe(21)
    expect(pointOn({ decimals: 1, step: 5 }, '10.4')).toBeUndefined()
    expect(pointOn({ decimals: 2, step: 1 }, '10.001')).toBeUndefined()
    expect(pointOn({ decimals: 2, step: 1 }, '10.010')).toBe(1001)
    expect(pointOn({ decimals: 0, step: 10 }, '25')).toBeUndefined()
  })

  it('never answer a negative zero', () => {
    expect(Object.is(pointOn({ decimals: 2, step: 1 }, '-0.00'), 0)).toBe(true)
  })

  it('refuse what is no plain decimal, or passes 2^53', () => {
    for (const text of ['', '-', '1e5', '+1', '0x10', '1.2.3', 'Infinity', ' 1'])
      expect(pointOn({ decimals: 2, step: 1 }, text), text).toBeUndefined()
    expect(pointOn({ decimals: 8, step: 1 }, '99999999999')).toBeUndefined()
  })
})

describe('instruments', () => {
  it('is unknown for contracts worth quote money at no price above zero, and for their combinations at any', () => {
    expect(baseOf(inverse, ticks(-70), lots(5))).toBeNaN()
    expect(baseOf({ ...inverse, product: 'combo' }, ticks(70), lots(5))).toBeNaN()
  })

  it('know what a size is worth: base units for spot, quote money for inverse contracts', () => {
    expect(baseOf(spot, ticks(5_000_000), lots(150_000))).toBe(1.5)
    expect(notionalOf(spot, ticks(5_000_000), lots(150_000))).toBe(75_000)
    expect(notionalOf(inverse, ticks(500_000), lots(5))).toBe(500)
    expect(baseOf(inverse, ticks(500_000), lots(5))).toBe(0.01)
  })

  it('are worth NaN where a price is needed and there is none', () => {
    expect(notionalOf(spot, ticks(NaN), lots(1))).toBeNaN()
    expect(baseOf(inverse, ticks(NaN), lots(1))).toBeNaN()
    expect(baseOf(inverse, ticks(0), lots(1))).toBeNaN()
  })

  it('have an id of two halves, the symbol as the venue writes it', () => {
    const id = instrumentId('okx', 'a:b')
    expect([id, venueOf(id), symbolOf(id)]).toEqual(['okx:a:b', 'okx', 'a:b'])
    expect(venueOf('nonsense')).toBe('')
  })

  it('have a title', () => {
    const put = { strike: 95_000, strikeCurrency: 'USD', kind: 'put' as const }
    const dated = { ...spot, expiresAt: millis(Date.UTC(2026, 11, 25, 8)) }
    expect(titleOf({ ...dated, product: 'option', option: put })).toBe('BTC/USDT 25 Dec 26 95,000 put')
    expect(titleOf({ ...spot, product: 'combo', symbol: 'BTC-FS-25DEC26_PERP' })).toBe('BTC-FS-25DEC26_PERP')
    expect(titleOf(spot)).toBe('BTC/USDT')
    expect(titleOf({ ...spot, product: 'linear' })).toBe('BTC/USDT perp')
    expect(titleOf(inverse)).toBe('BTC/USD inverse perp')
    expect(titleOf({ ...spot, product: 'linear', expiresAt: millis(Date.UTC(2026, 11, 25, 8)) })).toBe(
      'BTC/USDT 2026-12-25'
    )
  })
})
