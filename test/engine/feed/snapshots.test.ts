import { expect, test } from 'vitest'
import { kucoinDialect } from '../../support/sim-venue/dialects/kucoin'
import type { RestFault } from '../../support/sim-venue/network'
import { simDesk } from '../../support/sim-venue/sim-desk'

/** A book that was live and has lost a change, and whose snapshots go wrong so often in this way; what is asked for them is counted. */
async function failing(fault: RestFault, times: number) {
  const desk = simDesk(kucoinDialect, { listings: kucoinDialect.listings.slice(0, 1), paceMs: 100 })
  const { clock, network } = desk
  expect(await desk.goLive()).toBe(true)
  for (let n = 0; n < times; n++) network.restFaults.push(fault)
  network.faults.drop(desk.lane().symbol)
  const asked = () => network.asked.filter(({ url }) => url.includes('orderbook')).length
  const before = asked()
  expect(await desk.until(() => asked() - before >= times, 60_000)).toBe(true)
  await clock.pass(300)
  expect(asked() - before).toBe(times)
  return { ...desk, asked }
}

test('however often a snapshot failed, the next line’s is asked for at once, and soon again', async () => {
  // The eighth is followed by a wait of 2.5 s on average and the tenth by one of 6.7 s at least.
  const { network, until, lane, oracle, stop } = await failing({ kind: 'status', status: 500 }, 10)
  network.cut()
  expect(await until(() => network.open_.length > 0, 3_000)).toBe(true)
  network.restFaults.push({ kind: 'status', status: 500 })
  expect(await until(() => lane().isLive, 3_000)).toBe(true)
  stop()
  expect(oracle.lies).toEqual([])
})

test('after answers that no client should take it is not, whatever becomes of the line', async () => {
  const { network, clock, asked, until, lane, stop } = await failing({ kind: 'bomb' }, 2)
  network.cut()
  const before = asked()
  await clock.pass(55_000)
  expect(asked()).toBe(before)
  expect(await until(() => lane().isLive, 10_000)).toBe(true)
  stop()
})
