import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as format from '../../src-shared/format'
import type { Instrument } from '../../src-shared/instrument'
import { lots, millis, ticks } from '../../src-shared/units'

const perp: Instrument = {
  id: 'sim:X',
  venue: 'sim',
  symbol: 'X',
  base: 'X',
  quote: 'USD',
  product: 'linear',
  price: { decimals: 1, step: 5 },
  tickSize: ticks(1),
  size: { decimals: 3, step: 1 },
  contract: { of: 1, currency: 'base' },
  trading: 'trading',
  simulated: true
}

describe('numbers as text', () => {
  it('group thousands and keep their digits', () => {
    expect(format.decimal(1234.5, 2)).toBe('1,234.50')
    expect(format.decimal(0, 0)).toBe('0')
  })

  it('write the minus sign, and none before a zero', () => {
    expect(format.decimal(-0.3, 1)).toBe('−0.3')
    expect(format.decimal(-0.04, 1)).toBe('0.0')
    expect(format.decimal(-0, 2)).toBe('0.00')
    fc.assert(
      fc.property(fc.double(), fc.integer({ min: 0, max: 8 }), (value, digits) => {
        const text = format.decimal(value, digits)
        expect(text).not.toContain('-')
        if (text.startsWith('−')) expect(text).toMatch(/[1-9]/)
      })
    )
  })

  it('signed figures show a plus, and neither sign before a zero', () => {
    expect([0.42, -0.42, 0.001, -0.001, 0].map(format.imbalance)).toEqual(['+0.42', '−0.42', '0.00', '0.00', '0.00']) // prettier-ignore
    expect(format.change(0.0178)).toBe('+1.78 %')
    expect(format.percent(0.064)).toBe('6 %')
  })

  it('unknown is a dash everywhere', () => {
    const texts = [NaN, Infinity, -Infinity].flatMap((value) => [
      format.decimal(value, 2),
      format.signed(value, 2),
      format.price(perp, ticks(value)),
      format.mid(perp, value),
      format.size(perp, lots(value)),
      format.amount(value),
      format.money(value),
      format.bps(value),
      format.percent(value),
      format.imbalance(value),
      format.change(value),
      format.span(value),
      format.clock(millis(value)),
      format.date(millis(value)),
      format.memory(value)
    ])
    expect(new Set(texts)).toEqual(new Set(['–']))
  })

  it('a price has its tick’s decimals, a mid between ticks one more', () => {
    expect(format.price(perp, ticks(128_501))).toBe('64,250.5')
    expect(format.mid(perp, 128_501)).toBe('64,250.5')
    expect(format.mid(perp, 128_501.5)).toBe('64,250.75')
  })

  it('a size narrows its decimals as it grows, counted after rounding', () => {
    expect([12.345, 123.45, 1234.5, 99.996, 999.96].map((value) => format.amount(value))).toEqual([
      '12.35',
      '123.5',
      '1,235',
      '100.0',
      '1,000'
    ])
    expect(format.size(perp, lots(1_500))).toBe('1.50')
    expect(format.size({ ...perp, size: { decimals: 0, step: 1 } }, lots(7))).toBe('7')
  })

  it('money has three digits and rolls over to the next unit', () => {
    const texts = [0, 950, 999.6, 12_345, 9_999, 999_499, 999_999, 4_560_000, 1.2e9, -25_000].map(
      format.money
    )
    expect(texts).toEqual(
      ['0', '950', '1.00 k', '12.3 k', '10.0 k', '999 k', '1.00 M', '4.56 M', '1.20 B', '−25.0 k'].map(
        (text) => text.replace(' ', '\u00a0')
      )
    )
    expect(format.money(1.2345e13)).toBe('12,345\u00a0B')
  })

  it('memory counts in millions of bytes', () => {
    expect(format.memory(412_300_000)).toBe('412 MB')
  })
})

describe('times as text', () => {
  it('latencies keep two digits below 10 ms', () => {
    const texts = [0.004, 0.081, 0.23, 0.996, 4.16, 9.96, 84, NaN].map(format.latency)
    expect(texts).toEqual(['4 µs', '81 µs', '0.23 ms', '1.0 ms', '4.2 ms', '10 ms', '84 ms', '–'])
  })

  it('spans keep two digits and roll over to the next unit', () => {
    const texts = [
      -5, 0, 84.4, 999.6, 4_200, 9_949, 9_950, 14_000, 59_499, 59_700, 150_000, 3_600_000, 11_000_000
    ]
    expect(texts.map(format.span)).toEqual(
      ['0 ms', '0 ms', '84 ms', '1.0 s', '4.2 s', '9.9 s', '10 s', '14 s', '59 s', '1 min', '2 min', '1 h', '3 h'] // prettier-ignore
    )
  })

  it('clock and date are UTC', () => {
    const at = millis(Date.UTC(2026, 10, 24, 23, 59, 16, 84))
    expect(format.clock(at)).toBe('23:59:16')
    expect(format.clock(at, true)).toBe('23:59:16.084')
    expect(format.date(at)).toBe('2026-11-24 23:59:16')
  })

  it('a number that is no time of the calendar is unknown, never an error', () => {
    fc.assert(
      fc.property(fc.double(), (at) => {
        expect(format.clock(millis(at))).toMatch(/^(–|\d\d:\d\d:\d\d)$/)
        expect(format.date(millis(at))).toMatch(/^(–|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)$/)
      })
    )
  })
})

describe('untrusted text', () => {
  it('cannot turn direction, hide characters or break the line', () => {
    expect(format.plain('BTC\u202eTDSU', 40)).toBe('BTCTDSU')
    expect(format.plain('B\u200bT\ufeffC\u061c', 40)).toBe('BTC')
    expect(format.plain(' a\r\nb\u2028c\u0000d ', 40)).toBe('a  b c d')
  })

  it('is one line of visible characters of at most the length asked for, and cleaning twice is cleaning once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
        const clean = format.plain(text, most)
        expect(clean.length).toBeLessThanOrEqual(most)
        expect(clean).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(format.plain(clean, most)).toBe(clean)
      })
    )
  })

  it('is cut with an ellipsis, never through a character', () => {
    expect(format.plain('abcdef', 6)).toBe('abcdef')
    expect(format.plain('abcdefg', 6)).toBe('abcde…')
    expect(format.plain('abc😀def', 5)).toBe('abc…')
  })
})
