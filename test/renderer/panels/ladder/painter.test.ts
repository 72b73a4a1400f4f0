import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LadderDrawing } from '../../../../src-renderer/panels/ladder/drawing'
import { LadderPainter } from '../../../../src-renderer/panels/ladder/painter'
import { ladderOf, seenRows } from '../../../../src-renderer/panels/ladder/picture'
import type { Pen } from '../../../../src-renderer/charts/ink'
import { perpetual, start } from '../../../support/fake-desk.svelte'
import { pixelCanvas } from '../../../support/pixel-canvas'

const instrument = perpetual('sim', 'BTCUSDT')
const [width, height] = [248, 200]
const colours = new Proxy({}, { get: (_, name) => name }) as Pen['colours']

/** What may differ between two pictures that follow each other. */
interface Step {
  readonly bid: number
  readonly sizes: readonly number[]
  readonly above: number
  readonly group: number
  readonly known: number
  readonly trades: number
  readonly dim: boolean
  readonly members: number
}

function drawingOf({ bid, sizes, above, group, known, trades, dim, members }: Step): LadderDrawing {
  const side = (away: -1 | 1) => {
    const first = away < 0 ? bid : bid + 1
    // A size of 0 is no level: an empty price.
    const levels = sizes.flatMap((size, i) => (size > 0 ? [first + away * i, size] : []))
    return Float64Array.from(levels.length > 0 ? levels : [first, 5])
  }
  const [bids, asks] = [side(-1), side(1)]
  const ids = Array.from({ length: members }, (_, i) => `sim:M${i}`)
  const share = (levels: Float64Array) =>
    Float64Array.from({ length: (levels.length / 2) * members }, (_, i) => i % 3)
  const shared = members > 0 ? { members: { ids, bids: share(bids), asks: share(asks) } } : {}
  const edges = { knownBid: bid - known, knownAsk: bid + 1 + known }
  const book = { instrument: instrument.id, at: start, sequence: 1, bids, asks, ...edges, ...shared }
  const ladder = ladderOf(book as never, instrument, group, 400)
  return {
    ...{ ladder, ...seenRows(ladder, above, 8), dim, width, height },
    traded: ({ price }) => [((price + trades) % 4) * 700, (price % 3) * trades],
    members: ids.map((code, i) => ({ code, live: i !== 1 }))
  }
}

/** Mostly what stood before, as in a real book: only so do cells stay. */
const usually = <T>(value: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, other)
const steps = fc.array(
  fc.record<Step>({
    bid: fc.integer({ min: 998, max: 1_001 }),
    // From a dot to a figure wider than its cell, and a wall.
    sizes: fc.array(usually(4_000, fc.constantFrom(0, 1, 120_000, 99_999_999_000)), {
      minLength: 7,
      maxLength: 7
    }),
    above: usually(4, fc.integer({ min: -1, max: 9 })),
    group: usually(1, fc.constantFrom(2, 5)),
    known: usually(20, fc.integer({ min: 1, max: 5 })),
    trades: usually(1, fc.constant(900)),
    dim: usually<boolean>(false, fc.constant(true)),
    members: usually(0, fc.constantFrom(1, 2, 9))
  }),
  { minLength: 2, maxLength: 8 }
)

describe('a ladder drawn over another one', () => {
  it('shows what it would on an empty canvas, whatever stood there', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 249 / 248, 1.25, 2), (all, ratio) => {
        const [kept, painter] = [pixelCanvas(width, height, ratio), new LadderPainter()]
        for (const step of all) {
          const fresh = pixelCanvas(width, height, ratio)
          painter.paint({ ctx: kept.ctx, colours, ratio }, drawingOf(step))
          new LadderPainter().paint({ ctx: fresh.ctx, colours, ratio }, drawingOf(step))
          expect(Buffer.from(kept.pixels.buffer).equals(Buffer.from(fresh.pixels.buffer))).toBe(true)
        }
      }),
      { numRuns: 12 }
    )
  })

  it('draws nothing but the cells that look different', () => {
    const step: Step = {
      bid: 1_000,
      sizes: [4_000, 4_000, 4_000],
      above: 4,
      group: 1,
      known: 20,
      trades: 1,
      dim: false,
      members: 0
    }
    const [{ ctx }, painter] = [pixelCanvas(width, height), new LadderPainter()]
    const texts: string[] = []
    ctx.fillText = (text: string) => void texts.push(text)
    painter.paint({ ctx, colours, ratio: 1 }, drawingOf(step))
    texts.length = 0
    painter.paint({ ctx, colours, ratio: 1 }, drawingOf(step))
    expect(texts).toEqual([])
    painter.paint({ ctx, colours, ratio: 1 }, drawingOf({ ...step, sizes: [4_000, 4_000, 7_000] }))
    // The third bid and ask, and the sums from there on; bars have one scale.
    expect(texts.join('')).not.toContain('spread')
    expect(texts.filter((text) => text === '7')).toHaveLength(2)
  })
})
