import assert from 'node:assert/strict'
import type { Dialect } from './dialect'
import { simDesk } from './sim-desk'

const SECONDS = 120

/** Two minutes with nothing wrong. Throws unless the books go live, stay so, and equal the venue's all the time, and the prints come with what is special about them. */
export async function calm(dialect: Dialect): Promise<void> {
  const desk = simDesk(dialect)
  assert.ok(await desk.goLive(), 'never live')
  for (let second = 0; second < SECONDS; second++) {
    await desk.clock.pass(1_000)
    desk.oracle.sample()
  }
  const { gaps, rejected } = desk.feed.counts()
  desk.oracle.checkPrints()
  desk.stop()
  assert.deepEqual(desk.oracle.lies, [])
  assert.deepEqual(desk.oracle.outages, [])
  assert.ok(desk.oracle.looks > 500, `${desk.oracle.looks} looks`)
  assert.ok(desk.oracle.trades.length > 50, `${desk.oracle.trades.length} trades`)
  assert.deepEqual({ gaps, rejected }, { gaps: 0, rejected: 0 })
}
