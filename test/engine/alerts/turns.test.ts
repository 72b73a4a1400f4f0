import { afterEach, expect, test, vi } from 'vitest'
import { FigureLeaf } from '../../../src-main/engine/alerts/leaves/figure'
import { Judge } from '../../../src-main/engine/alerts/judge'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { columns, figure, ruleOf, wall } from './bench'

afterEach(() => {
  vi.restoreAllMocks()
})

/** 20 rules on 10 instruments, 200 machines, whose levels come from histories. */
const instruments = Array.from({ length: 10 }, (_, n) => ({ id: `sim:${n}`, simulated: true }))
const rules = Array.from({ length: 20 }, (_, n) =>
  ruleOf(figure({ by: 'percentile', on: 90 + n / 3, off: 50 }), { id: `r${n}`, minMs: 3_600_000 })
)

test('of hundreds of machines only a few take their levels anew in one sample, also at the start and when the learning ends', () => {
  const judge = new Judge(columns)
  judge.configure(rules, [{ id: 'w', name: 'W', instruments: instruments.map(({ id }) => id) }])
  const renewed = vi.spyOn(FigureLeaf.prototype, 'refresh')
  const row = new Float64Array(sampleHeadLength + columns.length)
  let before = 0
  let most = 0
  const run = (from: number, to: number, step: number): void => {
    for (let mono = from; mono < to; mono += step) {
      row[sampleHead.heardAt] = wall + mono
      row.set([1_000, Math.sin(mono / 7_000) / 2, 0], sampleHeadLength)
      for (const instrument of instruments)
        judge.see({ instrument, row, live: true, mono, at: millis(wall + mono) })
      judge.decide()
      most = Math.max(most, renewed.mock.calls.length - before)
      before = renewed.mock.calls.length
    }
  }
  run(0, 20_000, 100)
  // While they learn, every 5 s: 4 a sample if they were spread evenly.
  expect(most).toBeLessThan(20)
  // Learned in quick motion, in whole seconds: their turns lie apart again once the learning is over.
  run(20_000, 1_800_000, 1_000)
  run(1_800_000, 1_812_000, 100)
  most = 0
  const begun = before
  run(1_812_000, 1_972_000, 100)
  expect(most).toBeLessThan(20)
  // All have had their turn since.
  expect(before - begun).toBeGreaterThan(200)
})
