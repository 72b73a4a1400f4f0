import { Trades } from '../../../src-main/engine/book/changes'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import type { EngineFeed, EngineParts } from '../../../src-main/engine/engine-parts'
import { Engine } from '../../../src-main/engine/engine'
import type { FeedListener } from '../../../src-main/engine/feed/listener'
import { metrics } from '../../../src-main/engine/metrics'
import type { Metric } from '../../../src-main/engine/metrics/metric'
import { simulated } from '../../../src-main/engine/venues/simulated'
import type { EngineControl, EngineReport } from '../../../src-shared/contract/control'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import { columnsOf } from '../../../src-shared/contract/catalogue'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import { defaultSettings } from '../../../src-shared/settings'
import type { BookStatus } from '../../../src-shared/status'
import type { Watchlists } from '../../../src-shared/watchlist'
import { FakeClock } from '../../support/fake-clock'
import type { HandLevel } from '../../support/hand-book'
import { changesOf, plainInstrument } from '../../support/hand-book'

/** A feed that says what a test tells it to say, and remembers what it was asked. */
export class FakeFeed implements EngineFeed {
  readonly book = new SortedBook()
  readonly retried: string[] = []
  watched: ReadonlySet<InstrumentId> = new Set()
  isStopped = false
  readonly #clock: FakeClock
  readonly #listener: FeedListener
  readonly #instrument: Instrument

  constructor(clock: FakeClock, listener: FeedListener, instrument: Instrument) {
    this.#clock = clock
    this.#listener = listener
    this.#instrument = instrument
  }

  /** A snapshot came and joined: the book is live. */
  goLive(bids: readonly HandLevel[], asks: readonly HandLevel[]): void {
    this.#listener.onInstruments([this.#instrument])
    this.change(bids, asks, true)
    this.say('live')
  }

  change(bids: readonly HandLevel[], asks: readonly HandLevel[], isSnapshot = false): void {
    const changes = changesOf(bids, asks, { isSnapshot, last: this.#clock.now() })
    this.book.commit(changes)
    this.#listener.onBook(this.#instrument.id, this.book, changes, this.#clock.now())
  }

  trade(price: number, size: number, aggressor: 1 | -1): void {
    const trades = new Trades()
    trades.push(price, size, aggressor, this.#clock.now(), 1)
    this.#listener.onTrades(this.#instrument.id, trades, this.#clock.now())
  }

  /** A message was missed. */
  gap(): void {
    this.book.clear()
    this.#listener.onGap(this.#instrument.id, this.#clock.now())
    this.say('gap', '3 messages lost')
  }

  say(state: BookStatus['state'], reason = ''): void {
    this.#listener.onStatus(this.#instrument.id, { state, reason, since: this.#clock.now() })
  }

  loseTrades(): void {
    this.#listener.onTradesLost(this.#instrument.id, this.#clock.now())
  }

  watch(ids: ReadonlySet<InstrumentId>): void {
    this.watched = ids
  }
  configure(): void {
    // Nothing of a fake depends on settings.
  }
  retry(venue: string): void {
    this.retried.push(venue)
  }
  askInstruments(): void {
    this.#listener.onInstruments([this.#instrument])
  }
  links() {
    return []
  }
  catalogues() {
    return []
  }
  counts() {
    return { frames: 0, gaps: 0, resyncs: 0, rejected: 0 }
  }
  pace() {
    return { socketToBook: { p50: 0.1, p99: 0.5, most: 2 }, frames: 1_000, ordinary: 7 }
  }
  suspend(): void {
    this.say('stale', 'the computer sleeps')
  }
  resume(): void {
    this.say('connecting')
  }
  stop(): void {
    this.isStopped = true
  }
}

const parts = (
  clock: FakeClock,
  reports: EngineReport[],
  running: readonly Metric[]
): Omit<EngineParts, 'feed'> => ({
  clock,
  metrics: running,
  venues: [simulated.spec],
  probe: { cpu: () => 0.25, memory: () => 1e8, loopDelay: () => ({ p50: 1, p99: 2, most: 3 }) },
  report: (report) => {
    reports.push(report)
  }
})

export const configuration = (
  rules: readonly Rule[],
  instruments: readonly InstrumentId[] = []
): Extract<EngineControl, { kind: 'configure' }> => ({
  kind: 'configure',
  settings: defaultSettings,
  watchlists: watchlistsOf(instruments),
  rules: { version: 2, rules: [...rules] },
  bans: []
})

const watchlistsOf = (instruments: readonly InstrumentId[]): Watchlists => ({
  version: 1,
  active: 'list',
  lists: [{ id: 'list', name: 'List', instruments: [...instruments] }]
})

/** An engine on a fake clock and a fake feed of one instrument. */
export function engineOn(
  rules: readonly Rule[] = [],
  instruments: readonly InstrumentId[] = [],
  running: readonly Metric[] = metrics
) {
  const clock = new FakeClock()
  const reports: EngineReport[] = []
  const feeds: FakeFeed[] = []
  const engine = new Engine({
    ...parts(clock, reports, running),
    feed: (listener) => {
      const feed = new FakeFeed(clock, listener, plainInstrument)
      feeds.push(feed)
      return feed
    }
  })
  engine.control(configuration(rules, instruments))
  return { clock, engine, reports, feed: feeds[0]! }
}

/** Where a field stands in a sample row. */
export const columnOf = (metric: string, field: string): number =>
  sampleHeadLength +
  columnsOf(metrics.map(({ spec }) => spec)).findIndex(
    (column) => column.metric === metric && column.field === field
  )
