import { expect, test } from 'vitest'
import { worldsOf } from './worlds'

test('worlds are asked for one by one, or from the first to the last of them', () => {
  expect(worldsOf('21-28')).toEqual([21, 22, 23, 24, 25, 26, 27, 28])
  expect(worldsOf('1-3, 7')).toEqual([1, 2, 3, 7])
})

test.each(['', '28-21', '1..8', 'all', '1-99999999'])('"%s" asks for no world, and is refused', (text) => {
  expect(() => worldsOf(text)).toThrow('STEELYARD_WORLDS')
})
