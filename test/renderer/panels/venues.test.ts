import { render, screen, within } from '@testing-library/svelte'
import axe from 'axe-core'
import { tick } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import Venues from '../../../src-renderer/panels/venues/Venues.svelte'
import { outagesOf } from '../../../src-renderer/panels/venues/outages'
import type { DiaryEntry, EngineHealth, LinkHealth } from '../../../src-shared/contract/frames'
import type { BookState } from '../../../src-shared/status'
import { millis } from '../../../src-shared/units'
import { fakeDesk, start, type FakeDesk } from '../../support/fake-desk.svelte'

const btc = 'binance-usdm:BTCUSDT'

const link = (change: Partial<LinkHealth> = {}): LinkHealth => ({
  ...{ venue: 'binance-usdm', leg: 'public', state: 'open', since: millis(start - 60_000), reason: '' },
  ...{ lagMs: 40, lagP50Ms: 42, lagP99Ms: 118, clockOffsetMs: 6, framesPerSecond: 312, instruments: 1 },
  ...{ attempts: 0, weightUsed: NaN, gaps: 3, resyncs: 2, checksumsOk: 0, checksumsBad: 0 },
  ...change
})

function health(...links: LinkHealth[]): EngineHealth {
  return {
    ...{ at: start, startedAt: start, cpu: 0, memory: 0, loopDelayMs: 0, framesPerSecond: 0 },
    ...{ gaps: 0, resyncs: 0, rejected: 0, books: { live: 1, watched: 1 }, links, catalogues: [] }
  }
}

async function shown(desk: FakeDesk): Promise<void> {
  render(Venues, {
    ...{ desk, tab: { id: 'tab', panel: 'venues' }, instrument: undefined },
    choose: () => undefined
  })
  await tick()
}
const row = () => screen.getByRole('row', { name: /Binance USD-M/ })
const words = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim()
/** What is said of each connection, and its figures as `name value`. */
const connections = () =>
  within(screen.getByRole('region', { name: /connections/ }))
    .getAllByRole('listitem')
    .map((item) => ({
      words: [...item.querySelectorAll('p')].map(words),
      figures: [...item.querySelectorAll('dl > div')].map(words)
    }))

afterEach(() => {
  document.body.replaceChildren()
})

describe('the venue health view', () => {
  it('shows a live connection with its counts', async () => {
    const desk = fakeDesk(btc)
    desk.market.health = health(link())
    await shown(desk)
    expect(row().textContent.replace(/\s+/g, ' ')).toMatch(/live – 42 118 312 3 2/)
    expect(row().textContent).toContain('+6 ms')
  })

  it('says why a connection is cut, since when, and when it is tried again; and tries it', async () => {
    const desk = fakeDesk(btc)
    const reason = 'connection cut: fstream.binance.com'
    desk.market.setStatus(btc, { state: 'connecting', reason, since: start })
    const waiting = { state: 'waiting', reason, nextAttemptAt: millis(start + 12_000), attempts: 3 } as const
    desk.market.health = health(link({ ...waiting, lastError: { at: start, reason } }))
    await shown(desk)
    expect(row().textContent).toContain('unreachable')
    const connections = screen.getByRole('region', { name: /connections/ })
    expect(connections.textContent).toMatch(
      /not connected for 1 min: connection cut.*Next attempt in 12 s, at 15:02:23, 3 tries/s
    )
    expect(connections.textContent).toContain('Each message names the one before it')
    screen.getByRole('button', { name: 'Try now' }).click()
    expect(desk.market.retried).toEqual(['binance-usdm'])
  })

  it('shows every connection for itself: a slow one is not the other’s, nor is its error', async () => {
    const desk = fakeDesk(btc)
    const lastError = { at: millis(start - 30_000), reason: 'no answer in time: fstream.binance.com' }
    const slow = { lagP50Ms: 900, lagP99Ms: 2_100, clockOffsetMs: -5_000, framesPerSecond: 4 }
    const noBooks = { gaps: NaN, resyncs: NaN, checksumsOk: NaN, checksumsBad: NaN }
    const silent = { lagP50Ms: NaN, lagP99Ms: NaN, clockOffsetMs: NaN, framesPerSecond: 0 }
    desk.market.health = health(
      link({ checksumsOk: 12, checksumsBad: 1 }),
      link({ leg: 'market', ...slow, ...noBooks, lastError }),
      link({ leg: 'rest', ...silent, ...noBooks, since: millis(NaN), weightUsed: 0.07 })
    )
    await shown(desk)
    const [book, market, rest] = connections()
    expect(book?.figures).toEqual([
      'p50 42 ms',
      'p99 118 ms',
      'Clock +6 ms',
      'Messages 312 /s',
      'Gaps 3',
      'Resyncs 2',
      'Checks 12, 1 bad'
    ])
    expect(market?.figures).toEqual(['p50 900 ms', 'p99 2,100 ms', 'Clock −5.0 s', 'Messages 4 /s'])
    expect(market?.words).toEqual([
      'market open for 1 min',
      'Last error at 15:01:41: no answer in time: fstream.binance.com'
    ])
    expect(rest).toEqual({ words: ['rest open'], figures: ['Weight used 7 %'] })
    // The table has one line a venue, with the clock that is farthest off.
    expect(row().textContent).toContain('−5.0 s')
  })

  it('has a dash where nothing was measured', async () => {
    const desk = fakeDesk(btc)
    const unmeasured = { lagP50Ms: NaN, lagP99Ms: NaN, clockOffsetMs: NaN, framesPerSecond: 0 }
    desk.market.health = health(link({ ...unmeasured, gaps: 0, resyncs: 0 }))
    await shown(desk)
    expect(connections()[0]?.figures).toEqual([
      'p50 –',
      'p99 –',
      'Clock –',
      'Messages 0 /s',
      'Gaps 0',
      'Resyncs 0',
      'Checks –'
    ])
  })

  it('copies what a report needs, without secrets and paths', async () => {
    const desk = fakeDesk(btc)
    const reason = 'no answer: wss://me:pw@host.example/ws?token=abc, see /home/me/tape.log'
    desk.market.health = health(link({ state: 'waiting', reason, attempts: 3 }))
    desk.market.diary = [{ at: start, instrument: btc, state: 'gap', reason: '3 messages lost' }]
    await shown(desk)
    screen.getByRole('button', { name: 'Copy diagnostics' }).click()
    await tick()
    const [text = ''] = desk.copied
    expect(text).toContain('Binance USD-M (binance-usdm), chained, at 20')
    expect(text).toContain('public: waiting for 1 min: no answer: wss://host.example')
    expect(text).toContain('p50 42 ms, p99 118 ms')
    expect(text).toMatch(/\d\d:\d\d:\d\d\.\d{3} binance-usdm:BTCUSDT resync: 3 messages lost/)
    for (const secret of ['pw', 'token', 'abc', 'home']) expect(text).not.toContain(secret)
    await tick()
    expect(screen.getByRole('status').textContent).toMatch(/^Copied at/)
  })

  it('shows only the venues in use until all are asked for', async () => {
    const desk = fakeDesk(btc)
    await shown(desk)
    expect(screen.queryByRole('row', { name: /Simulated/ })).toBeNull()
    screen.getByRole('button', { name: 'Show all 2' }).click()
    await tick()
    expect(screen.getByRole('row', { name: /Simulated/ })).toBeTruthy()
  })

  it('tells what happened, latest first', async () => {
    const desk = fakeDesk(btc)
    desk.market.diary = [
      { at: start, instrument: btc, state: 'live', reason: '' },
      { at: millis(start + 1), instrument: btc, state: 'gap', reason: '3 messages lost' }
    ]
    await shown(desk)
    const lines = screen.getAllByRole('listitem').map(({ textContent }) => textContent)
    expect(lines[0]).toContain('BTCUSDT resync: 3 messages lost')
    expect(lines[1]).toContain('BTCUSDT live')
  })

  it('is clean for a screen reader', async () => {
    const desk = fakeDesk(btc)
    desk.market.health = health(link())
    await shown(desk)
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } }
    })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  })
})

describe('an outage', () => {
  const entry = (at: number, state: BookState, instrument = 'a'): DiaryEntry => ({
    ...{ at: millis(at), state, instrument, reason: '' }
  })
  it('lasts while any book is not whole', () => {
    const entries = [
      ...[entry(1, 'live'), entry(2, 'live', 'b'), entry(10, 'gap'), entry(12, 'gap', 'b')],
      ...[entry(15, 'live'), entry(20, 'live', 'b')]
    ]
    expect(outagesOf(entries, 0, 100)).toEqual([[10, 20]])
  })
  it('that still runs ends now, and one that began before begins at the edge', () => {
    expect(outagesOf([entry(1, 'live'), entry(5, 'stale')], 50, 100)).toEqual([[50, 100]])
  })
  it('is none before a book was whole for the first time', () => {
    expect(outagesOf([entry(1, 'connecting'), entry(2, 'syncing'), entry(3, 'live')], 0, 100)).toEqual([])
  })
})
