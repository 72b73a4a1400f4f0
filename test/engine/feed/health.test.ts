import { expect, test } from 'vitest'
import { binanceDesk, diff, goLive } from '../../support/binance-desk'
import { okxDialect } from '../../support/sim-venue/dialects/okx'
import { simDesk } from '../../support/sim-venue/sim-desk'

const health = (desk: ReturnType<typeof binanceDesk>, leg: string) =>
  desk.feed.links().find((link) => link.venue === 'binance-spot' && link.leg === leg)!

test('a link tells the gaps and resyncs of the books on it', async () => {
  const desk = binanceDesk()
  await goLive(desk, ['BTCUSDT', 'ETHUSDT'])
  desk.transport.latest.frame(diff('BTCUSDT', 105, 106))
  desk.transport.latest.frame(diff('ETHUSDT', 105, 106))
  expect(health(desk, 'stream')).toMatchObject({ gaps: 2, resyncs: 0, checksumsOk: 0, checksumsBad: 0 })
})

test('a link remembers what went wrong last, with the time, after it went well again', async () => {
  const desk = binanceDesk()
  await goLive(desk)
  expect(health(desk, 'stream').lastError).toBeUndefined()
  const at = desk.clock.now()
  desk.transport.latest.close('connection cut: stream.binance.com')
  await desk.clock.pass(2_000)
  desk.transport.latest.open()
  expect(health(desk, 'stream')).toMatchObject({
    state: 'open',
    reason: '',
    lastError: { at, reason: 'connection cut: stream.binance.com' }
  })
})

test('a list that cannot be had says why, and when it is asked for again', async () => {
  const desk = binanceDesk()
  const list = () => desk.feed.catalogues().find(({ venue }) => venue === 'binance-spot')!
  expect(list()).toMatchObject({ state: 'unasked', instruments: 0 })
  desk.http.reply = () => undefined
  desk.feed.askInstruments('binance-spot')
  expect(list()).toMatchObject({ state: 'reading' })
  const refused = { ok: false, status: NaN, reason: 'no route to host: api.binance.com' } as const
  desk.http.of('exchangeInfo').at(-1)!.answer(refused)
  await desk.clock.pass(0)
  expect(list()).toMatchObject({ state: 'failed', reason: 'no route to host: api.binance.com' })
  expect(list().nextAttemptAt!).toBeGreaterThan(desk.clock.now())
})

test('trying a venue again asks for its list at once', async () => {
  const desk = binanceDesk()
  desk.http.reply = () => undefined
  desk.feed.askInstruments('binance-spot')
  desk.http.of('exchangeInfo')[0]!.answer({ ok: false, status: NaN, reason: 'no network: api.binance.com' })
  await desk.clock.pass(0)
  desk.feed.retry('binance-spot')
  await desk.clock.pass(0)
  expect(desk.http.of('exchangeInfo')).toHaveLength(2)
  // The attempt that was planned is not made as well.
  await desk.clock.pass(60_000)
  expect(desk.http.of('exchangeInfo')).toHaveLength(2)
})

test('a list that does without something says what, and is asked for again until it has it', async () => {
  const desk = simDesk(okxDialect)
  const { feed, sim, clock } = desk
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => (url.includes('tick-bands') ? '<html>' : answer(url, post))
  expect(await desk.goLive()).toBe(true)
  const list = () => feed.catalogues()[0]!
  expect(list()).toMatchObject({ state: 'ready', lacks: 'the price steps of options could not be read' })
  expect(list().nextAttemptAt! - clock.now()).toBeGreaterThan(9 * 60_000)
  sim.answer = answer
  await clock.pass(11 * 60_000)
  expect(list().state).toBe('ready')
  expect(list()).not.toHaveProperty('lacks')
  desk.stop()
})
