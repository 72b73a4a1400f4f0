import { Intake } from '../../../src-main/engine/feed/intake'
import { FeedLane } from '../../../src-main/engine/feed/lane'
import { instrumentId } from '../../../src-shared/instrument'
import { FakeClock } from '../fake-clock'
import { nobody } from '../../../src-main/engine/feed/nobody'
import { chanceOf, oneOf } from '../sim-venue/chance'
import type { Dialect } from '../sim-venue/dialect'
import type { Episode } from './generated'
import { episodesOf } from './generated'
import { mutated } from './mutations'
import { NaiveFeed } from './naive-feed'
import { naiveReader } from './naive-readers'

export interface FuzzReport {
  /** Mutated frames. */
  readonly frames: number
  /** Of these: read, and the books equal to the naive ones; not read, with a reason or as news of another kind; and those that cost a book. */
  readonly taken: number
  readonly refused: number
  readonly voided: number
  readonly slowestMs: number
  readonly failures: readonly string[]
}

/** No frame may take longer. */
const MOST_MS = 50
const MUTATED = 0.6
const MOST_FAILURES = 20
const LINES_A_DESK = 20

/**
 * Frames of a dialect, most of them mutated, into an intake and into the naive reference. Never a throw, never long; and wherever a book is followed afterwards it
 * is level by level the naive one.
 */
export function fuzz(dialect: Dialect, count: number, seed: number): FuzzReport {
  const run = new FuzzRun(dialect, seed)
  while (run.frames < count) run.episode()
  return run
}

class FuzzRun implements FuzzReport {
  frames = 0
  taken = 0
  refused = 0
  voided = 0
  slowestMs = 0
  readonly failures: string[] = []
  readonly #dialect: Dialect
  readonly #chance: () => number
  readonly #episodes: readonly Episode[]
  readonly #known: ReadonlyMap<string, unknown>
  #lines = 0
  #desk: Desk
  #naive: NaiveFeed
  #reader: ReturnType<Dialect['venue']['reader']>

  constructor(dialect: Dialect, seed: number) {
    this.#dialect = dialect
    this.#chance = chanceOf(seed)
    this.#episodes = episodesOf(dialect, seed)
    this.#known = new Map(
      this.#episodes
        .flatMap(({ begin, answers, frames }) => [...begin, ...answers.values(), ...frames])
        .filter((text) => text.startsWith('{') || text.startsWith('['))
        .map((text) => [text, JSON.parse(text)])
    )
    this.#desk = deskOf(dialect)
    this.#naive = this.#naively()
    this.#reader = dialect.venue.reader()
  }

  /** One line until none of its books is followed. */
  episode(): void {
    const { begin, answers, frames } = oneOf(this.#chance, this.#episodes)
    this.#afresh()
    const breaksBegin = this.#chance() < 0.1
    // What answers a subscription says what a channel is: who believes a wrong one cannot know better.
    for (const text of begin) this.#send(text, breaksBegin && text.length > 400)
    for (const lane of this.#desk.lanes) this.#answer(lane, answers.get(lane.symbol))
    for (const text of frames) {
      this.#send(text, this.#chance() < MUTATED)
      if (this.#desk.lanes.every(({ sync }) => sync.state === 'void')) return
    }
  }

  /** Void books and a new line; and now and then new books, whose grids are as the venue's list has them. */
  #afresh(): void {
    if (this.#lines++ % LINES_A_DESK === 0) this.#desk = deskOf(this.#dialect)
    for (const lane of this.#desk.lanes) {
      lane.void('gap', 'a new line')
      lane.pending.clear()
    }
    this.#naive = this.#naively()
    this.#reader = this.#dialect.venue.reader()
  }

  #send(text: string, isMutated: boolean): void {
    const { intake, lanes } = this.#desk
    const { frames } = oneOf(this.#chance, this.#episodes)
    const sent = isMutated ? mutated(text, oneOf(this.#chance, frames), this.#chance) : text
    const stood = lanes.filter(({ sync }) => sync.state !== 'void').length
    const isRead = this.#timed(sent, () => intake.receive(Buffer.from(sent), this.#reader))
    // Refused with a reason: where nothing else tells, the next message of the chain will.
    if (isRead === true) this.#naive.take(sent)
    this.#judge(sent)
    if (!isMutated) return
    this.frames++
    if (lanes.filter(({ sync }) => sync.state !== 'void').length < stood) this.voided++
    else if (isRead) this.taken++
    else this.refused++
  }

  #answer(lane: FeedLane, text: string | undefined): void {
    if (text === undefined) return
    const isMutated = this.#chance() < 0.2
    const sent = isMutated ? mutated(text, text, this.#chance) : text
    const held = this.#timed(sent, () => this.#desk.intake.snapshot(lane, Buffer.from(sent)))
    if (held !== 'malformed') this.#naive.snapshot(lane.symbol, sent)
    this.#judge(sent)
    if (!isMutated) return
    this.frames++
    if (held === 'malformed') this.refused++
    else this.taken++
  }

  #timed<T>(sent: string, act: () => T): T | undefined {
    const began = performance.now()
    try {
      return act()
    } catch (error) {
      this.#fail(`threw ${String(error)}`, sent)
      return undefined
    } finally {
      this.#time(performance.now() - began, sent)
    }
  }

  /** A machine that is busy elsewhere makes any frame slow: what counts is the quickest of some tries. */
  #time(tookMs: number, sent: string): void {
    let least = tookMs
    for (let tries = 0; least > MOST_MS / 5 && tries < 5; tries++) {
      const { intake } = deskOf(this.#dialect)
      const reader = this.#dialect.venue.reader()
      const began = performance.now()
      intake.receive(Buffer.from(sent), reader)
      least = Math.min(least, performance.now() - began)
    }
    this.slowestMs = Math.max(this.slowestMs, least)
    if (least > MOST_MS) this.#fail(`took ${least.toFixed(0)} ms`, sent)
  }

  /** Every book that stands equals the naive one; what does not stand is not known. */
  #judge(sent: string): void {
    for (const lane of this.#desk.lanes) {
      const { symbol, sync } = lane
      if (sync.state === 'void') this.#naive.forget(symbol)
      const wrong = sync.state === 'void' ? undefined : this.#naive.differs(lane)
      if (wrong === undefined) continue
      this.#fail(`${symbol}: ${wrong}`, sent)
      lane.void('gap', 'fuzzed')
      this.#naive.forget(symbol)
    }
  }

  #fail(what: string, sent: string): void {
    if (this.failures.length < MOST_FAILURES)
      this.failures.push(`${what}, after ${JSON.stringify(sent.slice(0, 3000))}`)
  }

  #naively(): NaiveFeed {
    return new NaiveFeed(naiveReader(this.#dialect.venue.spec.id), this.#known)
  }
}

type Desk = ReturnType<typeof deskOf>

function deskOf({ venue, listings }: Dialect) {
  const clock = new FakeClock()
  const lanes = listings.map(
    ({ symbol }) =>
      new FeedLane(
        { ...venue.catalogue.guess(symbol), id: instrumentId(venue.spec.id, symbol) },
        ...([venue.sequence, clock, nobody] as const)
      )
  )
  const lose = () => {
    for (const lane of lanes) lane.void('gap', 'missed')
  }
  const intake = new Intake({
    ...{
      venue,
      clock,
      listener: nobody,
      trustsSnapshots: venue.snapshot.kind === 'in-band',
      followsBeyond: false
    },
    lane: (symbol) => lanes.find((lane) => lane.symbol === symbol),
    events: {
      heard: () => undefined,
      needsSnapshot: () => undefined,
      timed: () => undefined,
      traded: () => undefined,
      referred: () => undefined,
      tookSnapshot: () => undefined,
      advanced: () => undefined,
      confirmed: () => undefined,
      repeated: () => undefined,
      missed: lose,
      wentOn: () => false,
      garbled: () => undefined,
      said: () => undefined
    }
  })
  return { intake, lanes }
}
