import { expect, test } from 'vitest'
import { oddIn } from '../../src-main/study/capture/odd-field'
import { diff, quote, trade } from '../support/binance-tape'

const said = (message: object): string | undefined => oddIn(Buffer.from(JSON.stringify(message)))
/** The message with its text changed. */
const changed = (message: object, from: string, to: string): string | undefined =>
  oddIn(Buffer.from(JSON.stringify(message).replace(from, to)))

const change = diff(8, 9, [['100.00', '9'], ['99.99', '1']], [['100.01', '4']]) // prettier-ignore

test('a sound message has nothing odd', () => {
  for (const sound of [change, quote(1, ['1', '2'], ['3', '0']), trade(1, 'buy', '1.5', '2')])
    expect(said(sound)).toBeUndefined()
})

test.each([
  ['"1"', '"-1"', '"b", level 2: size is below zero: "-1"'],
  ['"99.99"', '"cheap"', '"b", level 2: price is no number: "cheap"'],
  ['"99.99"', '0', '"b", level 2: price is zero: 0'],
  ['["100.01","4"]', '["100.01"]', '"a", level 1: no price and size: ["100.01"]'],
  ['["100.01","4"]', '7', '"a", level 1: no level: 7'],
  ['"u":9', '"u":9.5', '"u" is no whole number: 9.5'],
  ['"U":8,', '', '"U" is missing']
])('a change of the book with %s made %s tells its field and what stands there', (from, to, words) => {
  expect(changed(change, from, to)).toBe(words)
})

test('a trade, a quote and levels that are objects tell theirs too', () => {
  expect(changed(trade(1, 'buy', '1.5', '2'), '"q":"2"', '"q":"-2"')).toBe('"q" is below zero: "-2"')
  expect(changed(quote(1, ['1', '2'], ['3', '4']), '"A":"4"', '"A":null')).toBe('"A" is no number: null')
  expect(said({ bids: [{ px: '1', sz: '-3' }] })).toBe('"bids", level 1: sz is below zero: "-3"')
  expect(said({ bids: [['change', 5, -3]] })).toBe('"bids", level 1: size is below zero: -3')
})

test('what is cut off says after what', () => {
  expect(oddIn(Buffer.from('{"e":"depthUpdate",'))).toBe('it is cut off after {"e":"depthUpdate",')
})
