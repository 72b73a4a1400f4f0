import { expect, test } from 'vitest'
import { binanceSpotDialect } from '../../support/sim-venue/dialects/binance'
import { hyperliquidDialect } from '../../support/sim-venue/dialects/hyperliquid'
import { simDesk } from '../../support/sim-venue/sim-desk'

test('a line that takes over tells nobody what was traded before he watched', async () => {
  const desk = simDesk(binanceSpotDialect, { paceMs: 40 })
  const { clock, network, oracle, feed, ids } = desk
  expect(await desk.goLive()).toBe(true)
  await clock.pass(5_000)
  for (const line of network.open_) line.say('{"e":"serverShutdown","E":1800000000000}')
  await clock.pass(1_000)
  const told = oracle.trades.length

  feed.watch(new Set(ids.slice(1)))
  oracle.left(ids[0]!)
  await clock.pass(300)
  feed.watch(new Set(ids))
  await clock.pass(30_000)
  oracle.checkPrints()
  desk.stop()

  expect(network.connects).toHaveLength(2)
  expect(oracle.trades.length).toBeGreaterThan(told)
  expect(oracle.lies).toEqual([])
})

test('who watches again is told no trade again, though an old book makes the past look new', async () => {
  const desk = simDesk(hyperliquidDialect, { paceMs: 40 })
  const { clock, network, oracle, feed, ids } = desk
  expect(await desk.goLive()).toBe(true)
  network.faults.stuck.add('BTC')
  await clock.pass(1_500)

  feed.watch(new Set(ids.slice(1)))
  oracle.left(ids[0]!)
  await clock.pass(100)
  feed.watch(new Set(ids))
  await clock.pass(5_000)
  oracle.checkPrints()
  desk.stop()

  expect(oracle.trades.length).toBeGreaterThan(10)
  expect(oracle.lies).toEqual([])
})
