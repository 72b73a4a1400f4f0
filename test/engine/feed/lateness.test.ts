import { expect, test } from 'vitest'
import { binanceDesk, diff, goLive, snapshot } from '../../support/binance-desk'
import { json } from '../../support/fake-transport'

const BTC = 'binance-spot:BTCUSDT'
const ETH = 'binance-spot:ETHUSDT'

/** A live desk and a diff of BTC that the venue stamped `lagMs` ago. */
async function desk() {
  const desk = binanceDesk()
  await goLive(desk)
  let id = 101
  const late = (lagMs: number, symbol = 'BTCUSDT') => {
    const { stream, data } = diff(symbol, ++id, id)
    desk.transport.latest.frame({ stream, data: { ...data, E: desk.clock.now() - lagMs } })
  }
  late(0)
  return { desk, late }
}

test('F41: a book over half a second late stands beside no other venue’s, though it is live by itself, until it is in time', async () => {
  const { desk: it, late } = await desk()
  const before = it.log.of('skewed').length
  const skews = () =>
    it.log
      .of('skewed', BTC)
      .slice(before)
      .map(({ text }) => text)
  for (const lagMs of [450, 550, 900]) late(lagMs)
  expect(skews()).toEqual(['true'])
  expect(it.feed.lane(BTC)!.status.state).toBe('live')
  late(350)
  expect(skews(), 'not yet in time').toEqual(['true'])
  late(250)
  expect(skews()).toEqual(['true', 'false'])
})

test('F41: it is told before the message that is late', async () => {
  const { desk: it, late } = await desk()
  const before = it.log.events.length
  late(600)
  expect(it.log.events.slice(before).map(({ kind }) => kind)).toEqual(['skewed', 'book'])
})

test('a book that is asked for on a late line is late, and no more live than its fellows', async () => {
  const { desk: it, late } = await desk()
  await it.clock.pass(1_500)
  late(1_500)
  expect(it.feed.lane(BTC)!.status.state).toBe('overloaded')
  it.http.reply = () => json(snapshot(103))
  it.feed.watch(new Set([BTC, ETH]))
  for (let turn = 0; turn < 5; turn++) {
    late(1_500, 'ETHUSDT')
    await it.clock.pass(500)
  }
  expect(it.feed.lane(ETH)!.status).toMatchObject({
    state: 'overloaded',
    reason: expect.stringContaining('late') as string
  })
  expect(it.log.of('skewed', ETH).at(-1)?.text).toBe('true')
})
