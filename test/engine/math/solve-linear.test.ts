import { expect, test } from 'vitest'
import { solveLinear } from '../../../src-main/engine/math/solve-linear'

test('x + y = 3 and x - y = 1 meet at 2 and 1, and any other right-hand side is solved beside it', () => {
  expect(
    solveLinear(
      [
        [1, 1],
        [1, -1]
      ],
      [
        [3, 0],
        [1, 2]
      ]
    )
  ).toEqual([
    [2, 1],
    [1, -1]
  ])
})

test('a zero on the diagonal is no obstacle', () => {
  expect(
    solveLinear(
      [
        [0, 2],
        [4, 0]
      ],
      [[6], [8]]
    )
  ).toEqual([[2], [3]])
})

test('parallel lines have no answer', () => {
  expect(
    solveLinear(
      [
        [1, 1],
        [2, 2]
      ],
      [[1], [2]]
    )
  ).toEqual([[NaN], [NaN]])
})
