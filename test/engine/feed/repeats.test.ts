import { expect, test } from 'vitest'
import type { Dialect } from '../../support/sim-venue/dialect'
import { bybitDialects } from '../../support/sim-venue/dialects/bybit'
import { simulatedDialect } from '../../support/sim-venue/dialects/simulated'
import { simDesk } from '../../support/sim-venue/sim-desk'

/** A desk whose first book has been quiet so long that the venue is asked about it but rarely. */
async function quietDesk() {
  const desk = simDesk(simulatedDialect)
  const { symbol } = simulatedDialect.listings[0]!
  expect(await desk.goLive()).toBe(true)
  desk.sim.pace(symbol, Infinity)
  await desk.clock.pass(120_000)
  expect(desk.lane().isLive).toBe(true)
  /** Looks twice a second, as a window that draws would. */
  const look = async (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      await desk.clock.pass(500)
      desk.oracle.sample()
    }
  }
  return { ...desk, symbol, look }
}

test('one message that comes twice does not take a quiet book from live: the venue is asked', async () => {
  const { sim, network, symbol, lane, oracle, look, stop } = await quietDesk()
  const from = oracle.statuses.length
  const { snapshots } = lane().counters
  network.faults.duplicate(symbol)
  sim.advance(symbol)
  await look(1_500)
  expect(lane().counters.snapshots).toBe(snapshots + 1)
  expect(oracle.statuses.slice(from).every(({ status }) => status.state === 'live')).toBe(true)
  stop()
})

test('a quiet book whose venue answers with the same snapshot is asked about ever more rarely', async () => {
  const { lane, look, stop } = await quietDesk()
  const { snapshots } = lane().counters
  await look(120_000)
  expect(lane().counters.snapshots - snapshots).toBeLessThan(3)
  stop()
})

/** Whose venue answers each subscription with the bytes of its last snapshot, as long as nothing has changed; and those bytes, by symbol. */
function cached(dialect: Dialect) {
  const told = new Map<string, { readonly id: number; readonly frame: object }>()
  const line: Dialect['line'] = (wire) =>
    dialect.line({
      ...wire,
      say(frame, stream) {
        const symbol = stream ?? ''
        const { type, data } = frame as { readonly type?: string; readonly data?: { readonly u?: number } }
        const id = type === 'snapshot' ? data?.u : undefined
        if (id !== undefined && told.get(symbol)?.id !== id) told.set(symbol, { id, frame: frame as object })
        wire.say(id === undefined ? frame : told.get(symbol)!.frame, stream)
      }
    })
  return {
    dialect: { ...dialect, line },
    frameOf: (symbol: string) => JSON.stringify(told.get(symbol)!.frame)
  }
}

/** Two quiet books of such a venue. */
async function cachedDesk() {
  const { dialect, frameOf } = cached(bybitDialects[1]!)
  const desk = simDesk(dialect)
  expect(await desk.goLive()).toBe(true)
  await desk.clock.pass(5_000)
  for (const { symbol } of desk.sim.listings) desk.sim.pace(symbol, Infinity)
  await desk.clock.pass(1_000)
  // Each is answered with a snapshot of its last change, once.
  desk.network.cut()
  const isLive = () => desk.ids.every((id) => desk.feed.lane(id)!.isLive)
  expect(await desk.until(isLive, 15_000)).toBe(true)
  return { ...desk, isLive, frameOf }
}

test('a quiet book is live again on a new line that begins with the very snapshot of the one before', async () => {
  const { clock, network, oracle, isLive, until, stop } = await cachedDesk()
  await clock.pass(1_000)
  network.cut()
  expect(isLive()).toBe(false)
  expect(await until(isLive, 15_000)).toBe(true)
  stop()
  expect(oracle.lies).toEqual([])
})

test('a quiet book that is void is live again when a line takes over that begins with that very snapshot', async () => {
  const { network, lane, isLive, until, stop } = await cachedDesk()
  const [line] = network.open_
  const { symbol } = lane()
  line!.say(`{"topic":"orderbook.1000.${symbol}","type":"delta","ts":1,"data":{"s":"${symbol}","b":[["x`)
  expect(await until(() => !isLive(), 1_000)).toBe(true)
  expect(await until(isLive, 30_000)).toBe(true)
  expect(network.open_).not.toContain(line)
  stop()
})

test('on one line the very bytes of its snapshot once more are no book', async () => {
  const { clock, network, lane, frameOf, sim, stop } = await cachedDesk()
  const { symbol } = lane()
  const [line] = network.open_
  const held = frameOf(symbol)
  network.weather.deaf = true
  network.faults.drop(symbol)
  sim.advance(symbol)
  sim.advance(symbol)
  await clock.pass(200)
  expect(lane().status.state).toBe('gap')
  for (let turn = 0; turn < 3; turn++) {
    line!.say(held)
    await clock.pass(200)
  }
  expect(line!.isUp).toBe(true)
  expect([lane().isLive, lane().sync.state]).toEqual([false, 'void'])
  stop()
})
