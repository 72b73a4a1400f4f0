import type { EngineFrame, PastDepth } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import type { RecordingSettings } from '../../../src-shared/settings'
import type { Book } from '../book/book'
import type { Clock } from '../feed/clock'
import { filesIn } from './files'
import { readInstrument } from './keyframe'
import { Recorder } from './recorder'
import { recoverTape } from './recovery'
import type { RowShape } from './second-record'
import { packDepth, packRow, unpackDepth, unpackRow } from './second-record'
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
/** Rows further apart have a hole between them. */
const longestStepMs = 2_500
const leg = 'seconds'

/** The figures of each second and the book around the touch, beside the tape of frames: a chart finds its past again without reading those. */
export class Seconds {
  readonly #parts: SecondsParts
  #recorder: Recorder | undefined
  #ended: Promise<void> = Promise.resolve()
  #isEnabled = false
  #shapedAt = -Infinity
  readonly #depthAt = new Map<string, number>()
  readonly #instruments = new Map<string, Instrument>()

  constructor(parts: SecondsParts) {
    this.#parts = parts
  }

  configure({ enabled, days, gigabytes }: RecordingSettings): void {
    const limits = { days, bytes: gigabytes * gigabyte * shareOfLimit }
    this.#recorder?.limit(limits)
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
        limits,
        flushMs,
        onState: () => undefined
      })
      this.#shapedAt = -Infinity
    })
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
    const stream = recorder.stream({ venue, leg, url: id })
    recorder.figures('second', stream, packRow(row, this.#parts.shape))
    if (!book || mono - (this.#depthAt.get(id) ?? -Infinity) < depthEveryMs) return
    this.#depthAt.set(id, mono)
    recorder.figures('depth', stream, packDepth(row[0]!, book))
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
    recorder.keyframe([
      { kind: 'columns', stream: 0, what: { columns, prices: [...prices] } },
      ...[...this.#instruments.values()].map((what) => ({ kind: 'instrument', stream: 0, what }) as const)
    ])
  }

  async #end(): Promise<void> {
    const recorder = this.#recorder
    this.#recorder = undefined
    await recorder?.stop()
  }
}

/** Rows of one instrument, in the columns of today. */
class PastReading {
  readonly #instrument: Instrument
  readonly #width: number
  readonly #from: number
  readonly #to: number
  readonly #places: ReadonlyMap<string, number>
  /** Places of the tape's columns in a row of today; they may have been others. */
  #today: readonly number[] = []
  #prices: ReadonlySet<number> = new Set()
  /** Its steps were those of today. */
  #isSame = false
  readonly #rows: Float64Array[] = []
  readonly #depth: PastDepth[] = []

  constructor(instrument: Instrument, { columns }: RowShape, from: number, to: number) {
    this.#instrument = instrument
    this.#width = columns.length
    this.#places = new Map(columns.map((column, place) => [column, place]))
    this.#from = from
    this.#to = to
  }

  take({ kind, stream, bytes }: TapeEntry): void {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (kind === 'columns') this.#shape(all)
    else if (kind === 'instrument') this.#describe(all)
    else if (stream?.leg !== leg || stream.url !== this.#instrument.id || !this.#isSame) return
    else if (kind === 'second') this.#row(all)
    else if (kind === 'depth') {
      const depth = unpackDepth(all)
      if (depth.at >= this.#from && depth.at <= this.#to) this.#depth.push(depth)
    }
  }

  get answer(): History | undefined {
    const [first, last] = [this.#rows[0], this.#rows.at(-1)]
    if (!first || !last) return undefined
    const rows = new Float64Array(this.#rows.length * this.#width)
    for (const [n, row] of this.#rows.entries()) rows.set(row, n * this.#width)
    const none = new Float64Array(0)
    return {
      ...{ kind: 'history', instrument: this.#instrument.id },
      columns: Array.from({ length: this.#width }, (_, place) => place),
      rows,
      gaps: this.#gaps(),
      ...{ trades: none, liquidations: none, events: [], depth: this.#depth }
    }
  }

  #gaps(): Float64Array {
    const gaps: number[] = []
    const times = [...this.#rows.map((row) => row[0]!), this.#to]
    for (let n = 1; n < times.length; n++)
      if (times[n]! - times[n - 1]! > longestStepMs) gaps.push(times[n - 1]!, times[n]!)
    return Float64Array.from(gaps)
  }

  #row(bytes: Buffer): void {
    const row = new Float64Array(this.#width).fill(NaN)
    row[0] = unpackRow(bytes, this.#prices, (place, value) => {
      const today = this.#today[place]
      if (today !== undefined && today >= 0) row[today] = value
    })
    const before = this.#rows.at(-1)?.[0] ?? -Infinity
    if (row[0] >= this.#from && row[0] <= this.#to && row[0] > before) this.#rows.push(row)
  }

  #shape(bytes: Buffer): void {
    const { columns, prices } = JSON.parse(bytes.toString('utf8')) as {
      readonly columns: readonly string[]
      readonly prices: readonly number[]
    }
    this.#today = columns.map((column) => this.#places.get(column) ?? -1)
    this.#prices = new Set(prices)
  }

  #describe(bytes: Buffer): void {
    const then = readInstrument(bytes)
    const now = this.#instrument
    if (then?.id !== now.id) return
    const isSame = (which: 'price' | 'size') =>
      then[which].decimals === now[which].decimals && then[which].step === now[which].step
    this.#isSame = isSame('price') && isSame('size')
  }
}
