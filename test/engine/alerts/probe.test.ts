import { expect, test } from 'vitest'
import { Probe } from '../../../src-main/engine/alert-desk/probe'
import { metrics } from '../../../src-main/engine/metrics'
import type { Signs } from '../../../src-main/engine/metrics/signs'
import { columnsOf } from '../../../src-shared/contract/catalogue'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Rule } from '../../../src-shared/rule'
import { millis } from '../../../src-shared/units'
import { plainRule } from '../../support/plain-rule'

const columns = columnsOf(metrics.map(({ spec }) => spec))
const id = 'sim:BTC-PERP'
const place = columns.findIndex(({ metric, field }) => metric === 'imbalance' && field === 'bps10')

function feed(probe: Probe, from: number, to: number, value: number, live = true): void {
  for (let at = from; at < to; at += 100) {
    const row = new Float64Array(sampleHeadLength + columns.length).fill(NaN)
    row[sampleHead.at] = at
    row[sampleHead.heardAt] = at
    row[sampleHeadLength + place] = value
    probe.see({ instrument: { id, simulated: true }, row, live, mono: at, at: millis(at) })
    probe.judge(at)
  }
}
const states = (probe: Probe) =>
  probe.read(millis(0)).conditions.map(({ path, side, state, why }) => `${path} ${side} ${state}${why}`)
const rule = plainRule({ side: 'bid', when: { kind: 'not', of: plainRule().when } })
const probeOf = (it = rule) => new Probe({ rule: it, instrument: id }, { columns, learned: [], scope: [id] })

test('each part of a condition says whether it is true, and unknown says why', () => {
  const probe = probeOf()
  expect(states(probe)[0]).toBe('when.of bid unknownnothing is heard of this instrument')
  feed(probe, 0, 3_000, 0.7)
  expect(states(probe)[0]).toBe('when.of bid unknownwarming up, 2 of 5 s after it came live')
  feed(probe, 3_000, 6_000, 0.7)
  expect(states(probe)).toEqual(['when.of bid true', 'when bid false'])
  feed(probe, 6_000, 7_000, 0.5)
  expect(states(probe)).toEqual(['when.of bid between', 'when bid between'])
  feed(probe, 7_000, 7_200, 0.5, false)
  expect(states(probe)[0]).toBe('when.of bid unknownthe book is not live')
  expect(states(probe)[1]).toContain('a part of it is unknown')
})

test('a history is young: for how long it was seen, and that its settings count', () => {
  const when = { ...plainRule().when, by: 'percentile', on: 99.5, off: 95 } as Rule['when']
  const wish = { rule: plainRule({ side: 'bid', when }), instrument: id }
  const why = (signs: Signs) => {
    const probe = new Probe(wish, { columns, learned: [], scope: [id], signs })
    feed(probe, 0, 130_000, 0.1)
    return probe.read(millis(0)).conditions[0]!.why
  }
  expect(why(() => '')).toBe('own history young: 2 of 30 min seen')
  expect(why(() => 'a1')).toBe('own history young: 2 of 30 min seen with the settings it has now')
})

test('each side has levels of its own sign', () => {
  const probe = probeOf(plainRule())
  feed(probe, 0, 6_000, 0.7)
  expect(probe.read(millis(0)).conditions.map(({ side, on, off }) => [side, on, off])).toEqual([
    ['bid', 0.6, 0.35],
    ['ask', -0.6, -0.35]
  ])
})

test('a figure that is not known here is a fault, not a crash', () => {
  expect(probeOf(plainRule({ metric: 'gone' })).read(millis(0)).fault).toContain('gone')
})
