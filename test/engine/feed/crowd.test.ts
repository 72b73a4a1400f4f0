import { describe, expect, test } from 'vitest'
import { dialects } from '../../support/sim-venue/dialects/index'
import { simDesk } from '../../support/sim-venue/sim-desk'
import { crowdOf } from './crowds'

const isLong = process.env['STEELYARD_LONG'] !== undefined
const BOOKS = 50
/** One of each protocol; all with STEELYARD_LONG. */
const twins = new Set(['binance-coinm', 'bybit-spot', 'bybit-inverse', 'bybit-option', 'gate-futures'])
const told = isLong ? dialects : dialects.filter(({ venue }) => !twins.has(venue.spec.id))

const say = (text: string) => {
  if (isLong) process.stdout.write(`${text}\n`)
}

describe('fifty books that gap at once (R7, F35)', () => {
  test.each(told.filter(({ proven }) => proven > 0))(
    '$venue.spec.id: half the weight at most, and all live within thirty seconds',
    async (dialect) => {
      const desk = simDesk(dialect, { listings: crowdOf(dialect, BOOKS), paceMs: 1_000 })
      const { clock, feed, ids, network, oracle, sim } = desk
      expect(await desk.goLive(90_000)).toBe(true)
      // Its own start is no part of the weight.
      await clock.pass(62_000)
      const from = oracle.outages.length
      const [asked, connects] = [network.asked.length, network.connects.length]
      for (const { symbol } of sim.listings) {
        network.faults.drop(symbol)
        sim.advance(symbol)
        sim.advance(symbol)
      }
      await clock.pass(500)
      let [seconds, weight] = [0, 0]
      const areLive = () => ids.every((id) => feed.lane(id)!.isLive)
      for (let ms = 500; ms < 32_000; ms += 100) {
        weight = Math.max(weight, feed.links().find(({ leg }) => leg === 'rest')!.weightUsed)
        if (seconds === 0 && areLive()) seconds = ms / 1_000
        await clock.pass(100)
      }
      desk.stop()
      say(
        `${dialect.venue.spec.id.padEnd(18)} ${oracle.outages.length - from} outages, all live after ${seconds} s, weight ${(100 * weight).toFixed(0)} %, ${network.asked.length - asked} requests, ${network.connects.length - connects} connects`
      )
      expect(oracle.lies).toEqual([])
      expect(weight).toBeLessThanOrEqual(0.5)
      expect(seconds > 0 && seconds <= 30, `${seconds} s`).toBe(true)
    },
    60_000
  )
})

describe('a server that is down for ten minutes (R8, F12)', () => {
  test.each(told)(
    '$venue.spec.id sees at most thirty connects, however many books are wanted',
    async (dialect) => {
      const desk = simDesk(dialect, {
        listings: crowdOf(dialect, isLong ? BOOKS : BOOKS / 2),
        paceMs: 20_000
      })
      const { clock, network, feed, ids } = desk
      feed.watch(new Set(ids))
      await clock.pass(90_000)
      const before = network.connects.length
      network.weather.refuses = 'connection refused'
      network.cut()
      await clock.pass(600_000)
      const connects = network.connects.length - before
      network.heal()
      const from = clock.mono()
      await desk.until(() => ids.every((id) => feed.lane(id)!.isLive), 240_000)
      say(
        `${dialect.venue.spec.id.padEnd(18)} ${before} lines, ${connects} connects in ten minutes, all live ${((clock.mono() - from) / 1_000).toFixed(1)} s after`
      )
      desk.stop()
      expect(connects).toBeLessThanOrEqual(30)
    },
    60_000
  )
})
