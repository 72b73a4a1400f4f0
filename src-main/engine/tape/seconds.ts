import type { EngineFrame, MarketEvent, PastDepth } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import type { RecordingSettings } from '../../../src-shared/settings'
import type { Book } from '../book/book'
import type { Clock } from '../feed/clock'
import type { Signs } from '../metrics/signs'
import { noSigns } from '../metrics/signs'
import { filesIn } from './files'
import { Recorder } from './recorder'
import { recoverTape } from './recovery'
import type { RowShape } from './second-record'
import { packDepth, packRow, unpackDepth } from './second-record'
import { bufferOf, eventIn, longestStepMs, SecondRows, secondsLeg, signsIn } from './second-rows'
import type { TapeEntry } from './tape-reader'
import { TapeReader } from './tape-reader'

export interface SecondsParts {
  readonly folder: string
  readonly clock: Clock
  readonly shape: RowShape
}

type History = Extract<EngineFrame, { kind: 'history' }>

const flushMs = 5_000
const depthEveryMs = 2_000
const shapeEveryMs = 60_000
/** Beside the frames: a tenth of what those may take. */
const shareOfLimit = 0.1
const gigabyte = 2 ** 30
/** Events that an answer tells at most, the latest. */
const mostEvents = 500

/** The figures of each second and the book around the touch, beside the tape of frames: a chart finds its past again without reading those. */
export class Seconds {
  readonly #parts: SecondsParts
  #recorder: Recorder | undefined
  #ended: Promise<void> = Promise.resolve()
  #isEnabled = false
  #signs: Signs = noSigns
  /** As configured last: a recorder that is still being made gets these. */
  #limits = { days: Infinity, bytes: Infinity }
  #shapedAt = -Infinity
  readonly #depthAt = new Map<string, number>()
  readonly #instruments = new Map<string, Instrument>()

  constructor(parts: SecondsParts) {
    this.#parts = parts
  }

  configure({ enabled, days, gigabytes }: RecordingSettings, signs: Signs = noSigns): void {
    this.#signs = signs
    // What was kept before the next row was computed as it was.
    this.#shapedAt = -Infinity
    this.#limits = { days, bytes: gigabytes * gigabyte * shareOfLimit }
    this.#recorder?.limit(this.#limits)
    if (enabled === this.#isEnabled) return
    this.#isEnabled = enabled
    const { folder, clock } = this.#parts
    this.#ended = this.#ended.then(async () => {
      if (!enabled) return this.#end()
      // What cannot be made whole is left out by readers all the same.
      await recoverTape(folder).catch(() => undefined)
      // Trouble with the disk is told by the tape of frames, which writes to it ten times as often.
      this.#recorder = new Recorder({
        files: filesIn(folder),
        clock,
        limits: this.#limits,
        flushMs,
        onState: () => undefined
      })
      this.#shapedAt = -Infinity
    })
  }

  /** Resolves once what was configured holds: until the folder was looked at nothing is kept. */
  get settled(): Promise<void> {
    return this.#ended
  }

  /** The figures of this second, and every other the book, while it is live. */
  keep(instrument: Instrument, row: Float64Array, book: Book | undefined): void {
    const recorder = this.#recorder
    if (!recorder) return
    const mono = this.#parts.clock.mono()
    const { id, venue } = instrument
    const isNew = this.#instruments.get(id) !== instrument
    this.#instruments.set(id, instrument)
    if (isNew || mono - this.#shapedAt > shapeEveryMs) this.#tellShape(recorder, mono)
    recorder.name(id)
    const stream = recorder.stream({ venue, leg: secondsLeg, url: id })
    recorder.figures('second', stream, packRow(row, this.#parts.shape))
    if (!book || mono - (this.#depthAt.get(id) ?? -Infinity) < depthEveryMs) return
    this.#depthAt.set(id, mono)
    recorder.figures('depth', stream, packDepth(row[0]!, book))
  }

  /** What metrics saw of an instrument whose figures are kept. */
  keepEvents(events: readonly MarketEvent[]): void {
    for (const event of events) {
      const instrument = this.#instruments.get(event.instrument)
      if (!instrument || !this.#recorder) continue
      const stream = this.#recorder.stream({ venue: instrument.venue, leg: secondsLeg, url: instrument.id })
      this.#recorder.figures('event', stream, Buffer.from(JSON.stringify(event)))
    }
  }

  /** What was kept of an instrument from `from` to `to`, wall ms, as an answer to a window; undefined where there is nothing. */
  async past(instrument: Instrument, from: number, to: number): Promise<History | undefined> {
    const tape = await TapeReader.open(this.#parts.folder)
    if (tape.segments.length === 0 || tape.to < from) return undefined
    const reading = new PastReading(instrument, this.#parts.shape, from, to)
    for await (const block of tape.blocks(from, to)) for (const entry of block) reading.take(entry)
    return reading.answer
  }

  async stop(): Promise<void> {
    this.#isEnabled = false
    await this.#ended
    await this.#end()
  }

  #tellShape(recorder: Recorder, mono: number): void {
    const { columns, prices } = this.#parts.shape
    this.#shapedAt = mono
    const signs = signsIn(columns, this.#signs)
    recorder.keyframe([
      { kind: 'columns', stream: 0, what: { columns, prices: [...prices], signs } },
      ...[...this.#instruments.values()].map((what) => ({ kind: 'instrument', stream: 0, what }) as const)
    ])
  }

  async #end(): Promise<void> {
    const recorder = this.#recorder
    this.#recorder = undefined
    await recorder?.stop()
  }
}

/** What was kept of one instrument. */
class PastReading {
  readonly #id: string
  readonly #width: number
  readonly #from: number
  readonly #to: number
  readonly #reading: SecondRows
  readonly #rows: Float64Array[] = []
  readonly #depth: PastDepth[] = []
  readonly #events: MarketEvent[] = []

  constructor(instrument: Instrument, shape: RowShape, from: number, to: number) {
    this.#id = instrument.id
    this.#width = shape.columns.length
    this.#reading = new SecondRows(shape, (id) => (id === instrument.id ? instrument : undefined))
    this.#from = from
    this.#to = to
  }

  take(entry: TapeEntry): void {
    this.#reading.describe(entry)
    if (this.#reading.owner(entry)?.id !== this.#id) return
    if (entry.kind === 'second') this.#row(this.#reading.row(entry))
    else if (entry.kind === 'depth') {
      const depth = unpackDepth(bufferOf(entry.bytes))
      if (this.#isIn(depth.at)) this.#depth.push(depth)
    } else if (entry.kind === 'event') {
      const event = eventIn(entry)
      if (event && this.#isIn(event.at)) this.#events.push(event)
    }
  }

  get answer(): History | undefined {
    const [first, last] = [this.#rows[0], this.#rows.at(-1)]
    if (!first || !last) return undefined
    const rows = new Float64Array(this.#rows.length * this.#width)
    for (const [n, row] of this.#rows.entries()) rows.set(row, n * this.#width)
    const none = new Float64Array(0)
    return {
      ...{ kind: 'history', instrument: this.#id },
      columns: Array.from({ length: this.#width }, (_, place) => place),
      rows,
      gaps: this.#gaps(),
      ...{ trades: none, liquidations: none, events: this.#events.slice(-mostEvents), depth: this.#depth }
    }
  }

  #isIn(at: number): boolean {
    return at >= this.#from && at <= this.#to
  }

  #gaps(): Float64Array {
    const gaps: number[] = []
    const times = [...this.#rows.map((row) => row[0]!), this.#to]
    for (let n = 1; n < times.length; n++)
      if (times[n]! - times[n - 1]! > longestStepMs) gaps.push(times[n - 1]!, times[n]!)
    return Float64Array.from(gaps)
  }

  #row(row: Float64Array): void {
    const before = this.#rows.at(-1)?.[0] ?? -Infinity
    if (this.#isIn(row[0]!) && row[0]! > before) this.#rows.push(row)
  }
}
