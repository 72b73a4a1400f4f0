import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Colours } from '../../../src-renderer/charts/theme'
import { drawGaps } from '../../../src-renderer/charts/time-plot'
import { fakeCanvas } from '../../support/fake-canvas'

let canvas: ReturnType<typeof fakeCanvas>
beforeEach(() => {
  canvas = fakeCanvas()
})
afterEach(() => {
  canvas.restore()
})

const gap = (from: number, to: number, cause: string) => ({
  ...{ from, to, began: from, lengthMs: to - from, open: false, cause }
})
function drawn(...gaps: readonly ReturnType<typeof gap>[]): readonly string[] {
  const ctx = document.createElement('canvas').getContext('2d')!
  const colours = { warn: 'w', text: 't', bg: 'b' } as Colours
  const frame = { left: 0, right: 600, top: 0, bottom: 100, x: (at: number) => at / 100 }
  drawGaps({ ctx, colours, ratio: 1 }, frame, gaps, true)
  return canvas.texts
}

test('a gap is named with its cause and length', () => {
  expect(drawn(gap(30_000, 32_000, 'resync'))).toEqual(['resync', '2.0 s'])
})

test('names of gaps near one another do not lie on one another', () => {
  expect(drawn(gap(20_000, 21_000, 'no book'), gap(23_000, 24_000, 'late'))).toEqual(['no book', '1.0 s'])
  canvas.clear()
  expect(drawn(gap(10_000, 11_000, 'no book'), gap(40_000, 41_000, 'late'))).toHaveLength(4)
})

test('a name is never cut off, and never under the hatching of the gap beside it', () => {
  const [long, near] = [gap(0, 1_200, 'connecting'), gap(1_500, 1_600, 'late')]
  const ctx = document.createElement('canvas').getContext('2d')!
  const order: string[] = []
  let width = 0
  let left = NaN
  const watched = new Proxy(ctx, {
    get: (own, name) => {
      if (name === 'stroke') return () => order.push('hatch')
      if (name === 'fillText') return (text: string) => order.push(text)
      if (name === 'roundRect')
        return (x: number, _y: number, wide: number) => {
          left = x
          width = wide
        }
      return Reflect.get(own, name) as unknown
    },
    set: (own, name, value) => Reflect.set(own, name, value)
  })
  const colours = { warn: 'w', text: 't', bg: 'b' } as Colours
  const frame = { left: 10, right: 600, top: 0, bottom: 100, x: (at: number) => 10 + at / 100 }
  drawGaps({ ctx: watched, colours, ratio: 1 }, frame, [long, near], true)
  expect(order).toEqual(['hatch', 'hatch', 'connecting', '1.2 s'])
  expect(left).toBeGreaterThanOrEqual(10)
  expect(width).toBeGreaterThan(6 * 'connecting1.2 s'.length)
})
