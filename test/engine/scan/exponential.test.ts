import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { exponential, plainText, readExponential } from '../../../src-main/engine/scan/exponential'
import { bytesOf } from '../../support/recording-sink'

test.each([
  ['7e-7', '0.0000007'],
  ['1.5E-8', '0.000000015'],
  ['1.25e+3', '1250'],
  ['-1.25e1', '-12.5'],
  ['0e5', '0'],
  ['12.5', '12.5'],
  ['word', 'word']
])('%s written plainly is %s', (text, plain) => {
  expect(plainText(text)).toBe(plain)
})

it('digits and scale are those of the plain text', () => {
  fc.assert(
    fc.property(fc.nat(99_999_999), fc.nat(6), fc.integer({ min: -9, max: 6 }), (digits, point, exponent) => {
      const mantissa = String(digits).padStart(point + 1, '0')
      const whole = mantissa.slice(0, mantissa.length - point)
      const text = point === 0 ? `${whole}e${exponent}` : `${whole}.${mantissa.slice(-point)}e${exponent}`
      expect(readExponential(bytesOf(`${text},`), 0)).toBe(true)
      expect(exponential.end).toBe(text.length)
      const [before = '', after = ''] = plainText(text).split('.')
      const fraction = after.replace(/0+$/, '')
      expect(BigInt(before + fraction)).toBe(BigInt(exponential.digits))
      expect(exponential.digits === 0 ? 0 : fraction.length).toBe(exponential.scale)
    })
  )
})
