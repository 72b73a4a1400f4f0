import { describe, expect, test } from 'vitest'
import { Feed } from '../../../src-main/engine/feed/hub'
import { bitfinex } from '../../../src-main/engine/venues/bitfinex/index'
import { deribit } from '../../../src-main/engine/venues/deribit/index'
import { defaultSettings } from '../../../src-shared/settings'
import { FakeClock } from '../../support/fake-clock'
import { FakeHttp, FakeTransport, json } from '../../support/fake-transport'
import { FeedLog } from '../../support/feed-log'

const SYMBOL = 'BTC-25DEC26-95000-P'
const ID = `deribit:${SYMBOL}`
const HEARTBEAT = '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"heartbeat"}}'

const option = {
  ...{ instrument_name: SYMBOL, kind: 'option', base_currency: 'BTC', quote_currency: 'BTC' },
  ...{ tick_size: 0.0005, min_trade_amount: 0.1, is_active: true, state: 'open' }
}
const told = (channel: string, data: object) => ({
  jsonrpc: '2.0',
  method: 'subscription',
  params: { channel, data }
})
const book = (last: number, previous?: number, size = 10) =>
  told(`book.${SYMBOL}.100ms`, {
    ...{ type: previous === undefined ? 'snapshot' : 'change', timestamp: 1_800_000_000_000 },
    ...{ change_id: last, prev_change_id: previous ?? null },
    ...{ bids: [['new', 0.05, size]], asks: previous === undefined ? [['new', 0.06, 10]] : [] }
  })
const ticker = (bid: number) =>
  told(`ticker.${SYMBOL}.100ms`, {
    ...{ timestamp: 1_800_000_000_000, best_bid_price: bid, best_bid_amount: 10 },
    ...{ best_ask_price: 0.06, best_ask_amount: 10 }
  })

/** A feed on Deribit whose socket, requests, clock and chance are in the test's hands, with one live option. */
async function optionDesk() {
  const [clock, log, transport, http] = [new FakeClock(), new FeedLog(), new FakeTransport(), new FakeHttp()]
  http.reply = (url) => json({ result: url.includes('kind=option&') ? [option] : [] })
  const feed = new Feed({
    ...{ venues: [deribit], transports: [transport], http: http.get, clock, listener: log },
    ...{ chance: () => 0.5, settings: defaultSettings, bans: [], onBan: () => undefined }
  })
  feed.watch(new Set([ID]))
  await clock.pass(0)
  const socket = transport.latest.open()
  await clock.pass(2_000)
  socket.frame(book(100))
  const asked = () => socket.sent.filter((text) => text.includes(`["book.${SYMBOL}.100ms"]`)).length
  /** Time passes while the venue says nothing but that it is there, and `each` second what the test wants. */
  const wait = async (seconds: number, each: () => void = () => undefined) => {
    for (let second = 0; second < seconds; second++) {
      socket.frame(HEARTBEAT)
      each()
      await clock.pass(1_000)
    }
  }
  return { clock, log, feed, transport, socket, asked, wait, lane: () => feed.lane(ID)! }
}

describe('a book whose snapshots come in the stream', () => {
  test('is live with its snapshot and after a change that follows it', async () => {
    const { lane, socket } = await optionDesk()
    expect(lane().status.state).toBe('live')
    socket.frame(book(230, 100, 7))
    expect(lane().book.touch).toMatchObject({ bid: 100, bidSize: 70 })
  })

  test('is left and joined again after a gap, and is live with the snapshot that brings', async () => {
    const { lane, socket, asked, wait } = await optionDesk()
    socket.frame(book(230, 200))
    expect(lane().status.state).toBe('gap')
    await wait(3)
    expect(asked()).toBe(2)
    socket.frame(book(300))
    expect(lane().status.state).toBe('live')
  })

  test('is not believed again with a snapshot that was held up and ends before the change that voided the book', async () => {
    const { lane, socket, asked, wait } = await optionDesk()
    socket.frame(book(230, 200))
    socket.frame(book(200))
    expect(lane().status.state).toBe('gap')
    await wait(3)
    expect(asked()).toBe(2)
    socket.frame(book(230))
    expect([lane().status.state, lane().book.sequence]).toEqual(['live', 230])
  })

  test('that stands is not put back by a snapshot that was held up, but by a younger one that counts anew', async () => {
    const { lane, socket } = await optionDesk()
    const from = (last: number, later: number) => {
      const { params } = book(last)
      return told(params.channel, { ...params.data, timestamp: 1_800_000_000_000 + later })
    }
    socket.frame(book(230, 100))
    socket.frame(from(150, -1_000))
    expect([lane().status.state, lane().book.sequence, lane().counters.stale]).toEqual(['live', 230, 1])
    socket.frame(from(1, 1_000))
    expect([lane().status.state, lane().book.sequence]).toEqual(['live', 1])
  })

  test('that a venue counts anew is believed with the second snapshot that says so', async () => {
    const { lane, socket, wait } = await optionDesk()
    socket.frame(book(230, 200))
    socket.frame(book(1))
    expect(lane().status.state).toBe('gap')
    await wait(3)
    socket.frame(book(1))
    expect([lane().status.state, lane().book.sequence]).toEqual(['live', 1])
  })

  test('stays live for minutes of silence while the venue’s quotes show its touch, and is not asked for', async () => {
    const { lane, log, socket, asked, wait } = await optionDesk()
    await wait(300, () => {
      socket.frame(ticker(0.05))
    })
    expect(lane().status.state).toBe('live')
    expect([asked(), log.of('gap', ID)]).toEqual([0, []])
  })

  test('is asked for when quotes show another touch, and leaves live when no answer comes', async () => {
    const { lane, socket, asked, wait } = await optionDesk()
    await wait(40, () => {
      socket.frame(ticker(0.0505))
    })
    expect(asked()).toBeGreaterThan(0)
    expect(lane().status.state).toBe('stale')
  })

  test('that is merely quiet is asked for less and less often', async () => {
    const { socket, lane, wait } = await optionDesk()
    let answered = 0
    await wait(600, () => {
      const asked = socket.sent.filter((text) => text.includes('"public/subscribe"')).length - 2
      if (asked > answered) {
        answered = asked
        socket.frame(book(100))
      }
    })
    expect(lane().status.state).toBe('live')
    expect(answered).toBeGreaterThan(1)
    expect(answered).toBeLessThan(10)
  })
})

describe('a line that asked too much', () => {
  test('is made anew after the usual wait, not at once', async () => {
    const { clock, transport, socket, lane } = await optionDesk()
    socket.frame({ jsonrpc: '2.0', id: 7, error: { code: 10028, message: 'too_many_requests' } })
    expect(socket.isTerminated).toBe(true)
    expect([transport.sockets.length, lane().status.state]).toEqual([1, 'connecting'])
    expect(lane().status.reason).toContain('10028 too_many_requests')
    await clock.pass(60_000)
    expect(transport.sockets.length).toBeGreaterThan(1)
  })
})

describe('an instrument that the venue did not subscribe', () => {
  test('is refused in words, by what was asked on its line', async () => {
    const { socket, lane } = await optionDesk()
    const request = socket.sent.find((text) => text.includes(SYMBOL))!
    const { id } = JSON.parse(request) as { id: number }
    socket.frame({ jsonrpc: '2.0', id, result: [`trades.${SYMBOL}.100ms`, `book.${SYMBOL}.100ms`] })
    expect(lane().status).toMatchObject({
      state: 'refused',
      reason: `Deribit did not subscribe ticker.${SYMBOL}.100ms`
    })
  })
})

describe('a book asked for together with others', () => {
  const SYMBOLS = ['tBTCUSD', 'tETHUSD', 'tLTCUSD']
  const channelOf = (symbol: string) => 101 + SYMBOLS.indexOf(symbol)
  const joins = (texts: readonly string[], symbol: string) =>
    texts.filter((text) => text.includes('"channel":"book"') && text.includes(symbol)).length

  /** Three live books on one line of Bitfinex, which takes five messages a second, and a counter over all that comes. */
  async function threeBooks() {
    const [clock, transport, http] = [new FakeClock(), new FakeTransport(), new FakeHttp()]
    http.reply = () => json([SYMBOLS.map((symbol) => [symbol.slice(1), []]), []])
    const feed = new Feed({
      ...{ venues: [bitfinex], transports: [transport], http: http.get, clock, listener: new FeedLog() },
      ...{ chance: () => 0.5, settings: defaultSettings, bans: [], onBan: () => undefined }
    })
    feed.watch(new Set(SYMBOLS.map((symbol) => `bitfinex:${symbol}`)))
    await clock.pass(0)
    const socket = transport.latest.open()
    await clock.pass(3_000)
    let counter = 0
    const say = (symbol: string, data: unknown) => {
      socket.frame([channelOf(symbol), data, ++counter, 1_800_000_000_000])
    }
    const snapshot = (symbol: string) => {
      socket.frame({ event: 'subscribed', channel: 'book', symbol, chanId: channelOf(symbol) })
      say(symbol, [
        [100, 1, 1],
        [101, 1, -1]
      ])
    }
    for (const symbol of SYMBOLS) snapshot(symbol)
    const asked = new Map(SYMBOLS.map((symbol) => [symbol, joins(socket.sent, symbol)]))
    /** Time passes in which the venue answers what it is asked for. */
    const answered = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 100) {
        await clock.pass(100)
        for (const symbol of SYMBOLS) {
          const now = joins(socket.sent, symbol)
          if (now > asked.get(symbol)!) snapshot(symbol)
          asked.set(symbol, now)
        }
      }
    }
    const lose = () => {
      counter++
      say('tLTCUSD', 'hb')
    }
    return {
      clock,
      socket,
      snapshot,
      answered,
      lose,
      state: (of: string) => feed.lane(`bitfinex:${of}`)!.status.state
    }
  }

  test('and lost anew before the last of them was asked for is asked for when its own turn comes', async () => {
    const { clock, socket, snapshot, answered, lose, state } = await threeBooks()
    // After many losses the waits are longer than it takes to ask for all.
    for (let loss = 0; loss < 9; loss++) {
      lose()
      await answered(9_000)
    }
    const before = joins(socket.sent, 'tETHUSD')
    lose()
    // The first goes alone; the others wait for the line's pace and go together.
    await clock.pass(700)
    expect(SYMBOLS.map((symbol) => joins(socket.sent, symbol))).toEqual([before + 1, before + 1, before])
    snapshot('tETHUSD')
    expect(state('tETHUSD')).toBe('live')
    lose()
    await clock.pass(5_000)
    expect(joins(socket.sent, 'tETHUSD')).toBe(before + 2)
  })
})
