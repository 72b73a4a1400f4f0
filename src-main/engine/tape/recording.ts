import type { RecordingState } from '../../../src-shared/contract/recording'
import type { Instrument } from '../../../src-shared/instrument'
import type { RecordingSettings } from '../../../src-shared/settings'
import { isFollowed } from '../../../src-shared/status'
import { millis } from '../../../src-shared/units'
import type { Clock } from '../feed/clock'
import type { Lines } from '../feed/hub'
import type { FeedLane } from '../feed/lane'
import type { FeedListener } from '../feed/listener'
import type { Venue } from '../venues/venue'
import { filesIn } from './files'
import type { TapeFiles } from './files'
import { bookStateOf } from './keyframe'
import { KeyframePace } from './keyframe-pace'
import type { StateRecord } from './recorder'
import { Recorder } from './recorder'
import { RecordingTap } from './recording-tap'
import { recoverTape } from './recovery'
import type { TapeLimits } from './retention'
import { inWords } from './tape-writer'

export interface RecordingParts {
  readonly folder: string
  readonly clock: Clock
  /** Instead of the folder, in tests. */
  readonly files?: TapeFiles
}

const lookMs = 1_000
const gigabyte = 2 ** 30

/** Keeps a tape of all that is watched: frames by a tap in each venue's lines, what became of the books by the feed's listener, and keyframes. */
export class Recording {
  readonly #parts: RecordingParts
  readonly #taps = new Map<string, RecordingTap>()
  /** As each instrument was last told to the tape. */
  readonly #told = new Map<string, string>()
  readonly #followed = new Set<string>()
  #lanes: () => readonly FeedLane[] = () => []
  #recorder: Recorder | undefined
  #isEnabled = false
  /** As configured last: a recorder that is still being made gets these, or it would delete by older ones. */
  #limits: TapeLimits = { bytes: Infinity, days: Infinity }
  #trouble: RecordingState | undefined
  #last: RecordingState | undefined
  #offSince
  #pace: KeyframePace
  #ended: Promise<void> = Promise.resolve()
  readonly #cancel: () => void

  constructor(parts: RecordingParts) {
    this.#parts = parts
    this.#offSince = parts.clock.now()
    this.#pace = new KeyframePace(parts.clock.mono())
    this.#cancel = parts.clock.every(lookMs, () => {
      this.#look()
    })
  }

  get state(): RecordingState {
    const off = { state: 'off', reason: '', since: this.#offSince, bytes: NaN, dropped: 0 } as const
    return this.#trouble ?? this.#recorder?.state ?? off
  }

  /** Resolves once what was configured last holds: what comes before that is not on the tape. */
  get begun(): Promise<void> {
    return this.#ended
  }

  /** As the recorder stood when it was stopped; its state now while it runs. */
  get last(): RecordingState {
    return this.#recorder ? this.state : (this.#last ?? this.state)
  }

  configure(settings: RecordingSettings): void {
    this.#limits = { bytes: settings.gigabytes * gigabyte, days: settings.days }
    this.#recorder?.limit(this.#limits)
    if (settings.enabled === this.#isEnabled) return
    this.#isEnabled = settings.enabled
    if (settings.enabled) this.#ended = this.#ended.then(() => this.#begin())
    else this.#ended = this.#ended.then(() => this.#end())
  }

  /** Whose books keyframes are made of. */
  follow(lanes: () => readonly FeedLane[]): void {
    this.#lanes = lanes
  }

  tap(venue: Venue, { transports, http }: Lines): Lines {
    const tap = new RecordingTap(venue, () => this.#recorder)
    this.#taps.set(venue.spec.id, tap)
    return { transports: transports.map((it) => tap.transport(it)), http: tap.http(http) }
  }

  /** Tells the tape what became of the books, and `inner` everything. */
  listener(inner: FeedListener): FeedListener {
    return {
      onBook: (id, book, changes, at) => {
        inner.onBook(id, book, changes, at)
      },
      onTrades: (id, trades, at) => {
        inner.onTrades(id, trades, at)
      },
      onLiquidations: (id, liquidations, at) => {
        inner.onLiquidations(id, liquidations, at)
      },
      onQuote: (id, quote, at) => {
        inner.onQuote(id, quote, at)
      },
      onReference: (id, reference, at, lapsed) => {
        inner.onReference(id, reference, at, lapsed)
      },
      onGap: (id, at) => {
        inner.onGap(id, at)
      },
      onSkewed: (id, isSkewed, at) => {
        inner.onSkewed?.(id, isSkewed, at)
      },
      onTradesLost: (id, from) => {
        inner.onTradesLost(id, from)
      },
      onRescale: (id, instrument, price, size) => {
        inner.onRescale(id, instrument, price, size)
      },
      onStatus: (id, status) => {
        if (isFollowed(status)) this.#followed.add(id)
        else if (this.#followed.delete(id))
          this.#recorder?.note('gap', 0, { instrument: id, state: status.state, reason: status.reason })
        inner.onStatus(id, status)
      },
      onInstruments: (list) => {
        this.#describe(list)
        inner.onInstruments(list)
      }
    }
  }

  /** Writes the last of it. */
  async stop(): Promise<void> {
    this.#cancel()
    this.#isEnabled = false
    await this.#ended
    await this.#end()
  }

  async #begin(): Promise<void> {
    const { folder, clock, files } = this.#parts
    if (!files) await this.#recover(folder)
    this.#told.clear()
    this.#recorder = new Recorder({
      ...{ files: files ?? filesIn(folder), clock, limits: this.#limits },
      onState: () => {
        // Whoever asks reads the state of this moment.
        this.#trouble = undefined
      }
    })
    this.#describe(this.#lanes().map(({ instrument }) => instrument))
    this.#pace = new KeyframePace(clock.mono())
  }

  async #end(): Promise<void> {
    const recorder = this.#recorder
    this.#recorder = undefined
    this.#offSince = this.#parts.clock.now()
    await recorder?.stop()
    this.#last = recorder?.state ?? this.#last
  }

  /** What an earlier run left is made whole; where that fails the recorder will say so of its own files. */
  async #recover(folder: string): Promise<void> {
    try {
      await recoverTape(folder)
    } catch (error) {
      const now = this.#parts.clock.now()
      this.#trouble = { state: 'trouble', reason: inWords(error), since: millis(now), bytes: NaN, dropped: 0 }
    }
  }

  #describe(list: readonly Instrument[]): void {
    const recorder = this.#recorder
    if (!recorder) return
    const watched = new Set(this.#lanes().map(({ id }) => id))
    for (const instrument of list) {
      const text = JSON.stringify(instrument)
      if (!watched.has(instrument.id) || this.#told.get(instrument.id) === text) continue
      this.#told.set(instrument.id, text)
      recorder.name(instrument.id)
      recorder.note('instrument', 0, instrument)
    }
  }

  #look(): void {
    const recorder = this.#recorder
    if (!recorder) return
    const mono = this.#parts.clock.mono()
    if (this.#pace.isDue(mono, recorder)) this.#pace.wrote(mono, recorder, recorder.keyframe(this.#state()))
  }

  /** Instruments first, then lines, then books: in the order in which a reader needs them. */
  *#state(): Generator<StateRecord> {
    const lanes = this.#lanes()
    for (const { instrument } of lanes) yield { kind: 'instrument', stream: 0, what: instrument }
    for (const tap of this.#taps.values()) yield* tap.state()
    for (const lane of lanes) {
      const state = bookStateOf(lane)
      if (state) yield { kind: 'book', stream: 0, what: state }
    }
  }
}
