import { expect, test } from 'vitest'
import type { EpisodeWish } from '../../../src-main/engine/market/episodes/stage'
import type { Ladder } from '../../../src-main/engine/market/ladder'
import { SimulatedMarket } from '../../../src-main/engine/market/simulated-market'
import type { EpisodeKind, EpisodeTruth, Truth } from '../../../src-main/engine/market/truth'
import { millis } from '../../../src-shared/units'
import { mean, median } from '../../support/facts/statistics'
import { PLANTED_MS, PLANTED_S, Watched } from '../../support/watched-market'

const SYMBOL = 'BTC-PERP'
const SEEDS = [1, 2, 3, 4, 5, 6, 7]

/** The same plan on several seeds. */
function planted(kind: EpisodeKind, wish: EpisodeWish, seconds = 60): Watched[] {
  return SEEDS.map((seed) => new Watched({ seed, kind, wish, seconds }))
}
const typical = (runs: readonly Watched[], fact: (it: Watched) => number) => median(runs.map(fact))

test.each<[EpisodeKind, EpisodeWish]>([
  ['wall', { seconds: 10 }],
  ['spoof', { cycles: 2 }],
  ['iceberg', { seconds: 10 }],
  ['absorption', { seconds: 10 }],
  ['sweep', {}],
  ['vacuum', { seconds: 5 }],
  ['metaorder', { seconds: 30 }],
  ['dislocation', { seconds: 5 }],
  ['cascade', { orders: 10 }],
  ['lull', { seconds: 5 }]
])('a %s is announced when it starts and again when it ends, with its instrument and time', (kind, wish) => {
  const { episodes } = new Watched({ seed: 1, kind, wish, seconds: 60 })
  expect(episodes.map((it) => [it.phase, it.kind, it.instrument])).toEqual([
    ['start', kind, SYMBOL],
    ['end', kind, SYMBOL]
  ])
  expect(episodes[0]!.at).toBe(PLANTED_MS)
  expect(episodes[1]!.start).toBe(PLANTED_MS)
  expect(episodes[1]!.id).toBe(episodes[0]!.id)
})

test('a jump moves every venue of its asset by what it says, and has no end', () => {
  const also = ['BTC-USDT']
  const run = new Watched({ seed: 1, kind: 'jump', wish: { bps: 30 }, seconds: 5, also })
  expect(run.episodes).toMatchObject([{ phase: 'start', kind: 'jump', asset: 'BTC', bps: 30 }])
  for (const symbol of [SYMBOL, 'BTC-USDT']) expect(Math.abs(run.moveBps(2, symbol) - 30)).toBeLessThan(6)
})

test('a wall stands at a round price with the size it says, and is gone at its end', () => {
  const found: number[] = []
  const wish = { side: 'bid', bps: 3, touches: 10, shy: false, seconds: 10 } as const
  const look = (_: number, ladder: Ladder) => {
    found.push(ladder.at(price))
  }
  const price = new Watched({ seed: 1, kind: 'wall', wish, seconds: 1 }).episodes[0]!.priceTicks!
  const { episodes } = new Watched({ seed: 1, kind: 'wall', wish, seconds: 12, look })
  expect(price % 10).toBe(0)
  expect(episodes).toMatchObject([{ side: 'bid', lots: 40_000 }, { outcome: 'withdrawn' }])
  expect(found[PLANTED_S]).toBe(40_000)
  expect(found[PLANTED_S + 10]).toBeLessThanOrEqual(400)
})

test('a shy wall is pulled with most of it left when the price comes near', () => {
  const pulled = planted('wall', { bps: 1.2, shy: true, seconds: 60 })
    .map((it) => it.end)
    .filter((it) => it.outcome === 'pulled')
  expect(pulled.length).toBeGreaterThan(0)
  for (const it of pulled) expect(it.leftLots! / it.lots!).toBeGreaterThan(0.5)
})

test('a spoof shows much and trades next to nothing', () => {
  const shares = planted('spoof', {}).map((it) => it.end.tradedLots! / it.end.shownLots!)
  expect(median(shares)).toBeLessThan(0.05)
})

test('an iceberg trades more at its price than it ever displayed', () => {
  const runs = planted('iceberg', { flow: 4, seconds: 30 })
  expect(typical(runs, ({ end }) => end.tradedAtPriceLots! / end.displayLots!)).toBeGreaterThan(2)
  expect(typical(runs, ({ end }) => end.refills!)).toBeGreaterThanOrEqual(2)
})

test.each([
  ['bid', -1],
  ['ask', 1]
] as const)(
  'an absorption on the %s takes one-sided flow several times the usual and the touch does not move',
  (side, sign) => {
    const runs = planted('absorption', { side, seconds: 12, touches: 40 }, 20)
    expect(typical(runs, (it) => it.volumeRatio(10))).toBeGreaterThan(2)
    expect(sign * typical(runs, (it) => it.oneSidedness(10))).toBeGreaterThan(0.6)
    expect(typical(runs, (it) => it.end.throughTicks!)).toBe(0)
  }
)

test.each([1, -1] as const)(
  'a sweep of sign %d trades many times the usual second and moves the price',
  (sign) => {
    const runs = planted('sweep', { sign, bps: 6 }, 5)
    expect(typical(runs, (it) => it.volumeRatio(1))).toBeGreaterThan(8)
    expect(sign * typical(runs, (it) => it.end.movedBps!)).toBeGreaterThan(4)
    expect(sign * typical(runs, (it) => it.moveBps(1))).toBeGreaterThan(1.5)
  }
)

test('a vacuum leaves less than a third of the depth within 10 bps, and it comes back', () => {
  const runs = planted('vacuum', { side: 'both', seconds: 8 })
  expect(typical(runs, (it) => it.depthRatio(5))).toBeLessThan(0.3)
  expect(typical(runs, (it) => it.depthRatio(55))).toBeGreaterThan(0.5)
})

test('a metaorder pushes the price its way over its minutes', () => {
  const runs = [1, -1].map((sign) =>
    planted('metaorder', { sign: sign as 1 | -1, touches: 60, seconds: 50 }, 60)
  )
  const [bought, sold] = runs.map((it) => mean(it.map((run) => run.moveBps(50))))
  expect(bought! - sold!).toBeGreaterThan(6)
})

test('a dislocation moves this venue and no other', () => {
  const wish = { bps: 12, seconds: 8 }
  const also = ['BTC-USDT']
  const run = new Watched({ seed: 1, kind: 'dislocation', wish, seconds: 10, regime: 'calm', also })
  expect(run.moveBps(5)).toBeGreaterThan(9)
  expect(Math.abs(run.moveBps(5, 'BTC-USDT'))).toBeLessThan(4)
})

test.each([1, -1] as const)(
  'a cascade of sign %d is one-sided, told as liquidations, and moves the price',
  (sign) => {
    const runs = planted('cascade', { sign, orders: 15 }, 20)
    expect(runs[0]!.end).toMatchObject({ sign, orders: 15 })
    expect(runs[0]!.liquidations).toEqual(Array.from({ length: 15 }, () => sign))
    expect(sign * typical(runs, (it) => it.oneSidedness(4))).toBeGreaterThan(0.6)
    expect(sign * typical(runs, (it) => it.moveBps(8))).toBeGreaterThan(5)
  }
)

test('in a lull there is no diff, no quote and no trade at all, and then there are', () => {
  const { times } = new Watched({ seed: 1, kind: 'lull', wish: { seconds: 6 }, seconds: 20 })
  // What changed before is still told in the next diff.
  expect(times.filter((at) => at > PLANTED_MS + 100 && at < PLANTED_MS + 6000)).toEqual([])
  expect(times.some((at) => at >= PLANTED_MS + 6000 && at < PLANTED_MS + 7000)).toBe(true)
})

test('what is planted on an instrument that does not run is told as missed', () => {
  const truth: Truth[] = []
  const options = { seed: 1, at: millis(0), episodes: 'none' } as const
  const market = new SimulatedMarket(
    options,
    () => undefined,
    (fact) => truth.push(fact)
  )
  market.plant(millis(1000), 'wall', SYMBOL)
  market.run(millis(2000))
  expect(truth.filter((it) => it.type === 'episode')).toMatchObject([
    { phase: 'missed', kind: 'wall', at: 1000 }
  ])
})

test('an episode under way when its instrument stops ends as stopped', () => {
  const truth: Truth[] = []
  const options = { seed: 1, at: millis(0), episodes: 'none' } as const
  const market = new SimulatedMarket(
    options,
    () => undefined,
    (fact) => truth.push(fact)
  )
  market.subscribe([SYMBOL])
  market.plant(millis(1000), 'vacuum', SYMBOL, { seconds: 10 })
  market.run(millis(2000))
  market.unsubscribe([SYMBOL])
  market.run(millis(30_000))
  const told = truth.filter((it): it is EpisodeTruth => it.type === 'episode')
  expect(told.map((it) => [it.phase, it.outcome, it.at])).toEqual([
    ['start', undefined, 1000],
    ['end', 'stopped', 2000]
  ])
})

test('nobody is liquidated on a spot book', () => {
  const market = new SimulatedMarket({ seed: 1, at: millis(0) }, () => undefined)
  expect(() => {
    market.plant(millis(1), 'cascade', 'ETH-USDT')
  }).toThrow(RangeError)
})

test('by chance, every kind comes in the end, one at a time per instrument', () => {
  const truth: Truth[] = []
  const rates = { wall: 60, spoof: 60, iceberg: 60, absorption: 60, sweep: 60, vacuum: 60, metaorder: 30 }
  const more = { dislocation: 60, cascade: 60, lull: 60, jump: 30 }
  const options = { seed: 5, at: millis(0), episodes: { ...rates, ...more } }
  const market = new SimulatedMarket(
    options,
    () => undefined,
    (fact) => truth.push(fact)
  )
  market.subscribe(['DOGE-PERP'])
  for (let s = 1; s <= 3600; s++) market.run(millis(s * 1000))
  const told = truth.filter((it): it is EpisodeTruth => it.type === 'episode')
  expect(new Set(told.map((it) => it.kind)).size).toBe(11)
  const staged = told.filter((it) => it.kind !== 'jump').map((it) => it.phase)
  staged.forEach((phase, i) => {
    expect(phase).toBe(i % 2 === 0 ? 'start' : 'end')
  })
}, 30_000)
