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
