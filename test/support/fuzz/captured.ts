import type { FeedLane } from '../../../src-main/engine/feed/lane'
import type { TapeFrame } from '../../../src-main/engine/tape/line'
import { readTape } from '../../../src-main/engine/tape/reader'
import { Replay } from '../../../src-main/engine/tape/replay'
import { venues } from '../../../src-main/engine/venues/index'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { capturePath } from '../captures'
import { nobody } from '../../../src-main/engine/feed/nobody'
import { between, chanceOf, oneOf } from '../sim-venue/chance'
import type { FuzzReport } from './fuzz'
import { mutated } from './mutations'
import { NaiveFeed } from './naive-feed'
import { naiveReader } from './naive-readers'

/** Captures whose beginnings are fuzzed, by venue. */
export const fuzzedCaptures: readonly (readonly [venue: string, name: string])[] = [
  ['binance-spot', 'feeds/binance-spot_2021.jsonl.gz'],
  ['binance-usdm', 'feeds/binance-usdm_2021.jsonl.gz'],
  ['binance-coinm', 'feeds/binance-coinm_2021.jsonl.gz'],
  ['bitfinex', 'feeds/bitfinex_2021_first60pct.jsonl.gz'],
  ['bitstamp', 'feeds/bitstamp_2022.jsonl.gz'],
  ['bybit-linear', 'feeds/bybit-v5-linear_xrpusdt_ob500_first25.jsonl.gz'],
  ['coinbase', 'feeds/coinbase-exchange_2021.jsonl.gz'],
  ['deribit', 'feeds/deribit-options_2021.jsonl.gz'],
  ['gate-futures', 'feeds/gate-futures_2023.jsonl.gz'],
  ['gate-spot', 'feeds/gate-spot_2021.jsonl.gz'],
  ['hyperliquid', 'feeds/hyperliquid_btc_20250126_first30.jsonl.gz'],
  ['kraken-futures', 'feeds/kraken-futures_2021.jsonl.gz'],
  ['kraken', 'feeds/kraken-v2_derived-from-v1_2021.jsonl.gz'],
  ['kucoin', 'feeds/kucoin-spot_2021.jsonl.gz'],
  ['okx', 'feeds/okx_2022.jsonl.gz']
]

/** Enough of a capture for what is fuzzed of it. */
export async function beginningOf(name: string): Promise<TapeFrame[]> {
  const frames: TapeFrame[] = []
  await readTape(capturePath(name), (frame) => {
    if (frames.length < 2 * MOST_BEGIN) frames.push({ ...frame, bytes: new Uint8Array(frame.bytes) })
  })
  return frames
}

/** Frames of a capture that come into question, and those that are fuzzed after one beginning. */
const MOST_BEGIN = 200
const FUZZED = 20
const MUTATED = 0.5
/** Longer ones are beginnings, and take their time with every pattern. */
const MOST_LENGTH = 20_000

const textOf = ({ bytes }: TapeFrame): string => Buffer.from(bytes).toString('utf8')

const counted = (tape: Replay): number => [...tape.rejected().values()].reduce((sum, it) => sum + it, 0)

/**
 * A capture up to some frame, as it is; from there some of its frames are mutated, and after each every book that stands equals one that JSON.parse and Map
 * have carried on from there.
 */
export function fuzzCaptured(
  id: string,
  frames: readonly TapeFrame[],
  count: number,
  seed: number
): FuzzReport {
  const venue = venues.find(({ spec }) => spec.id === id)!
  const chance = chanceOf(seed)
  const others = frames
    .filter(({ kind }) => kind === 'rx')
    .map(textOf)
    .filter(({ length }) => length < MOST_LENGTH)
  const report = { frames: 0, taken: 0, refused: 0, voided: 0, slowestMs: NaN, failures: [] as string[] }
  for (let turn = 0; report.frames < count && turn < count; turn++) {
    const from = between(chance, 1, Math.min(MOST_BEGIN, frames.length - 1))
    const fuzzed = new Captured(venue, frames.slice(0, from))
    for (const frame of frames.slice(from, from + FUZZED)) {
      const text = textOf(frame)
      const isMutated = frame.kind === 'rx' && text.length < MOST_LENGTH && chance() < MUTATED
      const sent = isMutated ? mutated(text, oneOf(chance, others), chance) : text
      const outcome = fuzzed.take(frame, sent)
      if (isMutated) {
        report.frames++
        if (outcome.kind !== 'wrong') report[outcome.kind]++
      }
      if (outcome.kind === 'wrong' && report.failures.length < 20) report.failures.push(outcome.what)
      if (outcome.kind === 'wrong' || fuzzed.isOver) break
    }
  }
  return report
}

type Outcome =
  { readonly kind: 'taken' | 'refused' | 'voided' } | { readonly kind: 'wrong'; readonly what: string }

class Captured {
  readonly #tape: Replay
  readonly #naive: NaiveFeed
  readonly #lanes: readonly FeedLane[]
  readonly #isWhole: boolean

  constructor(venue: Venue, begin: readonly TapeFrame[]) {
    this.#tape = new Replay(venue, nobody)
    this.#isWhole = venue.spec.integrity === 'snapshot-only'
    this.#naive = new NaiveFeed(naiveReader(venue.spec.id))
    for (const frame of begin) {
      this.#tape.take(frame)
      // What belongs to which channel, and where the counters stand.
      if (frame.kind === 'rx') this.#naive.take(Buffer.from(frame.bytes).toString('utf8'))
    }
    this.#lanes = [...this.#tape.lanes.values()].filter(stands)
    for (const lane of this.#lanes) this.#adopt(lane)
  }

  /** Where each message is a whole book its time is what stands for an id. */
  #adopt(lane: FeedLane): void {
    this.#naive.adopt(lane, this.#isWhole ? lane.venueAt : lane.book.sequence)
  }

  /** No book stands any more. */
  get isOver(): boolean {
    return !this.#lanes.some(stands)
  }

  take(frame: TapeFrame, text: string): Outcome {
    const [stood, rejected] = [this.#lanes.filter(stands).length, counted(this.#tape)]
    try {
      this.#tape.take({ ...frame, bytes: Buffer.from(text) })
    } catch (error) {
      return { kind: 'wrong', what: `threw ${String(error)}, after ${JSON.stringify(text.slice(0, 2000))}` }
    }
    const isRead = counted(this.#tape) === rejected
    if (isRead && frame.kind === 'rx') this.#naive.take(text)
    for (const lane of this.#lanes) {
      // A request's answer is a book of its own: from there both go on together.
      if (stands(lane) && frame.kind === 'http') this.#adopt(lane)
      const wrong = stands(lane) ? this.#naive.differs(lane) : undefined
      if (wrong !== undefined)
        return {
          kind: 'wrong',
          what: `${lane.symbol}: ${wrong}, after ${JSON.stringify(text.slice(0, 2000))}`
        }
      if (!stands(lane)) this.#naive.forget(lane.symbol)
    }
    if (this.#lanes.filter(stands).length < stood) return { kind: 'voided' }
    return { kind: isRead ? 'taken' : 'refused' }
  }
}

const stands = ({ sync }: FeedLane): boolean => sync.state !== 'void'
