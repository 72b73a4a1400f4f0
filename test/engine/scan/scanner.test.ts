import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Scanner } from '../../../src-main/engine/scan/scanner'
import type { Grid } from '../../../src-shared/instrument'
import { bytesOf } from '../../support/recording-sink'

const cents: Grid = { decimals: 2, step: 1 }
const scanning = (text: string) => new Scanner().load(bytesOf(text))

/** The point of the grid a text names, by big integers; undefined when it lies between points. */
function reference(text: string, { decimals, step }: Grid): bigint | undefined {
  const [whole = '', fraction = ''] = text.split('.')
  const scaled = BigInt(whole + fraction.padEnd(20, '0'))
  const unit = BigInt(step) * 10n ** BigInt(20 - decimals)
  return scaled % unit === 0n ? scaled / unit : undefined
}

/** Whether no double holds the number exactly, counted in the grid's last decimal or, off the grid, in its own. Twos are free: they are the exponent. */
function isTooFine(text: string, { decimals }: Grid): boolean {
  const [whole = '', fraction = ''] = text.split('.')
  const own = fraction.replace(/0+$/, '')
  if (own.length > decimals) return BigInt(whole + own) > 2n ** 53n - 1n
  const written = fraction.slice(0, decimals)
  return BigInt(whole + written) * 5n ** BigInt(decimals - written.length) > 2n ** 53n - 1n
}

describe('a decimal', () => {
  test.each([
    ['"61837.63"', 6183763],
    ['"61837.63000000"', 6183763],
    ['"0.00"', 0],
    ['"7"', 700],
    ['7.5,', 750],
    ['"1e5"', 10_000_000],
    ['7e-2,', 7],
    ['1.250E+1]', 1250],
    ['0e-9,', 0],
    ['90071992547409.91]', 9007199254740991]
  ])('%s on a grid of cents is %d', (text, cents_) => {
    expect(scanning(text).decimal(cents)).toBe(cents_)
  })

  test.each([
    '"-1"',
    '"+1"',
    '"1e"',
    '"e5"',
    '"1.e5"',
    '"1e400"',
    '1e15,',
    '""',
    '"NaN"',
    '"Infinity"',
    '"1."',
    '".5"',
    '"1,2"',
    'null',
    '"1.2',
    '1.2'
  ])('%s is refused', (text) => {
    const scan = scanning(text)
    expect(scan.decimal(cents)).toBeNaN()
    expect(scan.failed()).toBe(true)
  })

  it.each(['"90071992547409.92"', '"9007199254740993"'])('%s, which no double holds, is refused', (text) => {
    const scan = scanning(text)
    scan.decimal(cents)
    expect(scan.failed()).toBe(true)
  })

  it('past 2^53 is read where it is exact all the same', () => {
    expect(scanning('"452338153.08"').decimal({ decimals: 8, step: 1 })).toBe(45_233_815_308_000_000)
  })

  it('beyond 2^53 keeps every digit where all are asked for', () => {
    expect(scanning('900719925474099401,').bigWhole()).toBe(900719925474099401n)
    const quoted = scanning(' "18446744073709551616",17]')
    expect([quoted.bigWhole(), quoted.comma(), quoted.bigWhole()]).toEqual([18446744073709551616n, true, 17n])
    for (const text of ['"-1"', '"9007199254740993', '1.5', '""', `${'9'.repeat(400)},`]) {
      const scan = scanning(text)
      expect([scan.bigWhole(), scan.failed()]).toEqual([undefined, true])
    }
  })

  it('finer than the grid says so, and what it was', () => {
    const scan = scanning('"1.23400"')
    expect(scan.decimal(cents)).toBeNaN()
    expect(scan.failed()).toBe(false)
    expect([scan.text(), scan.offGridDecimals]).toEqual(['1.23400', 3])
  })

  it('with an exponent, finer than the grid, says what it was', () => {
    const scan = scanning('1.5E-7,')
    expect(scan.decimal(cents)).toBeNaN()
    expect([scan.failed(), scan.text(), scan.offGridDecimals]).toEqual([false, '1.5E-7', 8])
  })

  test.each([
    ['-1.20,', -120],
    ['"-1.20"', -120],
    ['1.20,', 120],
    ['-0,', 0],
    ['-7e-2]', -7]
  ])('%s, where signs are expected, is %d', (text, n) => {
    const scan = scanning(text)
    expect(scan.signedDecimal(cents)).toBe(n)
    expect(scan.failed()).toBe(false)
  })

  it('so fine that a grid for it could hold nothing else is refused', () => {
    const scan = scanning('"61837.123456789012345"')
    scan.decimal(cents)
    expect(scan.failed()).toBe(true)
  })

  it('between the steps of a coarse grid is off it', () => {
    const halves = { decimals: 1, step: 5 }
    expect(scanning('"100.5"').decimal(halves)).toBe(201)
    const scan = scanning('"100.3"')
    expect(scan.decimal(halves)).toBeNaN()
    expect([scan.failed(), scan.text()]).toEqual([false, '100.3'])
  })

  it('equals big-integer arithmetic, quoted or bare', () => {
    const grid = fc.record({ decimals: fc.nat(8), step: fc.constantFrom(1, 2, 5, 25) })
    const text = fc
      .tuple(fc.bigInt(0n, 99_999_999n), fc.stringMatching(/^\d{0,10}$/))
      .map(([whole, fraction]) => (fraction ? `${whole}.${fraction}` : `${whole}`))
    fc.assert(
      fc.property(text, grid, fc.boolean(), (written, on, quoted) => {
        const scan = scanning(quoted ? `"${written}"` : `${written},`)
        const n = scan.decimal(on)
        const expected = reference(written, on)
        if (isTooFine(written, on)) expect(scan.failed()).toBe(true)
        else if (expected === undefined) expect([n, scan.text()]).toEqual([NaN, written])
        else expect(BigInt(n)).toBe(expected)
      }),
      { numRuns: 2000 }
    )
  })
})

describe('a whole number', () => {
  test.each([
    ['9007199254740991,', 9007199254740991],
    ['"50093239189"', 50093239189],
    ['9007199254740993,', NaN]
  ])('%s is %d', (text, n) => {
    const scan = scanning(text)
    expect(scan.whole()).toBe(n)
    expect(scan.failed()).toBe(false)
  })

  test.each(['-1,', '1.5,', '1e3,', 'null,'])('%s is refused', (text) => {
    const scan = scanning(text)
    scan.whole()
    expect(scan.failed()).toBe(true)
  })
})

describe('any value', () => {
  it('is passed to its last byte', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const scan = scanning(JSON.stringify(value))
        expect(scan.skip() && scan.atEnd()).toBe(true)
      })
    )
  })

  test.each(['[1,]', '{"a":1,}', '{"a"}', '[1 2]', '{,}', 'tru', '"open', '[[1]', '['.repeat(100)])(
    '%s is refused',
    (text) => {
      const scan = scanning(text)
      scan.skip()
      expect(scan.failed()).toBe(true)
    }
  )
})
