import { describe, expect, test } from 'vitest'
import { metrics } from '../../../src-main/engine/metrics'
import type { Metric } from '../../../src-main/engine/metrics/metric'
import { MetricRunner } from '../../../src-main/engine/metrics/runner'
import { paramsOf } from '../../../src-main/engine/metrics/params'
import { alone } from '../../../src-main/engine/metrics/runner-parts'
import { usual } from '../../../src-main/engine/metrics/usual'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { changesOf, handBook, plainInstrument } from '../../support/hand-book'

const start = 1_000_000
const nowhere = new Set<string>()

/** A metric of that name whose figures are what the test says. */
function made(
  id: string,
  fields: readonly string[],
  { needs = [], params = [] }: Partial<Pick<Metric['spec'], 'needs' | 'params'>> = {}
) {
  const said = { values: fields.map(() => NaN), runs: 0 }
  const metric: Metric = {
    spec: {
      ...{ id, title: id, needs, params, explains: '' },
      fields: fields.map((field) => ({ id: field, title: field, unit: 'number' }))
    },
    start() {
      said.runs++
      return {
        sample(_at, into, from) {
          into.set(said.values, from)
        }
      }
    }
  }
  return { metric, said }
}

/** What the tests call the figures that are held against their history, where each comes from. */
const followed = {
  spread: 'spread.bps',
  ofi: 'ofi.norm10',
  bidDepth: 'liquidity.bid10',
  askDepth: 'liquidity.ask10',
  burst: 'trade-frequency.burst',
  velocity: 'flow-velocity.z',
  tfi: 'tfi.tfi10',
  paid: 'spreads.effective',
  edge: 'microprice.edge'
}
const tau = { id: 'tau', title: 'Tau', unit: 'seconds', default: 5, range: [1, 60] } as const
type Figures = Partial<Record<keyof typeof followed, number>>

function watched(remembered?: readonly number[], settings = { tau: 5 }) {
  const [spread, ofi] = [made('spread', ['bps']), made('ofi', ['norm10'])]
  const liquidity = made('liquidity', ['bid10', 'ask10'])
  const frequency = made('trade-frequency', ['burst'], { needs: ['trades'] })
  const velocity = made('flow-velocity', ['z'], { params: [tau] })
  const [tfi, paid, edge] = [
    made('tfi', ['tfi10']),
    made('spreads', ['effective']),
    made('microprice', ['edge'])
  ]
  const read = [spread, ofi, liquidity, frequency, velocity, tfi, paid, edge]
  let kept = remembered
  const runner = new MetricRunner([...read.map(({ metric }) => metric), usual], plainInstrument, {
    ...alone,
    params: ({ spec }) => paramsOf(spec, spec.id === 'flow-velocity' ? settings : {}),
    recall: (metric) => (metric === usual ? kept : undefined),
    keep: (_metric, values) => (kept = values)
  })
  runner.want(nowhere, millis(start))
  const book = handBook([[99, 1]], [[101, 1]])
  runner.onBook(book, changesOf([[99, 1]], [[101, 1]], { isSnapshot: true, last: 1 }), millis(start))
  runner.want(new Set(['usual']), millis(start))
  let second = 0
  const place = (field: string) =>
    sampleHeadLength + Object.keys(followed).length + usual.spec.fields.findIndex(({ id }) => id === field)
  const rank = (field: string) => runner.row[place(field)]!
  /** So many seconds with these figures, looked at twice a second. */
  const pass = (seconds: number, figures: Figures = {}): void => {
    const { bidDepth = NaN, askDepth = NaN } = figures
    spread.said.values = [figures.spread ?? NaN]
    ofi.said.values = [figures.ofi ?? NaN]
    liquidity.said.values = [bidDepth, askDepth]
    frequency.said.values = [figures.burst ?? NaN]
    velocity.said.values = [figures.velocity ?? NaN]
    tfi.said.values = [figures.tfi ?? NaN]
    paid.said.values = [figures.paid ?? NaN]
    edge.said.values = [figures.edge ?? NaN]
    for (let n = 0; n < seconds; n++, second++)
      for (const half of [0, 500]) runner.sample(millis(start + second * 1_000 + half), true)
  }
  const why = (field: string) =>
    runner.unready(new Set(['usual']), millis(start + second * 1_000)).find((it) => it.field === field)
  const save = () => (runner.save(), kept!)
  return {
    runner,
    settings,
    book,
    spread,
    ofi,
    rank,
    pass,
    why,
    save,
    at: () => millis(start + second * 1_000)
  }
}

describe('figures against their own history', () => {
  test('a spread of one step all the time is in the middle of its history, and twice that is above all but itself', () => {
    const { pass, rank } = watched()
    pass(380, { spread: 1 })
    expect(rank('spreadRank')).toBe(0.5)
    pass(20, { spread: 2 })
    // Below it are 380 of 400 seconds, and half of the 20 it was so itself.
    expect(rank('spreadRank')).toBeCloseTo(0.975, 3)
    pass(1, { spread: 1 })
    expect(rank('spreadRank')).toBeCloseTo(381 / 2 / 401, 3)
  })

  test('what is far out is told from what is farther: spreads of hundreds of bps up to the widest there is, and all else', () => {
    const { pass, rank } = watched()
    const often = {
      spread: 200,
      ofi: 2_000,
      bidDepth: 2_000,
      askDepth: 3_000,
      burst: 20_000,
      velocity: -20_000
    }
    pass(380, often)
    const doubled = Object.entries(often).map(([figure, value]) => [figure, 2 * value])
    pass(20, Object.fromEntries(doubled) as Figures)
    // Below are 380 of 400 seconds, and half of the 20 they were so themselves.
    for (const figure of ['spread', 'ofi', 'bidDepth', 'askDepth', 'burst'])
      expect(rank(`${figure}Rank`), figure).toBeCloseTo(0.975, 3)
    expect(rank('velocityRank')).toBeCloseTo(0.025, 3)
    pass(1, { spread: 18_000 })
    expect(rank('spreadRank')).toBeCloseTo(400.5 / 401, 3)
    pass(1, { spread: 20_000 })
    expect(rank('spreadRank')).toBeCloseTo(401.5 / 402, 4)
  })

  test('what has a side is as unusual on either', () => {
    const { pass, rank } = watched()
    for (let n = 0; n < 100; n++) for (const ofi of [-0.5, -0.2, 0.2, 0.5]) pass(1, { ofi })
    const high = rank('ofiRank')
    expect(high).toBeCloseTo(0.875, 2)
    pass(1, { ofi: -0.5 })
    expect(rank('ofiRank')).toBeCloseTo(1 - high, 2)
    pass(1, { ofi: 0 })
    expect(rank('ofiRank')).toBeCloseTo(0.5, 2)
  })

  test('what trades and quotes lean to, and what takers pay, is ranked too: paid below nothing as well', () => {
    const { pass, rank } = watched()
    pass(380, { tfi: 0.2, paid: 0.5, edge: 0.1 })
    pass(20, { tfi: -0.9, paid: -0.2, edge: 0.4 })
    // Below or above are 380 of 400 seconds, and half of the 20 they were so themselves.
    expect(rank('tfiRank')).toBeCloseTo(0.025, 3)
    expect(rank('paidRank')).toBeCloseTo(0.025, 3)
    expect(rank('edgeRank')).toBeCloseTo(0.975, 3)
  })

  test('is known after 300 seconds in which the figure was, and says how far it is', () => {
    const { pass, rank, why } = watched()
    pass(200, { spread: 1 })
    pass(200)
    expect(rank('spreadRank')).toBeNaN()
    expect(why('spreadRank')).toMatchObject({ share: 0.66 })
    pass(101, { spread: 1 })
    expect(rank('spreadRank')).toBe(0.5)
    expect(rank('ofiRank')).toBeNaN()
    pass(1)
    expect(why('spreadRank')).toMatchObject({ share: NaN, why: 'The figure itself is not known.' })
  })

  test('of before a gap nothing is told after it, within the same second either', () => {
    const { pass, rank, runner, book, spread, at } = watched()
    pass(400, { spread: 1 })
    runner.sample(at(), true)
    expect(rank('spreadRank')).toBe(0.5)
    runner.onGap(millis(at() + 200))
    runner.onBook(book, changesOf([], [], { last: 2 }), millis(at() + 300))
    spread.said.values = [NaN]
    runner.sample(millis(at() + 500), true)
    expect(rank('spreadRank')).toBeNaN()
  })

  test('nothing is ranked that is not known itself, within the second it was looked at either, nor as before when it is back in it', () => {
    const { pass, rank, runner, spread, at } = watched()
    pass(400, { spread: 1, burst: 1 })
    runner.sample(at(), true)
    expect([rank('spreadRank'), rank('burstRank')]).toEqual([0.5, 0.5])
    // Its trades may be missing: the book, and so the rank of the spread, goes on.
    runner.onTradesLost(millis(at() + 200))
    runner.sample(millis(at() + 300), true)
    expect([rank('spreadRank'), rank('burstRank')]).toEqual([0.5, NaN])
    runner.onTradesBack(millis(at() + 400))
    spread.said.values = [NaN]
    runner.sample(millis(at() + 500), true)
    expect([rank('spreadRank'), rank('burstRank')]).toEqual([NaN, NaN])
    spread.said.values = [7]
    runner.sample(millis(at() + 600), true)
    expect([rank('spreadRank'), rank('burstRank')]).toEqual([NaN, NaN])
    runner.sample(millis(at() + 1_000), true)
    expect(rank('spreadRank')).toBeCloseTo(1, 2)
    expect(rank('burstRank')).toBe(0.5)
  })

  test('is remembered over a restart, and nonsense is not', () => {
    const before = watched()
    before.pass(400, { spread: 1 })
    const kept = before.save()
    const after = watched(kept)
    after.pass(1, { spread: 3 })
    expect(after.rank('spreadRank')).toBeCloseTo(1, 2)
    // As it was kept when only the first six were followed: their history goes on, that of the others begins.
    const each = (kept.length - 9) / 9
    const fewer = watched([...kept.slice(0, 6), ...kept.slice(9, 9 + 6 * each)])
    fewer.pass(1, { spread: 3, edge: 1 })
    expect(fewer.rank('spreadRank')).toBeCloseTo(1, 2)
    expect(fewer.why('edgeRank')).toMatchObject({ share: 0 })
    for (const nonsense of [kept.slice(1), kept.map((it) => -1 - Math.abs(it))]) {
      const anew = watched(nonsense)
      anew.pass(1, { spread: 3 })
      expect(anew.rank('spreadRank')).toBeNaN()
    }
  })
})

describe('when settings of what it reads change', () => {
  test('the history of that figure begins anew, and the others go on', () => {
    const { runner, settings, pass, rank, why } = watched()
    pass(400, { spread: 1, velocity: 1 })
    expect([rank('spreadRank'), rank('velocityRank')]).toEqual([0.5, 0.5])
    settings.tau = 10
    runner.restart(new Set(['flow-velocity']))
    pass(1, { spread: 2, velocity: 2 })
    // Above the 400 of 401 seconds, and half of its own.
    expect(rank('spreadRank')).toBeCloseTo(400.5 / 401, 3)
    expect(rank('velocityRank')).toBeNaN()
    expect(why('velocityRank')).toMatchObject({ share: 0 })
    pass(301, { spread: 2, velocity: 2 })
    // Nothing is left of the seconds at 1.
    expect(rank('velocityRank')).toBe(0.5)
  })

  test('while it did not run, what was remembered of that figure is left, and of the others taken', () => {
    const before = watched()
    before.pass(400, { spread: 1, velocity: 1 })
    const after = watched(before.save(), { tau: 10 })
    after.pass(1, { spread: 2, velocity: 2 })
    expect(after.rank('spreadRank')).toBeCloseTo(400.5 / 401, 3)
    expect(after.rank('velocityRank')).toBeNaN()
  })

  test('a change of what it does not read leaves it as it is', () => {
    const { runner, pass, rank } = watched()
    pass(400, { spread: 1, velocity: 1 })
    runner.restart(new Set(['vwap']))
    expect([rank('spreadRank'), rank('velocityRank')]).toEqual([0.5, 0.5])
  })
})

test('what it reads runs as long as it is wanted, and a minute more', () => {
  const { runner, spread, ofi, pass, at } = watched()
  expect([spread.said.runs, ofi.said.runs]).toEqual([1, 1])
  pass(1, { ofi: 3 })
  expect(runner.row[sampleHeadLength + 1]).toBe(3)
  runner.want(nowhere, at())
  pass(61, { ofi: 3 })
  expect(runner.row[sampleHeadLength + 1]).toBeNaN()
})

test('everything it reads stands before it in the catalogue, under the names it knows', () => {
  expect(usual.spec.fields.map(({ ranks }) => ranks)).toEqual(Object.values(followed))
  const ranked = usual.spec.fields.map(({ ranks }) => ranks!.split('.') as [string, string])
  const before = metrics.slice(0, metrics.indexOf(usual)).map(({ spec }) => spec)
  for (const [metric, field] of ranked) {
    expect(usual.spec.reads).toContain(metric)
    expect(before.find(({ id }) => id === metric)?.fields.map(({ id }) => id)).toContain(field)
  }
})
