import type { InstrumentId, VenueId } from '../../../src-shared/instrument'
import type { FeedLane } from '../../engine/feed/lane'
import type { FeedListener } from '../../engine/feed/listener'
import type { TapeFrame } from '../../engine/tape/line'
import { readTape } from '../../engine/tape/reader'
import { Replay } from '../../engine/tape/replay'
import { venues } from '../../engine/venues/index'
import { oddIn } from './odd-field'
import { guessVenue } from './venue-guess'

/** Frames kept until one of them tells the venue. */
const mostHeld = 1_000

/** Who wants to know of a capture. Calls come in the order of the file. */
export interface CaptureListener extends FeedListener {
  /** A diff was applied; the lane's book and changes say which. */
  onDiff(lane: FeedLane): void
  /** The next frame is about to be read, with its exact time and, where somebody asks, its place in words. False leaves it out. */
  onFrame(frame: TapeFrame, place: Place): boolean
  /** The frame was read. */
  afterFrame(): void
}

/** Where a frame stands: `at line 12`, in which of several files, or when it came. */
export type Place = () => string

export type CaptureEnd =
  { readonly ok: true; readonly lane: FeedLane } | { readonly ok: false; readonly reason: string }

/**
 * Captures of one instrument, one after the other as if they were one file, through the live path. `venue` undefined: told from the frames
 * (Binance's) or from the addresses on the capture. `instrument`: the one that is meant where there are several. Ends with a reason at the first line that cannot be read, and where the files
 * hold no instrument, several, or not that one.
 */
export async function readCapture(
  paths: readonly string[],
  listener: CaptureListener,
  venue?: VenueId,
  instrument?: InstrumentId
): Promise<CaptureEnd> {
  if (venue !== undefined && !venues.some(({ spec }) => spec.id === venue))
    return { ok: false, reason: `--venue is one of ${venues.map(({ spec }) => spec.id).join(', ')}` }
  const player = new Player(listener, venue, instrument, paths.length > 1)
  for (const path of paths) {
    player.open(path)
    const end = await readTape(path, (frame, line) => {
      player.take(frame, line)
    })
    if (player.trouble !== undefined) return { ok: false, reason: player.trouble }
    if (!end.ok) return end
  }
  return player.end()
}

/** A frame and where it stands. */
interface Placed {
  readonly frame: TapeFrame
  readonly path: string
  readonly line: number
}

/** Holds frames until the venue is known, then plays them; remembers the first thing that went wrong. */
class Player {
  trouble: string | undefined
  #path = ''
  #rejected = 0
  #replay: Replay | undefined
  #held: Placed[] = []
  #venue: VenueId | undefined
  /** Whether this file has told whose it is. */
  #hasTold = false
  readonly #listener: CaptureListener
  readonly #instrument: InstrumentId | undefined
  readonly #isOneOfSeveral: boolean

  constructor(
    listener: CaptureListener,
    venue: VenueId | undefined,
    instrument: InstrumentId | undefined,
    isOneOfSeveral: boolean
  ) {
    this.#listener = listener
    this.#instrument = instrument
    this.#isOneOfSeveral = isOneOfSeveral
    if (venue !== undefined) this.#begin(venue)
  }

  open(path: string): void {
    this.#path = path
    this.#hasTold = false
  }

  take(frame: TapeFrame, line: number): void {
    if (this.trouble !== undefined) return
    const placed = { frame, line, path: this.#path }
    const venue = this.#hasTold ? undefined : guessVenue(frame)
    this.#hasTold ||= venue !== undefined
    if (this.#replay) {
      if (venue !== undefined && venue !== this.#venue && this.#venue?.startsWith('binance-'))
        this.trouble = `${this.#path}: line ${line} is of ${venue}, not of ${this.#venue}`
      else this.#play(this.#replay, placed)
      return
    }
    this.#held.push({ ...placed, frame: { ...frame, bytes: frame.bytes.slice() } })
    if (venue !== undefined) this.#begin(venue)
    else if (this.#held.length === mostHeld) this.trouble = `${this.#path}: ${foreign}`
  }

  end(): CaptureEnd {
    const lanes = [...(this.#replay?.lanes.values() ?? [])]
    const [first] = lanes
    if (!first)
      return { ok: false, reason: `${this.#path}: ${this.#replay ? silentVenue(this.#venue) : foreign}` }
    const meant =
      this.#instrument === undefined
        ? lanes.length === 1 && first
        : lanes.find(({ id }) => id === this.#instrument)
    if (meant) return { ok: true, lane: meant }
    const found = lanes.map(({ id }) => id).join(', ')
    const trouble =
      this.#instrument === undefined ? 'one instrument at a time' : `no ${this.#instrument} here`
    const hint = this.#instrument === undefined ? ': name one with --instrument' : ''
    return { ok: false, reason: `${this.#path}: ${trouble}, found ${found}${hint}` }
  }

  #begin(id: VenueId): void {
    const venue = venues.find((it) => it.spec.id === id)
    if (!venue) throw new Error(`no venue ${id}`)
    this.#venue = id
    const replay = (this.#replay = new Replay(venue, this.#listener, (lane) => {
      this.#listener.onDiff(lane)
    }))
    for (const held of this.#held) this.#play(replay, held)
    this.#held = []
  }

  #play(replay: Replay, { frame, line, path }: Placed): void {
    const place = () => (this.#isOneOfSeveral ? `at line ${line} of ${path}` : `at line ${line}`)
    if (this.trouble !== undefined || !this.#listener.onFrame(frame, place)) return
    replay.take(frame)
    const reasons = replay.rejected()
    const rejected = [...reasons.values()].reduce((sum, count) => sum + count, 0)
    if (rejected > this.#rejected) {
      const odd = oddIn(frame.bytes)
      const reason = [...reasons.keys()].at(-1) ?? 'cannot be read'
      this.trouble = `${path}: line ${line}: ${reason}${odd === undefined ? '' : `: ${odd}`}`
    }
    this.#rejected = rejected
    this.#listener.afterFrame()
  }
}

const silentVenue = (id: VenueId = ''): string =>
  `holds no message of an instrument that ${venues.find(({ spec }) => spec.id === id)?.spec.title ?? id} would send; is it another venue's, or of a protocol it has given up?`

const foreign =
  'holds no address of a venue and no book, quote or trade that Binance would send; name the venue with --venue if it is of another'
