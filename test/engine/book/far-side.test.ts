import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Levels } from '../../../src-main/engine/book/changes'
import { FarSide } from '../../../src-main/engine/book/far-side'
import type { LevelListener } from '../../../src-main/engine/book/level-side'
import { SortedSide } from '../../../src-main/engine/book/sorted-side'

/** What a listener was told, and what was put: in the order of keys, which is nobody's promise within one message. */
class Ear implements LevelListener {
  floor = -Infinity
  readonly told: string[] = []
  changed(key: number, before: number, size: number): void {
    this.told.push(`${key} ${before} ${size}`)
  }
  forgot(): void {
    this.told.push('forgot')
  }
}

const levelsOf = (rows: readonly (readonly [number, number])[]): Levels => {
  const levels = new Levels(4)
  for (const [price, size] of rows) levels.push(price, size)
  return levels
}

const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 3 })), {
  maxLength: 20
})
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('apply' as const), rows }) },
  fc.record({ kind: fc.constantFrom('drop', 'take', 'look', 'clear', 'rescale', 'between'), n: fc.nat(30) })
)

test.each([1, -1] as const)(
  'far levels are what a sorted side holds, whatever is asked when (side %d)',
  (sign) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const most = 40
        const [far, sorted] = [new FarSide(sign, most), new SortedSide(sign, most)]
        const [heard, expected] = [new Ear(), new Ear()]
        for (const it of steps) {
          if (it.kind === 'apply') {
            const [one, other] = [levelsOf(it.rows), levelsOf(it.rows)]
            far.apply(one, heard)
            sorted.apply(other, expected)
            expect([...one.before.subarray(0, one.count)]).toEqual([...other.before.subarray(0, other.count)])
          } else if (it.kind === 'drop') {
            const n = Math.min(it.n, sorted.count)
            far.dropWorst(n, heard)
            sorted.dropWorst(n, expected)
          } else if (it.kind === 'take') {
            const [one, other] = [new Levels(4), new Levels(4)]
            far.takeDownTo(sign * it.n, one)
            sorted.takeDownTo(sign * it.n, other)
            expect([...one.price.subarray(0, one.count)]).toEqual([...other.price.subarray(0, other.count)])
          } else if (it.kind === 'look') {
            expect([far.price(it.n), far.size(it.n)]).toEqual([sorted.price(it.n), sorted.size(it.n)])
          } else if (it.kind === 'rescale') {
            far.rescale(1, 2)
            sorted.rescale(1, 2)
          } else if (it.kind === 'between') {
            const [one, other]: [string[], string[]] = [[], []]
            const [from, to] = [sign * it.n, sign * it.n + 10]
            far.putBetween(from, to, { put: (key, lots) => one.push(`${key} ${lots}`) })
            sorted.putBetween(from, to, { put: (key, lots) => other.push(`${key} ${lots}`) })
            expect(one).toEqual(other)
          } else {
            far.clear()
            sorted.clear()
          }
          expect([far.count, far.at(it.kind === 'apply' ? 7 : it.n)]).toEqual([sorted.count, sorted.at(it.kind === 'apply' ? 7 : it.n)]) // prettier-ignore
          expect(heard.told).toEqual(expected.told)
        }
      }),
      { numRuns: 300 }
    )
  }
)
