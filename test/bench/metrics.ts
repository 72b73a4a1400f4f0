import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FeedListener } from '../../src-main/engine/feed/listener'
import { nobody } from '../../src-main/engine/feed/nobody'
import { metrics } from '../../src-main/engine/metrics/index'
import type { Metric } from '../../src-main/engine/metrics/metric'
import { paramsOf } from '../../src-main/engine/metrics/params'
import type { TapeFrame } from '../../src-main/engine/tape/line'
import { readTape } from '../../src-main/engine/tape/reader'
import { Replay } from '../../src-main/engine/tape/replay'
import { binanceUsdm } from '../../src-main/engine/venues/binance-usdm/index'
import { Watched } from '../../src-main/engine/watched'
import type { Instrument } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import { millis } from '../../src-shared/units'
import type { Contestant } from './pairs'
import { paired } from './pairs'

const path = join(process.cwd(), '..', 'shared', 'data', 'market', 'binance', 'usdm_btcusdt_20240808.gz')
const instruments = Number(optionOf('instruments') ?? 20)
/** One measurement plays so much of the stream; the next goes on where it ended, as a session does. */
const seconds = 12
const pairs = Number(optionOf('pairs') ?? 21)
/** Stretches of either that are not timed: three minutes, in which V8 has compiled all there is, windows fill and the forecast is judged. */
const warming = 15
const sampleMs = Number(optionOf('sample') ?? 100)
const events = 1_000_000

const nothing = (): void => undefined

/** What is written after `--name=`. */
function optionOf(name: string): string | undefined {
  return process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3)
}

/** One instrument with its metrics, its row and its history, sampled ten times a second by the tape's clock. */
class Desk {
  readonly replay: Replay
  #watched: Watched | undefined
  #sampledAt = NaN
  rows = 0

  constructor(running: readonly Metric[]) {
    const watch = (instrument: Instrument): void => {
      if (this.#watched) this.#watched.describe(instrument)
      else {
        this.#watched = new Watched(instrument.id, running, instrument, millis(0), {
          params: ({ spec }) => paramsOf(spec),
          recall: () => undefined,
          keep: nothing,
          refused: nothing
        })
        this.#watched.want(new Set(running.map(({ spec }) => spec.id)), millis(0))
      }
    }
    const listener: FeedListener = {
      ...nobody,
      onBook: (_id, book, changes, at) => this.#watched?.onBook(book, changes, at),
      onTrades: (_id, trades, at) => this.#watched?.onTrades(trades, at),
      onQuote: (_id, quote, at) => this.#watched?.onQuote(quote, at),
      onGap: (_id, at) => this.#watched?.onGap(at),
      onTradesLost: (_id, from) => this.#watched?.onTradesLost(from),
      onRescale: (_id, instrument, price, size) => this.#watched?.onRescale(instrument, price, size),
      onStatus: (_id, status) => this.#watched?.setStatus(status, status.since),
      onInstruments: ([instrument]) => {
        if (instrument) watch(instrument)
      }
    }
    this.replay = new Replay(binanceUsdm, listener)
  }

  take(frame: TapeFrame): void {
    if (!(frame.at - this.#sampledAt < sampleMs)) {
      this.#sampledAt = frame.at
      const row = this.#watched?.sample(frame.at)
      if (row && !Number.isNaN(row[4]!)) this.rows++
      this.#watched?.takeEvents()
    }
    this.replay.take(frame)
  }
}

/**
 * Twenty instruments on one stream, message by message in turn. Each run goes on where the last one ended, so that books, windows and what V8 has compiled
 * are those of a session that goes on: what a start costs is paid in the first runs, which are not timed.
 */
function onStream<Played>(
  stretches: readonly (readonly TapeFrame[])[],
  play: (each: Played, frame: TapeFrame) => void,
  each: () => Played,
  check: (played: readonly Played[]) => void = nothing
): Contestant {
  const played = Array.from({ length: instruments }, each)
  let next = 0
  return {
    prepare: nothing,
    run() {
      if (process.argv.includes('--apart'))
        for (const it of played) for (const frame of stretches[next]!) play(it, frame)
      else for (const frame of stretches[next]!) for (const it of played) play(it, frame)
      next++
      check(played)
    }
  }
}

const deskOf = (stretches: readonly (readonly TapeFrame[])[], running: readonly Metric[]): Contestant =>
  onStream(
    stretches,
    (desk, frame) => {
      desk.take(frame)
    },
    () => new Desk(running),
    (desks) => {
      if (desks.some((desk) => desk.rows < 10)) throw new Error('a book was not live')
    }
  )

const booksAlone = (stretches: readonly (readonly TapeFrame[])[]): Contestant =>
  onStream(
    stretches,
    (replay, frame) => {
      replay.take(frame)
    },
    () => new Replay(binanceUsdm, nobody)
  )

/** All metrics on, for 20 instruments, against their books alone; and the memory of one over a million events. */
export async function measureMetrics(): Promise<void> {
  if (!existsSync(path)) {
    console.log(`not here: ${path}`)
    return
  }
  const all = await framesOf()
  const stretches = stretchesOf(all)
  console.log(
    `CPU time over that of the books alone, ${instruments} instruments, ${seconds} s of the stream each, sampled each ${sampleMs} ms, after ${(warming * seconds) / 60} min: median of ${pairs} pairs, their range, sum over sum`
  )
  const report = (name: string, running: readonly Metric[]): void => {
    const { median, least, most, ofSums, engineMs, floorMs } = paired(
      deskOf(stretches, running),
      booksAlone(stretches),
      Math.min(pairs, stretches.length - warming),
      1,
      false,
      warming
    )
    const range = `${least.toFixed(2)} to ${most.toFixed(2)}`
    console.log(
      `${name.padEnd(24)} ${median.toFixed(2)}  ${range}  ${ofSums.toFixed(2)}  ${engineMs.toFixed(0)} ${floorMs.toFixed(0)} ms`
    )
  }
  const only = optionOf('only')?.split(',')
  const chosen = only ? metrics.filter(({ spec }) => spec.id === 'price' || only.includes(spec.id)) : metrics
  report(only ? only.join(' ') : `all ${metrics.length} metrics`, chosen)
  // Imbalance, order flow and what belongs to them: the forecast is a matter of its own.
  if (!only)
    report(
      'without the forecast',
      metrics.filter(({ spec }) => spec.id !== 'forecast')
    )
  if (process.argv.includes('--each')) {
    const price = metrics.filter(({ spec }) => spec.id === 'price')
    for (const metric of metrics)
      report(metric.spec.id, metric.spec.id === 'price' ? price : [...price, metric])
  }
  if (process.argv.includes('--memory')) measureMemory(all)
}

/** Whole ones only. */
function stretchesOf(frames: readonly TapeFrame[]): TapeFrame[][] {
  const stretches: TapeFrame[][] = []
  const start = frames[0]!.at
  for (const frame of frames)
    (stretches[Math.floor((frame.at - start) / (seconds * 1_000))] ??= []).push(frame)
  return stretches.slice(0, -1)
}

/** The stream again and again, its clock going on: at each turn the books lose their thread and find it in the next snapshot. */
function measureMemory(frames: readonly TapeFrame[]): void {
  const desk = new Desk(metrics)
  const turnMs = frames.at(-1)!.at - frames[0]!.at + 1_000
  const heap = (): number => {
    globalThis.gc?.()
    return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  }
  const sizes: number[] = []
  let taken = 0
  for (let turn = 0; taken < events; turn++) {
    for (const frame of frames) {
      desk.take({ ...frame, at: (frame.at + turn * turnMs) as Millis })
      taken++
    }
    sizes.push(heap())
  }
  const text = sizes.map((size) => (size / 1e6).toFixed(1)).join(' ')
  console.log(`memory after each turn of ${frames.length} events, up to ${taken}, MB: ${text}`)
}

async function framesOf(): Promise<TapeFrame[]> {
  const frames: TapeFrame[] = []
  const end = await readTape(path, (frame) => {
    frames.push({ ...frame, bytes: frame.bytes.slice() })
  })
  if (!end.ok) throw new Error(end.reason)
  return frames
}
