import { describe, expect, test } from 'vitest'
import { defaultSettings } from '../../../src-shared/settings'
import { millis } from '../../../src-shared/units'
import { binanceDesk, diff, goLive, quietly, snapshot } from '../../support/binance-desk'
import { json } from '../../support/fake-transport'

const BTC = 'binance-spot:BTCUSDT'
const ETH = 'binance-spot:ETHUSDT'

describe('a book', () => {
  test('is live only when a diff has joined its snapshot', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    expect(desk.log.states(BTC)).toEqual(['connecting', 'connecting', 'syncing', 'live'])
    expect(desk.feed.lane(BTC)!.book.sequence).toBe(101)
    expect(desk.feed.lane(BTC)!.book.touch).toEqual({
      bid: 10_000,
      bidSize: 2_000,
      ask: 10_010,
      askSize: 1_000
    })
  })

  test('leaves live in the very call that finds a gap, and asks for one snapshot', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    desk.transport.latest.frame(diff('BTCUSDT', 105, 106))
    expect(desk.feed.lane(BTC)!.status).toMatchObject({
      state: 'gap',
      reason: expect.stringMatching(/^3 updates lost at \d\d:\d\d:\d\d\.\d\d\d, resyncing$/)
    })
    expect(desk.log.of('gap', BTC)).toHaveLength(1)
    for (let id = 107; id < 500; id++) desk.transport.latest.frame(diff('BTCUSDT', id, id))
    await desk.clock.pass(5_000)
    expect(desk.snapshots()).toHaveLength(2)
  })

  test('is whole again after the gap, with what arrived while the snapshot was under way', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    desk.transport.latest.frame(diff('BTCUSDT', 105, 106))
    desk.transport.latest.frame(diff('BTCUSDT', 107, 108))
    await desk.clock.pass(1_000)
    desk.snapshots()[1]!.answer(json(snapshot(105)))
    await desk.clock.pass(0)
    const lane = desk.feed.lane(BTC)!
    expect(lane.status.state).toBe('live')
    expect(lane.book.sequence).toBe(108)
    expect(lane.counters).toMatchObject({ gaps: 1, resyncs: 1 })
  })

  test('keeps its buffer and its link when the snapshot is too old, and asks for another', async () => {
    const desk = binanceDesk()
    desk.feed.watch(new Set([BTC]))
    await desk.clock.pass(0)
    const socket = desk.transport.latest.open()
    socket.frame(diff('BTCUSDT', 105, 106))
    socket.frame(diff('BTCUSDT', 107, 108))
    desk.snapshots()[0]!.answer(json(snapshot(90)))
    await desk.clock.pass(2_000)
    expect(desk.snapshots()).toHaveLength(2)
    desk.snapshots()[1]!.answer(json(snapshot(104)))
    await desk.clock.pass(0)
    expect(desk.feed.lane(BTC)!.book.sequence).toBe(108)
    expect(desk.feed.lane(BTC)!.status.state).toBe('live')
    expect(desk.transport.sockets).toHaveLength(1)
  })

  test('that is quiet goes live without a diff once the venue has acknowledged it and nothing contradicts its snapshot', async () => {
    const desk = binanceDesk()
    desk.feed.watch(new Set([BTC]))
    await desk.clock.pass(0)
    desk.transport.latest.open().frame({ result: null, id: 1 })
    await desk.clock.pass(4_000)
    desk.snapshots()[0]!.answer(json(snapshot(100)))
    await desk.clock.pass(3_000)
    expect(desk.feed.lane(BTC)!.status.state).toBe('live')
  })

  test('whose message is malformed resyncs alone', async () => {
    const desk = binanceDesk()
    await goLive(desk, ['BTCUSDT', 'ETHUSDT'])
    const broken = JSON.stringify(diff('BTCUSDT', 102, 102)).replace('"2.000"', '"NaN"')
    desk.transport.latest.frame(broken)
    expect(desk.feed.lane(BTC)!.status.state).toBe('gap')
    expect(desk.feed.lane(ETH)!.status.state).toBe('live')
    expect(desk.feed.counts().rejected).toBe(1)
  })

  test('survives frames that are no messages at all', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    for (const junk of ['', '<html>502</html>', '{"stream":', 'null', '[[[[', '{"e":"depthUpdate"}'])
      desk.transport.latest.frame(junk)
    expect(desk.feed.lane(BTC)!.status.state).toBe('live')
  })

  test('that the venue does not list is refused with that reason', async () => {
    const desk = binanceDesk()
    desk.feed.watch(new Set(['binance-spot:NOSUCH']))
    await desk.clock.pass(0)
    expect(desk.feed.lane('binance-spot:NOSUCH')!.status).toMatchObject({
      state: 'refused',
      reason: 'Binance spot lists no NOSUCH'
    })
    expect(desk.transport.sockets).toHaveLength(0)
  })

  test('of a venue that is switched off is refused, and comes back when it is switched on', async () => {
    const off = { ...defaultSettings, venues: { 'binance-spot': { enabled: false, endpoints: {} } } }
    const desk = binanceDesk({ settings: off })
    desk.feed.watch(new Set([BTC]))
    await desk.clock.pass(0)
    expect(desk.log.of('status', BTC).map(({ text }) => text)).toEqual(['refused: switched off in settings'])
    desk.feed.configure(defaultSettings)
    await desk.clock.pass(0)
    desk.transport.latest.open()
    expect(desk.log.states(BTC).at(-1)).toBe('syncing')
  })
})

describe('a link', () => {
  test('that is lost voids its books at once, and says why and when it is tried again', async () => {
    const desk = binanceDesk()
    await goLive(desk, ['BTCUSDT', 'ETHUSDT'])
    desk.transport.latest.close('no route to host: stream.binance.com')
    for (const id of [BTC, ETH]) {
      const { status, book } = desk.feed.lane(id)!
      expect(status.state).toBe('connecting')
      expect(status.reason).toBe('no route to host: stream.binance.com')
      expect(status.nextAttemptAt! - desk.clock.now()).toBeGreaterThanOrEqual(500)
      expect(book.bids.count).toBe(0)
      expect(desk.log.of('trades-lost', id)).toHaveLength(1)
    }
  })

  test('hears nothing from the socket before', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    const old = desk.transport.latest
    old.close('connection cut')
    await desk.clock.pass(2_000)
    desk.transport.latest.open()
    const before = desk.log.events.length
    old.frame(diff('BTCUSDT', 102, 102))
    old.close('again')
    expect(desk.log.events.length).toBe(before)
  })

  test('waits longer each time, though every try brings a snapshot', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    const waits: number[] = []
    for (let attempt = 0; attempt < 8; attempt++) {
      desk.transport.latest.close('connection cut')
      waits.push(desk.feed.lane(BTC)!.status.nextAttemptAt! - desk.clock.now())
      await desk.clock.pass(waits.at(-1)!)
      desk.transport.latest.open().frame(diff('BTCUSDT', 200, 200))
      await desk.clock.pass(0)
      for (const { answer } of desk.snapshots()) answer(json(snapshot(199)))
      await desk.clock.pass(5_000)
    }
    expect(waits).toEqual([750, 1_250, 2_250, 4_250, 8_250, 25_000, 25_000, 25_000])
  })

  test('is tried soon again after a steady minute', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    for (let attempt = 0; attempt < 5; attempt++) {
      desk.transport.latest.close('connection cut')
      await desk.clock.pass(31_000)
    }
    const socket = desk.transport.latest.open()
    for (let second = 0; second < 70; second++) {
      socket.frame(diff('BTCUSDT', 300 + second, 300 + second))
      await desk.clock.pass(1_000)
    }
    socket.close('connection cut')
    expect(desk.feed.lane(BTC)!.status.nextAttemptAt! - desk.clock.now()).toBe(750)
  })

  test('that falls silent under a busy book is replaced, and the book was not live meanwhile', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    for (let id = 102; id < 142; id++) {
      desk.transport.latest.frame(diff('BTCUSDT', id, id))
      await desk.clock.pass(100)
    }
    await desk.clock.pass(4_100)
    expect(desk.feed.lane(BTC)!.status).toMatchObject({ state: 'stale' })
    await desk.clock.pass(9_000)
    expect(desk.transport.sockets[0]!.isTerminated).toBe(true)
    expect(desk.transport.sockets.length).toBeGreaterThan(1)
  })

  test('whose only book stops while it lives is replaced once the next is heard: the venue is ahead of what it sends', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    let id = 101
    for (; id < 142; await desk.clock.pass(100)) desk.transport.latest.frame(diff('BTCUSDT', ++id, id))
    desk.http.reply = () => json(snapshot((id += 50)))
    const [old] = desk.transport.sockets
    for (let second = 0; second < 15 && desk.transport.sockets.length === 1; second++) {
      old!.ping()
      await desk.clock.pass(1_000)
      if (second > 3) expect(desk.feed.lane(BTC)!.status.state).not.toBe('live')
    }
    expect(old!.sent.filter((text) => text.includes('depth'))).toHaveLength(3)
    expect(old!.isTerminated).toBe(false)
    desk.transport.latest.open()
    for (let second = 0; second < 5; second++) {
      desk.transport.latest.frame(diff('BTCUSDT', id, ++id))
      await desk.clock.pass(1_000)
    }
    expect(old!.isTerminated).toBe(true)
    expect(desk.feed.lane(BTC)!.status.state).toBe('live')
  })

  test('of a quiet market is kept: the venue confirms that nothing changed', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    desk.http.reply = () => json(snapshot(101))
    await quietly(desk, 3_600_000)
    expect(desk.transport.sockets).toHaveLength(1)
    expect(desk.feed.lane(BTC)!.status.state).toBe('live')
    expect(desk.log.states(BTC).filter((state) => state === 'stale')).toEqual([])
    expect(desk.snapshots().length).toBeLessThan(30)
  })

  test('asks for what is wanted and no more, at the pace the venue allows', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    desk.feed.watch(new Set([BTC, ETH]))
    desk.feed.watch(new Set([ETH]))
    await desk.clock.pass(2_000)
    const methods = desk.transport.latest.sent.map(
      (text) => JSON.parse(text) as { method: string; params: string[] }
    )
    expect(methods.map(({ method, params }) => `${method} ${params[0]}`)).toEqual([
      'SUBSCRIBE btcusdt@depth@100ms',
      'UNSUBSCRIBE btcusdt@depth@100ms',
      'SUBSCRIBE ethusdt@depth@100ms'
    ])
  })

  test('is made anew before the venue cuts it, and no book leaves live', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    let id = 101
    const hours = async (count: number, sockets: () => typeof desk.transport.sockets) => {
      for (let beat = 0; beat < count * 1_800; beat++) {
        id++
        for (const socket of sockets()) socket.frame(diff('BTCUSDT', id, id))
        await desk.clock.pass(2_000)
        if (desk.transport.sockets.length > 1) return
      }
    }
    await hours(24, () => desk.transport.sockets)
    expect(desk.transport.sockets).toHaveLength(2)
    desk.transport.latest.open()
    for (let beat = 0; beat < 10; beat++) {
      id++
      for (const socket of desk.transport.sockets)
        if (!socket.isTerminated) socket.frame(diff('BTCUSDT', id, id))
      await desk.clock.pass(1_000)
    }
    expect(desk.transport.sockets.map(({ isTerminated }) => isTerminated)).toEqual([true, false])
    expect(desk.log.states(BTC).slice(3)).toEqual(['live'])
    expect(desk.feed.lane(BTC)!.book.sequence).toBe(id)
  })
})

describe('the weight budget', () => {
  test('is kept at half when fifty books lose continuity at once, and all come back', async () => {
    const symbols = Array.from({ length: 50 }, (_, index) => `A${index}USDT`)
    const desk = binanceDesk({ symbols })
    await goLive(desk, symbols)
    const askedAt = desk.snapshots().map(() => desk.clock.mono())
    desk.http.reply = () => {
      askedAt.push(desk.clock.mono())
      return json(snapshot(id))
    }
    let id = 105
    for (let second = 0; second < 90; second++, id++) {
      await desk.clock.pass(1_000)
      for (const symbol of symbols) desk.transport.latest.frame(diff(symbol, id, id))
    }
    expect(askedAt.length).toBeGreaterThanOrEqual(100)
    for (const end of askedAt) {
      const weight = askedAt.filter((at) => at > end - 60_000 && at <= end).length * 50
      expect(weight).toBeLessThanOrEqual(3_000)
    }
    for (const lane of desk.feed.lanes()) expect(lane.status.state).toBe('live')
  })
})

describe('a venue that says slow down', () => {
  test('is not asked again before the time it gave, and the ban is reported', async () => {
    const desk = binanceDesk()
    await goLive(desk)
    await desk.clock.pass(1_000)
    desk.transport.latest.frame(diff('BTCUSDT', 105, 106))
    await desk.clock.pass(0)
    desk.snapshots()[1]!.answer({ ok: false, status: 429, retryAfterMs: 60_000, reason: 'slow down' })
    await quietly(desk, 59_900)
    expect(desk.snapshots()).toHaveLength(2)
    expect(desk.bans).toMatchObject([{ venue: 'binance-spot', reason: 'slow down, for 1 min' }])
    expect(desk.feed.lane(BTC)!.status.nextAttemptAt).toBe(desk.bans[0]!.until)
    expect(desk.feed.links().find(({ leg }) => leg === 'rest')).toMatchObject({ state: 'banned' })
    await desk.clock.pass(200)
    expect(desk.snapshots()).toHaveLength(3)
  })

  test('is obeyed over a restart', async () => {
    const until = millis(1_800_000_000_000 + 7_200_000)
    const desk = binanceDesk({ bans: [{ venue: 'binance-spot', until, reason: 'banned' }] })
    desk.feed.watch(new Set([BTC]))
    await desk.clock.pass(4_000)
    desk.transport.latest.open().frame(diff('BTCUSDT', 101, 101))
    for (let minute = 0; minute < 119; minute++) {
      await quietly(desk, 60_000)
    }
    expect(desk.http.asked).toHaveLength(0)
    await desk.clock.pass(62_000)
    expect(desk.http.asked.length).toBeGreaterThan(0)
  })
})

test('frames kept for a snapshot have a cap, and passing it is counted', async () => {
  const desk = binanceDesk()
  desk.feed.watch(new Set([BTC]))
  await desk.clock.pass(0)
  const socket = desk.transport.latest.open()
  for (let id = 1; id <= 5_000; id++) socket.frame(diff('BTCUSDT', id, id))
  const lane = desk.feed.lane(BTC)!
  expect(lane.counters.overflows).toBe(1)
  expect(lane.pending.count).toBe(5_000 - 4_096)
})
