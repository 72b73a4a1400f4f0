import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DepthHistory } from '../../../src-renderer/charts/depth-history'
import type { Pen } from '../../../src-renderer/charts/ink'
import { Axes } from '../../../src-renderer/panels/heatmap/axes'
import { frameOf, windowOf } from '../../../src-renderer/panels/heatmap/frame'
import { perpetual } from '../../support/fake-desk.svelte'
import { pixelCanvas } from '../../support/pixel-canvas'

const instrument = perpetual('sim', 'BTCUSDT')
const [width, height] = [230, 110]
const colours = new Proxy({}, { get: (_, name) => name }) as Pen['colours']

/** Ms that pass, the bid or none new, its size, ticks that the picture is moved by, whether the book is live, the cut-off, and whether a VWAP is drawn. */
const step = fc.tuple(
  fc.constantFrom(20, 33, 700, 6_000),
  fc.constantFrom(undefined, undefined, 97, 100, 103),
  fc.integer({ min: 1, max: 9 }),
  fc.constantFrom(0, 0, 0, 3),
  fc.constantFrom(true, true, true, false),
  fc.constantFrom(9, 9, 9, 5),
  fc.boolean()
)

describe('what stands around the picture', () => {
  it('is, kept and drawn on, what it would be on an empty canvas', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 10 }), fc.constantFrom(1, 231 / 230, 1.25, 2), (steps, ratio) => {
        const [kept, axes, history] = [pixelCanvas(width, height, ratio), new Axes(), new DepthHistory(1)]
        let [now, middle, last] = [1_000_000, 100, 100]
        for (const [passed, bid, lots, moved, live, cut, vwap] of steps) {
          now += passed
          middle += moved
          last = bid ?? last
          const [bids, asks] = [Float64Array.of(last, lots, last - 2, 4), Float64Array.of(last + 1, lots)]
          if (bid !== undefined) history.take({ bids, asks, knownBid: -Infinity, knownAsk: Infinity }, now)
          const frame = frameOf(width, height, [now - 60_000, now], [middle - 10, middle + 10])
          const window = windowOf(frame, history.step)
          const axed = { frame, window, instrument, history, live, cut, mid: live ? last + 0.5 : NaN, named: { micro: true, vwap, average: vwap ? 'AVWAP' : 'VWAP' } }
          const fresh = pixelCanvas(width, height, ratio)
          axes.draw({ ctx: kept.ctx, colours, ratio }, axed)
          new Axes().draw({ ctx: fresh.ctx, colours, ratio }, axed)
          expect(Buffer.from(kept.pixels.buffer).equals(Buffer.from(fresh.pixels.buffer))).toBe(true)
        }
      }),
      { numRuns: 12 }
    )
  }) // prettier-ignore
  it('is left alone while nothing of it looks different, and drawn anew on a cleared canvas', () => {
    const [canvas, axes, history] = [pixelCanvas(width, height), new Axes(), new DepthHistory(1)]
    const book = { bids: Float64Array.of(100, 5), asks: Float64Array.of(101, 5), knownBid: -Infinity, knownAsk: Infinity } // prettier-ignore
    history.take(book, 1_000_000)
    const draw = (now: number) => {
      const frame = frameOf(width, height, [now - 600_000, now], [90, 110])
      const window = windowOf(frame, 1)
      axes.draw({ ctx: canvas.ctx, colours, ratio: 1 }, { frame, window, instrument, history, live: true, cut: 9, mid: 100.5, named: { micro: true, vwap: true, average: 'VWAP' } }) // prettier-ignore
    }
    draw(1_000_000)
    canvas.pixels.fill(0)
    draw(1_000_033)
    expect(canvas.pixels.every((pixel) => pixel === 0)).toBe(true)
    axes.forget()
    draw(1_000_066)
    expect(canvas.pixels.some((pixel) => pixel !== 0)).toBe(true)
  })
})
