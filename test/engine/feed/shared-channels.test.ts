import { expect, test, vi } from 'vitest'
import type { Dialect, Listing } from '../../support/sim-venue/dialect'
import { okxDialect } from '../../support/sim-venue/dialects/okx'
import { simDesk } from '../../support/sim-venue/sim-desk'

/** More than one line carries. */
const crowd = (dialect: Dialect, count: number, symbolOf: (n: number) => string): Listing[] =>
  Array.from({ length: count }, (_, n) => ({ ...dialect.listings[0]!, symbol: symbolOf(n) }))

const swaps = crowd(okxDialect, 51, (n) => `A${n}-USDT-SWAP`)
const options = crowd(okxDialect, 51, (n) => `BTC-USD-301227-${100_000 + n * 1_000}-C`)

test('a forced order that every line of a venue tells is told once, whichever line carries its instrument', async () => {
  const desk = simDesk(okxDialect, { listings: swaps, paceMs: 5_000 })
  const { clock, network, oracle, sim, ids, stop } = desk
  const told: string[] = []
  vi.spyOn(oracle, 'onLiquidations').mockImplementation((id, { count }) => told.push(`${id} ${count}`))
  expect(await desk.goLive(60_000)).toBe(true)
  expect(network.open_).toHaveLength(2)
  const [first, last] = [swaps[0]!.symbol, swaps[50]!.symbol]
  const details = [{ side: 'buy', posSide: 'short', bkPx: '100.0', sz: '7', ts: String(sim.now()) }]
  const data = [first, last].map((instId) => ({ instId, details }))
  const forced = { arg: { channel: 'liquidation-orders', instType: 'SWAP' }, data }
  for (const line of network.open_) line.say(JSON.stringify(forced))
  await clock.pass(1_000)
  expect(told.sort()).toEqual([`${ids[0]} 1`, `${ids[50]} 1`])
  stop()
})

test('what another line tells of an option beside its own keeps no figure alive when that is lost', async () => {
  const desk = simDesk(okxDialect, { listings: options, paceMs: 5_000 })
  const { clock, network, lane, sim, stop } = desk
  expect(await desk.goLive(60_000)).toBe(true)
  const [one, two] = network.open_
  const { symbol } = lane(50)
  const say = (line: typeof one, arg: object, row: object) => {
    line!.say(JSON.stringify({ arg, data: [{ instId: symbol, ts: String(sim.now()), ...row }] }))
  }
  const summary = (deltaBS: string) => {
    say(one, { channel: 'opt-summary', instFamily: 'BTC-USD' }, { uly: 'BTC-USD', deltaBS })
  }
  say(two, { channel: 'mark-price', instId: symbol }, { instType: 'OPTION', markPx: '0.05' })
  summary('0.5')
  await clock.pass(1_000)
  expect(lane(50).reference).toMatchObject({ mark: 0.05, delta: NaN })

  network.weather.refuses = 'no'
  two!.close('connection cut')
  const { referredAt } = lane(50)
  for (let second = 0; second < 240; second++) {
    summary('0.4')
    await clock.pass(1_000)
  }
  expect(one!.isUp).toBe(true)
  expect(lane(50)).toMatchObject({ referredAt, lapsed: 'the line that tells it is down: connection cut' })
  expect(lane(50).reference).toMatchObject({ mark: NaN, delta: NaN })
  stop()
})
