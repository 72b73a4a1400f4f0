import type { Alert } from '../../../src-shared/alert'
import type { ReplayState } from '../../../src-shared/contract/replay'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Engine } from '../engine'
import type { Clock } from '../feed/clock'
import type { TapeEntry } from '../tape/tape-reader'
import { TapeReader } from '../tape/tape-reader'
import type { WindowPort } from '../window'
import type { TapeEngineParts } from './tape-engine'
import { tapeEngine } from './tape-engine'
import type { TapeFeed } from './tape-feed'
import { VirtualClock } from './virtual-clock'

export interface PlaybackParts extends TapeEngineParts {
  readonly folder: string
  /** Real time, which paces the replay. */
  readonly clock: Clock
  readonly port: WindowPort
  readonly onState: (state: ReplayState) => void
  /** What a rule would have fired; it is delivered nowhere. */
  readonly onAlert?: (alert: Alert) => void
}

/** Where a replay is to begin and end, wall ms, and what a window wants of it. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly at: number
}

export const slowest = 0.1
export const fastest = 100
const paceMs = 20
/** Of each 20 ms, so that what is live goes on beside it. */
const budgetMs = 9
const stepMs = 100
/** Where a replay begins it comes rolling, so that its figures are warm and its charts have a dense end; a seek has no time for that. */
const warmMs = 20_000
/** Blocks that are read ahead. */
const ahead = 64
const toldEveryMs = 100
/** Shown of the time after the last entry: nothing more is known then. */
const afterMs = 1_000

/** One tape through an engine of its own, at the pace the user sets. Nothing it finds leaves this window. */
export class Playback {
  readonly #parts: PlaybackParts
  readonly #cancel: () => void
  #reader: TapeReader | undefined
  #stretch: Stretch
  #engine: Engine | undefined
  #feed: TapeFeed | undefined
  #clock = new VirtualClock(millis(0))
  #connection: ReturnType<Engine['connect']> | undefined
  #blocks: AsyncGenerator<readonly TapeEntry[]> | undefined
  #loaded: (readonly TapeEntry[])[] = []
  #place = 0
  #loading:
    { readonly blocks: AsyncGenerator<readonly TapeEntry[]>; readonly done: Promise<void> } | undefined
  #isRead = false
  /** Rises with every seek: what an older one still reads is thrown away. */
  #take = 0
  #state: ReplayState['state'] = 'seeking'
  /** The window is back to live, or replays something else: nothing of this one is told any more. */
  #isClosed = false
  #isPlaying = false
  #reason = ''
  #speed = 1
  #fired = 0
  /** Unix ms of the latest entry of the tape that was taken. */
  #takenAt = NaN
  /** Where it should be by now; it may be behind. */
  #target = 0
  #pacedAt: number
  #toldAt = -Infinity
  #watch: unknown

  constructor(parts: PlaybackParts, stretch: Stretch) {
    this.#parts = parts
    this.#stretch = stretch
    this.#pacedAt = parts.clock.mono()
    this.#cancel = parts.clock.every(paceMs, () => {
      this.#pace()
    })
  }

  get state(): ReplayState {
    const { from, to, at } = this.#stretch
    return {
      ...{ from: millis(from), to: millis(to), speed: this.#speed, fired: this.#fired },
      at: this.#state === 'seeking' ? millis(at) : millis(Math.min(to, this.#clock.now())),
      state: this.#state,
      reason: this.#reason
    }
  }

  /** Reads the folder anew and begins. `watch`: the command by which the window says what it shows. */
  async begin(watch: unknown): Promise<void> {
    this.#watch = watch
    const reader = await TapeReader.open(this.#parts.folder)
    if (this.#isClosed) return
    this.#reader = reader
    if (this.#reader.segments.length === 0) this.#fail('there is no tape yet')
    else {
      const { from, to, at } = this.#stretch
      const first = Math.max(from, this.#reader.from)
      this.#stretch = { from: first, to, at: Math.max(at, first) }
      await this.#go(this.#stretch.at, warmMs)
      this.play()
    }
  }

  command(input: unknown): void {
    if ((input as { readonly kind?: unknown } | null)?.kind === 'watch') this.#watch = input
    this.#connection?.command(input)
    if (!this.#isPlaying && this.#state !== 'seeking') this.#connection?.tell()
  }

  play(): void {
    if (this.#state === 'ended' || this.#isClosed) return
    this.#isPlaying = true
    this.#pacedAt = this.#parts.clock.mono()
    this.#target = this.#clock.now()
    if (this.#state === 'paused') this.#say('playing')
  }

  pause(): void {
    this.#isPlaying = false
    if (this.#state === 'playing') this.#say('paused')
  }

  /** One sample further. */
  step(): void {
    this.pause()
    this.#target = this.#clock.now() + stepMs
    this.#work(Infinity)
    this.#say(this.#state)
  }

  pacedBy(speed: number): void {
    this.#speed = Math.min(fastest, Math.max(slowest, speed))
    this.#say(this.#state)
  }

  /** Begins anew at the keyframe before `at` and reads up to it. Resolves when it is there, or another seek has come in between. */
  seek(at: Millis): Promise<void> {
    return this.#go(at, 0)
  }

  async #go(at: number, rollMs: number): Promise<void> {
    const take = ++this.#take
    const { from, to } = this.#stretch
    this.#stretch = { from, to, at: Math.min(to, Math.max(from, at)) }
    this.#say('seeking')
    this.#open(this.#stretch.at - rollMs)
    this.#target = this.#stretch.at
    while (this.#take === take && this.#clock.now() < this.#target) {
      await this.#load()
      if (this.#take !== take) return
      this.#work(Infinity)
      if (this.#isRead && this.#loaded.length === 0) break
    }
    if (this.#take !== take) return
    this.#pacedAt = this.#parts.clock.mono()
    this.#say(this.#isPlaying ? 'playing' : 'paused')
  }

  close(): void {
    this.#isClosed = true
    this.#take++
    this.#cancel()
    this.#shut()
  }

  /** An engine that knows nothing yet, with the window as its own, to be fed from the keyframe before `first` on. */
  #open(first: number): void {
    const { port } = this.#parts
    this.#shut()
    const reader = this.#reader!
    this.#blocks = reader.blocks(first, this.#stretch.to)
    this.#fired = 0
    this.#takenAt = this.#stretch.at
    this.#clock = new VirtualClock(millis(startOf(reader, first, this.#stretch.at)))
    const made = tapeEngine(this.#parts, reader.instruments, this.#clock, (alert) => {
      // What fires on the way to a place is of before.
      if (alert.at < this.#stretch.at) return
      this.#fired++
      this.#parts.onAlert?.(alert)
    })
    this.#engine = made.engine
    this.#feed = made.feed
    this.#connection = this.#engine.connect({
      post: (frame) => {
        // An alert of a replay is no alert, and its health is not the engine's.
        if (frame.kind === 'hello') port.post({ ...frame, replayed: true })
        else if (!frame.kind.startsWith('alert') && frame.kind !== 'health') port.post(frame)
      }
    })
    if (this.#watch !== undefined) this.#connection.command(this.#watch)
  }

  /** The engine's time stands still from here on, so nothing of it runs; it is not stopped, which would save what its metrics learned. */
  #shut(): void {
    this.#connection?.close()
    this.#feed?.stop()
    void this.#blocks?.return(undefined)
    this.#connection = this.#engine = this.#feed = this.#blocks = undefined
    this.#loaded = []
    this.#place = 0
    this.#isRead = false
  }

  #pace(): void {
    if (this.#state !== 'playing') return
    const { clock } = this.#parts
    const mono = clock.mono()
    const passed = mono - this.#pacedAt
    this.#pacedAt = mono
    this.#target = Math.min(this.#stretch.to, this.#target + passed * this.#speed)
    const isThere = this.#work(budgetMs)
    // A computer that is too slow for the speed falls behind; it does not owe what it missed.
    if (!isThere) this.#target = Math.min(this.#target, this.#clock.now())
    const isAll = this.#isRead && this.#loaded.length === 0
    if (isAll) this.#clock.advance(millis(this.#endAt))
    if (isAll || this.#clock.now() >= this.#stretch.to) {
      this.#isPlaying = false
      this.#say('ended')
    } else if (mono - this.#toldAt >= toldEveryMs) this.#say('playing')
  }

  /** Where it ends, whatever the speed: with the stretch, or a little after the last that is on the tape. */
  get #endAt(): number {
    return Math.max(this.#clock.now(), Math.min(this.#stretch.to, this.#takenAt + afterMs))
  }

  /** Reads up to the target, for at most `most` ms of real time. False when it is not there yet. */
  #work(most: number): boolean {
    const { clock } = this.#parts
    const until = clock.mono() + most
    for (;;) {
      const block = this.#loaded[0]
      if (!block) {
        if (!this.#isRead) void this.#load()
        else this.#clock.advance(millis(Math.min(this.#target, this.#endAt)))
        return this.#isRead
      }
      if (!this.#through(block)) return true
      this.#loaded.shift()
      this.#place = 0
      if (clock.mono() > until) return false
    }
  }

  /** False when the target lies within the block. */
  #through(block: readonly TapeEntry[]): boolean {
    for (; this.#place < block.length; this.#place++) {
      const entry = block[this.#place]!
      if (entry.at > this.#target) {
        this.#clock.advance(millis(this.#target))
        return false
      }
      this.#clock.advance(entry.at)
      this.#takenAt = entry.at
      this.#feed?.take(entry)
    }
    return true
  }

  /** Reads ahead. Who asks while that is going on waits for it; what is still being read for the place before is nobody's. */
  #load(): Promise<void> {
    const blocks = this.#blocks
    if (!blocks) return Promise.resolve()
    if (this.#loading?.blocks !== blocks) {
      const done = this.#readFrom(blocks).finally(() => {
        if (this.#loading?.blocks === blocks) this.#loading = undefined
      })
      this.#loading = { blocks, done }
    }
    return this.#loading.done
  }

  async #readFrom(blocks: AsyncGenerator<readonly TapeEntry[]>): Promise<void> {
    try {
      while (blocks === this.#blocks && this.#wantsMore()) {
        const next = await blocks.next()
        if (blocks !== this.#blocks) return
        if (next.done === true) this.#isRead = true
        else this.#loaded.push(next.value)
      }
    } catch (error) {
      if (blocks !== this.#blocks) return
      this.#isRead = true
      this.#fail(error instanceof Error ? error.message : String(error))
    }
  }

  /** On the way to a place what lies behind it can wait. */
  #wantsMore(): boolean {
    const reached = this.#loaded.at(-1)?.at(-1)?.at ?? -Infinity
    const isEnough = this.#state === 'seeking' && reached > this.#target
    return !this.#isRead && !isEnough && this.#loaded.length < ahead
  }

  #fail(reason: string): void {
    this.#reason = reason
    this.#isPlaying = false
    this.#say('ended')
  }

  #say(state: ReplayState['state']): void {
    this.#state = state
    this.#toldAt = this.#parts.clock.mono()
    this.#parts.onState(this.state)
  }
}

/** The time of the keyframe before `first`, where reading begins; a little earlier, so that a sample is taken at the moment `at` itself. */
function startOf(reader: TapeReader, first: number, at: number): number {
  let found = NaN
  for (const { keyframes } of reader.segments)
    for (const keyframe of keyframes) if (keyframe.at <= first) found = keyframe.at
  const from = Number.isFinite(found) ? found : reader.segments.find(({ to }) => to >= first)?.from
  return at - Math.ceil(Math.max(0, at - (from ?? at)) / stepMs) * stepMs
}
