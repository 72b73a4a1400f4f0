import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Judge } from '../../../src-main/engine/alerts/judge'
import type { Alert } from '../../../src-shared/alert'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Rule } from '../../../src-shared/rule'
import { millis } from '../../../src-shared/units'
import { plainRule } from '../../support/plain-rule'

const columns = [
  { metric: 'price', field: 'mid' },
  { metric: 'imbalance', field: 'bps10' }
]
const wall = 1_800_000_000_000
const a = { id: 'sim:A', simulated: true }
const b = { id: 'sim:B', simulated: true }

const rule = plainRule()
const list = (instruments: string[]) => [{ id: 'w', name: 'W', instruments }]

/** A judge fed ten samples a second, whose alerts pile up. */
class Bench {
  readonly judge = new Judge(columns)
  readonly alerts: Alert[] = []
  mono = 0

  constructor(rules: readonly Rule[] = [rule], instruments = [a.id]) {
    this.judge.configure(rules, list(instruments))
  }

  feed(forMs: number, value: number, { instrument = a, live = true } = {}): this {
    for (const until = this.mono + forMs; this.mono < until; this.mono += 100) {
      const row = new Float64Array(sampleHeadLength + columns.length)
      row[sampleHead.heardAt] = wall + this.mono
      row[sampleHeadLength] = 1_000
      row[sampleHeadLength + 1] = value
      const sighting = { instrument, row, live, mono: this.mono, at: millis(wall + this.mono) }
      this.alerts.push(...this.judge.judge(sighting))
    }
    return this
  }

  get said(): string[] {
    return this.alerts.map(({ notice, side }) => `${notice} ${side}`)
  }
}

const watchedBy = (judge: Judge) => [...new Set([...judge.needs].map(([instrument]) => instrument))]

describe('the judge of rules', () => {
  test('fires the bid side on +.8 and the ask side on -.8, each with its sign', () => {
    const bench = new Bench().feed(6_000, 0).feed(4_000, 0.8).feed(7_000, 0).feed(4_000, -0.8)
    const fires = bench.alerts.filter(({ notice }) => notice === 'FIRE')
    expect(fires.map(({ side, value, threshold }) => [side, value, threshold])).toEqual([
      ['bid', 0.8, 0.6],
      ['ask', -0.8, -0.6]
    ])
    expect(fires[0]).toMatchObject({
      id: `r|sim:A|bid|${wall + 6_000}|FIRE`,
      at: wall + 9_000,
      since: wall + 6_000,
      mid: 1_000,
      desktop: true
    })
  })

  test('says of the mirrored market the same of the other side', () => {
    const market = fc.array(fc.constantFrom(-0.8, -0.3, 0, 0.3, 0.8), { maxLength: 30 })
    fc.assert(
      fc.property(market, (values) => {
        const [bench, mirror] = [new Bench(), new Bench()]
        for (const value of values) {
          bench.feed(2_000, value)
          mirror.feed(2_000, -value)
        }
        const turned = bench.alerts.map(
          ({ notice, side, at }) => `${notice} ${side === 'bid' ? 'ask' : 'bid'} ${at}`
        )
        expect(turned.sort()).toEqual(
          mirror.alerts.map(({ notice, side, at }) => `${notice} ${side} ${at}`).sort()
        )
      }),
      { numRuns: 50 }
    )
  })

  test('waits five seconds after a book came live, and counts that towards the outage', () => {
    const bench = new Bench().feed(6_000, 0).feed(1_000, 0, { live: false })
    bench.feed(7_900, 0.8)
    expect(bench.said).toEqual([])
    bench.feed(200, 0.8)
    expect(bench.said).toEqual(['FIRE bid'])
  })

  test('never fires on a book that is not live, whatever its last figures say', () => {
    expect(new Bench().feed(6_000, 0).feed(60_000, 0.8, { live: false }).said).toEqual([])
  })

  test('smooths: a spike of a second is none with a time constant of two', () => {
    const spiky = (smoothMs: number) =>
      new Bench([plainRule({ smoothMs, minMs: 500 })]).feed(6_000, 0).feed(1_000, 0.9).feed(3_000, 0).said
    expect(spiky(0)).toEqual(['FIRE bid'])
    expect(spiky(2_000)).toEqual([])
  })

  test('forgets at a gap what it had smoothed', () => {
    const bench = new Bench([plainRule({ smoothMs: 2_000 })]).feed(20_000, -0.9)
    bench.judge.onGap(a.id)
    // Were -.9 remembered, the average would pass .6 only 5.5 s after the gap, and the rule fire 3 s later.
    bench.feed(5_000, 0.7).feed(3_200, 0.7)
    expect(bench.said).toContain('FIRE bid')
  })

  test('starts an edited rule anew, and leaves an unedited one alone', () => {
    const bench = new Bench().feed(6_000, 0).feed(2_000, 0.8)
    bench.judge.configure([rule], list([a.id]))
    bench.feed(1_200, 0.8)
    expect(bench.said).toEqual(['FIRE bid'])
    bench.judge.configure([plainRule({ on: 0.7 })], list([a.id]))
    bench.feed(6_000, 0.8)
    expect(bench.said).toEqual(['FIRE bid', 'ALREADY_ON bid'])
  })

  test('follows the watchlist: who joins is judged, who stays keeps its state, who leaves is let go', () => {
    const bench = new Bench()
    bench.feed(6_000, 0).judge.configure([rule], list([a.id, b.id]))
    expect(watchedBy(bench.judge)).toEqual([a.id, b.id])
    bench.feed(3_200, 0.8)
    expect(bench.said).toEqual(['FIRE bid'])
    bench.judge.configure([rule], list([b.id]))
    expect(watchedBy(bench.judge)).toEqual([b.id])
    bench.feed(20_000, 0)
    expect(bench.said).toEqual(['FIRE bid'])
  })

  test('names a rule whose figure or watchlist does not exist, and judges the rest', () => {
    const judge = new Judge(columns)
    const faults = judge.configure(
      [
        plainRule({ id: '1', name: 'No such figure', field: 'nonsense' }),
        { ...rule, id: '2', name: 'No such list', scope: { kind: 'watchlist', watchlist: 'gone' } },
        rule
      ],
      list([a.id])
    )
    expect(faults).toHaveLength(2)
    expect(faults[0]).toContain('No such figure')
    expect(faults[1]).toContain('No such list')
    expect(watchedBy(judge)).toEqual([a.id])
  })

  test('a rule that is switched off watches nothing', () => {
    const judge = new Judge(columns)
    judge.configure([{ ...rule, enabled: false }], list([a.id]))
    expect(watchedBy(judge)).toEqual([])
  })

  test('asks for the desktop only where a notice is delivered and the rule wants it', () => {
    const bench = new Bench().feed(6_000, 0).feed(4_000, 0.8).feed(20_000, 0).feed(4_000, 0.8)
    expect(bench.alerts.map(({ notice, desktop }) => [notice, desktop])).toEqual([
      ['FIRE', true],
      ['RESOLVED', false],
      ['SUPPRESSED', false]
    ])
    const quiet = new Bench([plainRule({ channels: ['feed'] })]).feed(6_000, 0).feed(4_000, 0.8)
    expect(quiet.alerts.map(({ desktop }) => desktop)).toEqual([false])
  })
})
