import { AggregatedBook } from '../../../src-main/engine/book/aggregated-book'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { Trades } from '../../../src-main/engine/book/changes'
import { Chance } from '../../../src-main/engine/market/chance'
import { metrics } from '../../../src-main/engine/metrics'
import { paramsOf } from '../../../src-main/engine/metrics/params'
import type { Overrides } from '../../../src-main/engine/metrics/params'
import { MetricRunner } from '../../../src-main/engine/metrics/runner'
import type { Instrument } from '../../../src-shared/instrument'
import { columnsOf } from '../../../src-shared/contract/catalogue'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import type { HandLevel } from '../../support/hand-book'
import { changesOf, plainInstrument } from '../../support/hand-book'

/** Half ticks apart from what a band's edge could reach, so that a mirrored book has the same levels in every band. */
export const centre = 1_000_260
/** Messages are 100 ms apart. */
const stepMs = 100

export interface Message {
  readonly at: number
  readonly bids: readonly HandLevel[]
  readonly asks: readonly HandLevel[]
  readonly trades: readonly (readonly [price: number, size: number, sign: 1 | -1])[]
}

/** A touch that wanders by up to 20 ticks, levels that come and go behind it, trades at it: the first message is a snapshot. */
export function madeStream(seed: number, messages: number): readonly Message[] {
  const chance = new Chance(seed, 'made stream')
  const made: Message[] = []
  let touch = { bid: 0, ask: 1 }
  const resting = { bids: new Map<number, number>(), asks: new Map<number, number>() }
  const size = (): number => 1 + chance.below(997)
  for (let n = 0; n < messages; n++) {
    const before = { bids: new Map(resting.bids), asks: new Map(resting.asks) }
    const bid = Math.min(19, Math.max(-20, touch.bid + chance.below(3) - 1))
    touch = { bid, ask: bid + 1 + (chance.coin(0.1) ? 1 : 0) }
    move(resting.bids, touch.bid, -1, size, chance)
    move(resting.asks, touch.ask, 1, size, chance)
    const count = chance.coin(0.6) ? chance.below(4) : 0
    made.push({
      at: 36_000_000 + n * stepMs,
      bids: differences(before.bids, resting.bids, -1),
      asks: differences(before.asks, resting.asks, 1),
      trades: Array.from({ length: count }, () => {
        const sign = chance.coin() ? 1 : -1
        return [centre + (sign > 0 ? touch.ask : touch.bid), 1 + chance.below(499), sign] as const
      })
    })
  }
  return made
}

function move(
  side: Map<number, number>,
  touch: number,
  out: 1 | -1,
  size: () => number,
  chance: Chance
): void {
  for (const price of [...side.keys()]) if ((price - touch) * out < 0) side.delete(price)
  if (!side.has(touch) || chance.coin(0.3)) side.set(touch, size())
  for (let rank = 1; rank <= 30; rank++)
    if (!side.has(touch + out * rank)) side.set(touch + out * rank, size())
  for (let changed = chance.below(6); changed > 0; changed--) {
    const price = touch + out * (1 + chance.below(30))
    if (chance.coin(0.5)) side.set(price, size())
    else side.delete(price)
  }
}

function differences(
  before: ReadonlyMap<number, number>,
  after: ReadonlyMap<number, number>,
  out: 1 | -1
): HandLevel[] {
  const gone = [...before.keys()].filter((price) => !after.has(price)).map((price): HandLevel => [price, 0])
  const now = [...after].filter(([price, size]) => before.get(price) !== size)
  return [...gone, ...now]
    .map(([price, size]): HandLevel => [centre + price, size])
    .sort(([a], [b]) => (a - b) * out)
}

/** Seen in a mirror at the centre: bids are asks, who bought sold. */
export const mirrored = (messages: readonly Message[]): readonly Message[] =>
  messages.map(({ at, bids, asks, trades }) => ({
    at,
    bids: asks.map(([price, size]): HandLevel => [2 * centre - price, size]),
    asks: bids.map(([price, size]): HandLevel => [2 * centre - price, size]),
    trades: trades.map(([price, size, sign]) => [2 * centre - price, size, sign > 0 ? -1 : 1] as const)
  }))

/** Every size times `factor`. */
export const enlarged = (messages: readonly Message[], factor: number): readonly Message[] => {
  const all = (levels: readonly HandLevel[]) =>
    levels.map(([price, size]): HandLevel => [price, size * factor])
  return messages.map(({ at, bids, asks, trades }) => ({
    ...{ at, bids: all(bids), asks: all(asks) },
    trades: trades.map(([price, size, sign]) => [price, size * factor, sign] as const)
  }))
}

/** Every metric on one book that plays messages. */
export class Everything {
  readonly book = new SortedBook()
  readonly runner: MetricRunner
  #isLive = false

  /** What the metrics have learned, by metric, as told when asked. */
  readonly #learned = new Map<string, readonly number[]>()

  constructor(overrides: Readonly<Record<string, Overrides>> = {}, instrument: Instrument = plainInstrument) {
    this.runner = runnerOf(overrides, instrument, (metric, values) => this.#learned.set(metric, values))
  }

  get learned(): ReadonlyMap<string, readonly number[]> {
    this.#learned.clear()
    this.runner.save()
    return new Map(this.#learned)
  }

  /** Plays them and samples after every so many; `look` may keep what it finds. With `atOnce` no metric is told anything late. */
  play(
    messages: readonly Message[],
    look?: (row: Readonly<Record<string, number>>, at: number) => void,
    { every = 10, atOnce = false } = {}
  ): this {
    for (const [n, { at, bids, asks, trades }] of messages.entries()) {
      if (trades.length > 0) this.runner.onTrades(tradesOf(at, trades), millis(at))
      const changes = changesOf(bids, asks, { isSnapshot: !this.#isLive, last: at })
      this.#isLive = true
      this.book.commit(changes)
      if (atOnce) this.runner.table('price', millis(at))
      this.runner.onBook(this.book, changes, millis(at))
      if (atOnce) this.runner.table('price', millis(at))
      if (look && n % every === every - 1) look(this.figures(at), at)
    }
    return this
  }

  /** The next message is a snapshot of what was there, as after a resync. */
  gap(at: number): this {
    this.runner.onGap(millis(at))
    return this
  }

  /** By `metric.field`. */
  figures(at: number): Readonly<Record<string, number>> {
    return rowOf(this.runner, at)
  }

  /** What rests now, as a snapshot would tell it. */
  resting(): Pick<Message, 'bids' | 'asks'> {
    const all = (side: 'bids' | 'asks') =>
      Array.from({ length: this.book[side].count }, (_, rank): HandLevel => [
        this.book[side].price(rank),
        this.book[side].size(rank)
      ])
    return { bids: all('bids'), asks: all('asks') }
  }
}

const columns = columnsOf(metrics.map(({ spec }) => spec))

/**
 * Every metric but those of a single instrument, on a group whose members all play the same messages, each so many ticks higher. Members that stand apart cross
 * the book for good.
 */
export class EverythingOfGroup {
  readonly runner: MetricRunner
  readonly #own: readonly SortedBook[]
  readonly #offsets: readonly number[]
  readonly #group: AggregatedBook

  constructor(offsets: readonly number[], overrides: Readonly<Record<string, Overrides>> = {}) {
    const ids = offsets.map((_, member) => `sim:MEMBER${member}`)
    const same = { price: (_: string, price: number) => price, lots: (_: number, size: number) => size }
    this.#offsets = offsets
    this.#own = offsets.map(() => new SortedBook())
    this.#group = new AggregatedBook(
      ids,
      ids.map(() => same)
    )
    this.runner = runnerOf(overrides, { ...plainInstrument, id: 'group:ALL', members: ids })
  }

  play(
    messages: readonly Message[],
    look?: (row: Readonly<Record<string, number>>) => void,
    { every = 10 } = {}
  ): this {
    for (const [n, { at, bids, asks, trades }] of messages.entries()) {
      for (const [member, offset] of this.#offsets.entries()) {
        const shifted = (levels: readonly HandLevel[]) =>
          levels.map(([price, size]): HandLevel => [price + offset, size])
        this.runner.onTrades(
          tradesOf(
            at,
            trades.map(([price, size, sign]) => [price + offset, size, sign])
          ),
          millis(at)
        )
        const changes = changesOf(shifted(bids), shifted(asks), { isSnapshot: n === 0, last: at })
        this.#own[member]!.commit(changes)
        if (n === 0) this.#group.join(member, this.#own[member]!)
        else this.#group.take(member, changes)
        this.runner.onBook(this.#group, this.#group.changes, millis(at))
      }
      if (look && n % every === every - 1) look(rowOf(this.runner, at))
    }
    return this
  }

  figures(at: number): Readonly<Record<string, number>> {
    return rowOf(this.runner, at)
  }
}

function runnerOf(
  overrides: Readonly<Record<string, Overrides>>,
  instrument: Instrument,
  keep: (metric: string, values: readonly number[]) => void = () => undefined
): MetricRunner {
  return new MetricRunner(metrics, instrument, {
    params: ({ spec }) => paramsOf(spec, overrides[spec.id]),
    keep: ({ spec }, values) => {
      keep(spec.id, values)
    },
    ...{ recall: () => undefined, tell: () => undefined, refused: () => undefined }
  })
}

function rowOf(runner: MetricRunner, at: number): Readonly<Record<string, number>> {
  const row = runner.sample(millis(at), true)
  return Object.fromEntries(
    columns.map(({ metric, field }, place) => [`${metric}.${field}`, row[sampleHeadLength + place]!])
  )
}

function tradesOf(at: number, of: Message['trades']): Trades {
  const trades = new Trades()
  for (const [price, size, sign] of of) trades.push(price, size, sign, at, NaN)
  return trades
}
