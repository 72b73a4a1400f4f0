import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placed, smallest } from '../../../src-main/desktop/bounds'
import type { WindowBounds } from '../../../src-main/store/window-bounds'

const left = { x: 0, y: 0, width: 1920, height: 1080 }
const right = { x: 1920, y: 0, width: 1920, height: 1080 }
const at = (x: number, y: number, width = 1440, height = 900): WindowBounds => ({
  version: 1,
  x,
  y,
  width,
  height,
  maximised: false
})

test('a window that is on a display opens where it stood', () => {
  expect(placed(at(100, 50), [left])).toEqual({ x: 100, y: 50, width: 1440, height: 900 })
})

test('a window on a second display stays there', () => {
  expect(placed(at(2000, 50), [left, right])).toEqual({ x: 2000, y: 50, width: 1440, height: 900 })
})

test('a window whose display is gone opens in the middle of the first', () => {
  expect(placed(at(2000, 50), [left])).toEqual({ x: 240, y: 90, width: 1440, height: 900 })
})

test('a window whose title bar would be above the display is brought back', () => {
  expect(placed(at(100, -40), [left])).toEqual({ x: 240, y: 90, width: 1440, height: 900 })
})

test('the first window opens in the middle', () => {
  expect(placed({ version: 1, width: 1440, height: 900, maximised: false }, [left])).toMatchObject({
    x: 240,
    y: 90
  })
})

test('a window larger than its display shrinks to it', () => {
  expect(placed(at(0, 0, 4000, 3000), [left])).toEqual({ x: 0, y: 0, width: 1920, height: 1080 })
})

test('a window too wide for the display its far end reaches is judged by the size it will have', () => {
  expect(placed(at(-3000, 50, 5000), [left])).toEqual({ x: 0, y: 90, width: 1920, height: 900 })
})

test('wherever it was, enough of its top can be seen and grabbed', () => {
  const place = fc.integer({ min: -100_000, max: 100_000 })
  fc.assert(
    fc.property(place, place, place, place, (x, y, width, height) => {
      const found = placed(at(x, y, width, height), [left, right])
      expect(found.width).toBeGreaterThanOrEqual(smallest.width)
      expect(found.height).toBeGreaterThanOrEqual(smallest.height)
      const seen = Math.min(found.x! + found.width!, 3840) - Math.max(found.x!, 0)
      expect(seen).toBeGreaterThanOrEqual(120)
      expect(found.y).toBeGreaterThanOrEqual(0)
      expect(found.y).toBeLessThanOrEqual(1080 - 32)
    }),
    { numRuns: 2_000 }
  )
})
