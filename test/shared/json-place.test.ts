import { expect, test } from 'vitest'
import { jsonLine } from '../../src-shared/json-place'

test('the line at which a text stops being JSON, in the words of several engines', () => {
  const text = '{\n  "version": 2,\n  "rules": [ oops ]\n}'
  expect(jsonLine(text, 'Unexpected token o in JSON at position 30')).toBe(3)
  expect(jsonLine(text, `Unexpected token 'o', ..."ules": [ oops ]\n}" is not valid JSON`)).toBe(3)
  expect(jsonLine('{\n"a": 1,\n', 'Unexpected end of JSON input')).toBe(3)
  expect(jsonLine('x\n', `Unexpected token 'x', "x\n" is not valid JSON`)).toBe(1)
  expect(jsonLine('', 'something else')).toBeUndefined()
})

test('a quote that stands there twice names no line', () => {
  expect(jsonLine('[,\n[,', `Unexpected token ',', "[," is not valid JSON`)).toBeUndefined()
})
