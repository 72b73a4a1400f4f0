import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DepthHistory } from '../../../src-renderer/charts/depth-history'
import { frameOf, windowOf } from '../../../src-renderer/panels/heatmap/frame'
import { HeatLayer } from '../../../src-renderer/panels/heatmap/heat-layer'

/** Keeps what is put on it. */
class Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint32Array
  constructor(width: number, height: number) {
    this.width = width
    this.height = height
    this.pixels = new Uint32Array(width * height)
  }
  getContext() {
    return { canvas: this, putImageData: this.#put.bind(this) }
  }
  #put(
    { data }: { data: Uint8ClampedArray },
    _x: number,
    _y: number,
    left: number,
    _top: number,
    wide: number
  ) {
    const from = new Uint32Array(data.buffer)
    for (let y = 0; y < this.height; y++)
      for (let x = left; x < left + wide; x++) this.pixels[y * this.width + x] = from[y * this.width + x]!
  }
}

class FakeImage {
  readonly data: Uint8ClampedArray
  constructor(data: Uint8ClampedArray) {
    this.data = data
  }
}

describe('the coloured picture', () => {
  beforeEach(() => {
    vi.stubGlobal('OffscreenCanvas', Picture)
    vi.stubGlobal('ImageData', FakeImage)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('is, painted on and on, what it would be painted as a whole', () => {
    const table = Uint32Array.from({ length: 0x8000 }, (_, code) => code + 1)
    // Ms that pass, the bid, its size, and ticks that the picture is moved by.
    const step = fc.tuple(fc.constantFrom(33, 33, 200, 700, 3_000), fc.integer({ min: 95, max: 105 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 0, 0, 3)) // prettier-ignore
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 30 }), (steps) => {
        const [history, kept] = [new DepthHistory(1), new HeatLayer()]
        let [now, middle] = [1_000_000, 100]
        for (const [passed, bid, lots, moved] of steps) {
          now += passed
          middle += moved
          const [bids, asks] = [Float64Array.of(bid, lots, bid - 2, 4), Float64Array.of(bid + 1, lots)]
          history.take({ bids, asks, knownBid: -Infinity, knownAsk: Infinity }, now)
          const frame = frameOf(180, 80, [now - 10_000, now], [middle - 10, middle + 10])
          const window = windowOf(frame, history.step)
          const [one, whole] = [kept, new HeatLayer()].map((layer) => {
            layer.gather(history, window)
            return layer.paint(frame, history, [40, 30], table) as unknown as Picture
          })
          expect(one!.pixels).toEqual(whole!.pixels)
        }
      }),
      { numRuns: 12 }
    )
  })
})
