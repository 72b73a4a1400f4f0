import { expect, test } from 'vitest'
import { onGrid } from '../../support/facts/quote-facts'
import { correlation, mean, median } from '../../support/facts/statistics'
import type { Tape } from '../../support/facts/tape'
import { BEGINNING, Recorder, record } from '../../support/facts/tape'
import { Episodes } from '../../../src-main/engine/market/episodes/episodes'
import { presets } from '../../../src-main/engine/market/presets'
import { World } from '../../../src-main/engine/market/world'
import { millis } from '../../../src-shared/units'

const SEEDS = [201, 202, 203]
/** Both venues have quoted by then. */
const FROM = BEGINNING + 25_000
const PAIR = ['BTC-PERP', 'BTC-USDT']

const value = ({ preset }: Tape, ticks: number) => ticks / 10 ** preset.tick.decimals
/** Mids in quote money on whole seconds. */
function mids(tape: Tape): number[] {
  return onGrid(tape.quotes, 1000, FROM).map((i) =>
    value(tape, (tape.quotes[i]!.bid + tape.quotes[i]!.ask) / 2)
  )
}

const pairs = SEEDS.map((seed) => {
  const tapes = record({ seed, seconds: 345, symbols: PAIR, regime: 'active' })
  const [perp, spot] = PAIR.map((it) => mids(tapes.get(it)!)) as [number[], number[]]
  const n = Math.min(perp.length, spot.length)
  return { perp: perp.slice(0, n), spot: spot.slice(0, n) }
})

test('the perpetual keeps its basis to the spot book, within a bp', () => {
  const sds = pairs.map(({ perp, spot }) => {
    const basis = perp.map((it, i) => (it / spot[i]! - 1) * 1e4)
    expect(mean(basis)).toBeCloseTo(-3.7, 0)
    return Math.sqrt(mean(basis.map((it) => (it - mean(basis)) ** 2)))
  })
  expect(median(sds)).toBeGreaterThan(0.42)
  expect(median(sds)).toBeLessThan(0.98)
})

test('both venues move together within a second', () => {
  const changes = (xs: readonly number[]) => xs.slice(1).map((x, i) => Math.log(x / xs[i]!))
  const found = median(pairs.map(({ perp, spot }) => correlation(changes(perp), changes(spot))))
  expect(found).toBeGreaterThan(0.72)
  expect(found).toBeLessThan(0.93)
})

test('a dislocation of 10 bps is a basis of 10 bps after 3 s, and gone 40 s after its hold', () => {
  const drift = SEEDS.map((seed) => {
    const basisAt = dislocated(seed, 10)
    const before = mean([10, 12, 14, 16, 18].map(basisAt))
    return {
      held: mean([23, 25, 27, 29].map(basisAt)) - before,
      after: mean([70, 72, 74, 76, 78].map(basisAt)) - before
    }
  })
  expect(Math.abs(median(drift.map((it) => it.held)) - 10)).toBeLessThan(1)
  expect(Math.abs(median(drift.map((it) => it.after)))).toBeLessThan(1)
})

/** Basis of the perpetual in bps at so many seconds, with a dislocation of it held from 20 s to 30 s. */
function dislocated(seed: number, bps: number): (second: number) => number {
  const sink = new Recorder()
  const world = new World({ seed, at: millis(BEGINNING), regime: 'calm', sink })
  const episodes = new Episodes(world, {})
  const pits = presets.filter((it) => PAIR.includes(it.symbol)).map((it) => world.start(it))
  episodes.plant(BEGINNING + 20_000, 'dislocation', 'BTC-PERP', 'BTC', { bps, seconds: 10 })
  const basis: number[] = []
  for (let second = 0; second <= 80; second++) {
    world.run(BEGINNING + second * 1000)
    const [perp, spot] = pits.map((it) => it.ladder.mid / 10 ** it.preset.tick.decimals) as [number, number]
    basis.push((perp / spot - 1) * 1e4)
  }
  return (second) => basis[second]!
}
