import { expect, test } from 'vitest'
import { clock as timeOf } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import type { Dialect } from '../../support/sim-venue/dialect'
import { bitstampDialect } from '../../support/sim-venue/dialects/bitstamp'
import { gateDialects } from '../../support/sim-venue/dialects/gate'
import { kucoinDialect } from '../../support/sim-venue/dialects/kucoin'
import { listingsOf } from '../../support/sim-venue/scenario'
import { simDesk } from '../../support/sim-venue/sim-desk'

const making = /asking again, a new line is being made$/
const toBeMade = /asking again, a new line will be made at (\d\d:\d\d:\d\d)$/

/** Whose venue does not hear who asks for the book of the second. */
const deaf = (dialect: Dialect): Dialect => ({
  ...dialect,
  line: (wire) => {
    const line = dialect.line(wire)
    const hear = (text: string) => {
      if (!/order_book_update.*ETH/.test(text)) line.hear(text)
    }
    return { ...line, hear }
  }
})

test('a new line that is turned away is not said to be being made, but when it is tried next, and then it is', async () => {
  const { clock, network, feed, ids, oracle, stop } = simDesk(deaf(gateDialects[0]!), { paceMs: 500 })
  feed.watch(new Set(ids))
  await clock.pass(5_000)
  network.weather.refuses = 'no'
  const told = new Set<string>()
  let [makingFor, longest] = [0, 0]
  for (let second = 0; second < 240; second++) {
    await clock.pass(1_000)
    const { reason, nextAttemptAt } = feed.lane(ids[1]!)!.status
    makingFor = making.test(reason) ? makingFor + 1 : 0
    longest = Math.max(longest, makingFor)
    const at = toBeMade.exec(reason)?.[1]
    if (at !== undefined) told.add(at)
    if (second > 10) expect(nextAttemptAt).toBeGreaterThan(clock.now() - 1_000)
  }
  stop()
  expect(longest).toBeLessThanOrEqual(1)
  const since = clock.now() - clock.mono()
  const made = network.connects.map((mono) => since + mono)
  const near = (at: string) =>
    made.some((ms) => [-1_000, 0, 1_000].some((off) => timeOf(millis(ms + off)) === at))
  expect(told.size).toBeGreaterThan(4)
  const past = [...told].filter((at) => at < timeOf(clock.now()))
  expect(past.filter((at) => !near(at))).toEqual([])
  expect(oracle.lies).toEqual([])
})

test.each([...gateDialects, kucoinDialect, bitstampDialect].map((dialect) => ({ dialect })))(
  'each of fifty quiet books of $dialect.venue.spec.id that are asked for together is answered for by itself, and none is asked for twice',
  async ({ dialect }) => {
    const requests: string[] = []
    const counted: Dialect = {
      ...dialect,
      line: (wire) => {
        const line = dialect.line(wire)
        const hear = (text: string) => {
          if (text.includes('subscribe')) requests.push(text)
          line.hear(text)
        }
        return { ...line, hear }
      }
    }
    const { clock, sim, feed, ids, stop } = simDesk(counted, { listings: listingsOf(dialect, 50) })
    for (const { symbol } of sim.listings) sim.pace(symbol, Infinity)
    feed.watch(new Set(ids))
    await clock.pass(60_000)
    stop()
    expect(requests.length).toBeGreaterThanOrEqual(100)
    expect(new Set(requests).size).toBe(requests.length)
    expect(requests.filter((text) => text.includes('unsubscribe'))).toEqual([])
  }
)
