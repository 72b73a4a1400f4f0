import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fields } from '../../../src-main/engine/scan/fields'
import { Scanner } from '../../../src-main/engine/scan/scanner'
import { bytesOf } from '../../support/recording-sink'

// As JSON tells it: without minus zero.
const value = fc.jsonValue({ maxDepth: 4 }).map((json): unknown => JSON.parse(JSON.stringify(json)))
const spaced = fc.constantFrom(undefined, 1, '\t')

/** Whether the scanner passes the text as one value, to its last byte. */
const passes = (scan: Scanner, text: string) => scan.load(bytesOf(text)).skip() && scan.atEnd()

describe('a value that is passed', () => {
  it('ends where its JSON ends, with white space or without', () => {
    const scan = new Scanner()
    fc.assert(
      fc.property(value, spaced, (json, space) => passes(scan, JSON.stringify(json, undefined, space)))
    )
  })

  it('and was cut is refused', () => {
    const scan = new Scanner()
    const cut = fc.tuple(value, fc.nat()).map(([json, at]) => {
      const text = JSON.stringify([json])
      return text.slice(0, at % text.length)
    })
    fc.assert(fc.property(cut, (text) => !passes(scan, text)))
  })

  it.each([
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '{"a"}',
    '{1:2}',
    '[1}',
    '{"a":1]',
    '["a" "b"]',
    '[tru]',
    '"a\n"',
    '"\\q"',
    '{"check\\um":1}',
    '"\\u12g4"',
    '"\\u12"',
    '[[]'
  ])('%s is refused', (text) => {
    expect(passes(new Scanner(), text)).toBe(false)
  })

  it('nested deeper than any venue sends is refused', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect([32, 33].map((depth) => passes(new Scanner(), nested(depth)))).toEqual([true, false])
  })

  it('is not known from the text before', () => {
    const scan = new Scanner()
    expect(passes(scan, '[[1,2],[3,4]]')).toBe(true)
    expect(passes(scan, '[[1,2],[3,4}]')).toBe(false)
    expect(passes(scan, '[[1,2,5],[3]]')).toBe(true)
  })

  it('passed once more, or entered and passed in parts, ends at the same byte', () => {
    fc.assert(
      fc.property(fc.array(value), (items) => {
        const scan = new Scanner().load(bytesOf(JSON.stringify(items)))
        scan.skip()
        const end = scan.at
        scan.at = 0
        scan.enterArray()
        while (scan.nextItem()) scan.skip()
        expect([scan.failed(), scan.at]).toEqual([false, end])
      })
    )
  })
})

describe('the keys of an object', () => {
  const names = ['bids', 'asks', 'u', 'bid'] as const
  const fields = new Fields(names)
  const object = fc.dictionary(fc.constantFrom(...names, 'x', 'as"k', ''), value)

  it('are noted in any order, with white space or without, after any other object', () => {
    fc.assert(
      fc.property(object, spaced, (json, space) => {
        const scan = new Scanner().load(bytesOf(JSON.stringify(json, undefined, space)))
        fields.clear()
        fields.collect(scan)
        expect(scan.atEnd() && !scan.failed()).toBe(true)
        for (const name of names) {
          const field = fields.index(name)
          expect(fields.has(field)).toBe(Object.hasOwn(json, name))
          if (!fields.has(field) || !fields.seek(field, scan)) continue
          const from = scan.at
          scan.skip()
          expect(JSON.parse(Buffer.from(scan.bytes.subarray(from, scan.at)).toString())).toEqual(json[name])
        }
      })
    )
  })
})

describe('a figure', () => {
  it('is the double that its text names', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), (n, quoted) => {
        const text = Math.abs(n) < 1e-6 || Math.abs(n) > 1e20 ? n.toFixed(9).slice(0, 30) : String(n)
        const written = quoted ? `"${text}"` : `${text},`
        expect(new Scanner().load(bytesOf(written)).figure()).toBe(Number(text))
      })
    )
  })
})
