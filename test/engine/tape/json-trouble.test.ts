import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonTrouble } from '../../../src-main/engine/tape/json-trouble'

test('a message that ends before it is whole is cut off, wherever that is', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (value, share) => {
        const text = JSON.stringify(value)
        expect(jsonTrouble(text)).toBeUndefined()
        const cut = text.slice(0, 1 + Math.floor(share * (text.length - 1.001)))
        expect(jsonTrouble(cut)).toBe(`it is cut off after ${cut.length > 32 ? `…${cut.slice(-32)}` : cut}`)
      }
    )
  )
})

test('what is closed and still no JSON is shown by its beginning', () => {
  expect(jsonTrouble('{"a":1}}')).toBe('it is no JSON: {"a":1}}')
  expect(jsonTrouble('Bad Gateway, please try again in a minute')).toBe(
    'it is no JSON: Bad Gateway, please try again in…'
  )
  expect(jsonTrouble('')).toBe('it is empty')
})
