import type { VenueId } from '../../../src-shared/instrument'
import type { FeedLane } from '../../engine/feed/lane'
import type { FeedListener } from '../../engine/feed/listener'
import type { TapeFrame } from '../../engine/tape/line'
import { readTape } from '../../engine/tape/reader'
import { Replay } from '../../engine/tape/replay'
import { venues } from '../../engine/venues/index'
import { guessVenue } from './venue-guess'

/** Frames kept until one of them tells the venue. */
const mostHeld = 1_000

/** Who wants to know of a capture. Calls come in the order of the file. */
export interface CaptureListener extends FeedListener {
  /** A diff was applied; the lane's book and changes say which. */
  onDiff(lane: FeedLane): void
  /** The next frame is about to be read, with its exact time. False leaves it out. */
  onFrame(frame: TapeFrame): boolean
  /** The frame was read. */
  afterFrame(): void
}

export type CaptureEnd =
  { readonly ok: true; readonly lane: FeedLane } | { readonly ok: false; readonly reason: string }

/**
 * Captures of one Binance instrument, one after the other as if they were one file, through the live path. `venue` undefined: told from the frames.
 * Ends with a reason at the first line that cannot be read, and where the files hold no instrument or several.
 */
export async function readCapture(
  paths: readonly string[],
  listener: CaptureListener,
  venue?: VenueId
): Promise<CaptureEnd> {
  const player = new Player(listener, venue)
  for (const path of paths) {
    player.open(path)
    const end = await readTape(path, (frame) => {
      player.take(frame)
    })
    if (player.trouble !== undefined) return { ok: false, reason: player.trouble }
    if (!end.ok) return end
  }
  return player.end()
}

/** Holds frames until the venue is known, then plays them; remembers the first thing that went wrong. */
class Player {
  trouble: string | undefined
  #path = ''
  #line = 0
  #rejected = 0
  #replay: Replay | undefined
  #held: { readonly frame: TapeFrame; readonly line: number }[] = []
  readonly #listener: CaptureListener

  constructor(listener: CaptureListener, venue: VenueId | undefined) {
    this.#listener = listener
    if (venue !== undefined) this.#begin(venue)
  }

  open(path: string): void {
    this.#path = path
    this.#line = 0
  }

  take(frame: TapeFrame): void {
    if (this.trouble !== undefined) return
    this.#line++
    if (this.#replay) {
      this.#play(this.#replay, frame, this.#line)
      return
    }
    this.#held.push({ frame: { ...frame, bytes: frame.bytes.slice() }, line: this.#line })
    const venue = guessVenue(frame)
    if (venue !== undefined) this.#begin(venue)
    else if (this.#held.length === mostHeld) this.trouble = `${this.#path}: ${foreign}`
  }

  end(): CaptureEnd {
    const [lane, ...others] = this.#replay?.lanes.values() ?? []
    if (!lane) return { ok: false, reason: `${this.#path}: ${foreign}` }
    if (others.length === 0) return { ok: true, lane }
    const symbols = [lane, ...others].map((it) => it.symbol)
    return { ok: false, reason: `${this.#path}: one instrument at a time, found ${symbols.join(', ')}` }
  }

  #begin(id: VenueId): void {
    const venue = venues.find((it) => it.spec.id === id)
    if (!venue) throw new Error(`no venue ${id}`)
    const replay = (this.#replay = new Replay(venue, this.#listener, (lane) => {
      this.#listener.onDiff(lane)
    }))
    for (const { frame, line } of this.#held) this.#play(replay, frame, line)
    this.#held = []
  }

  #play(replay: Replay, frame: TapeFrame, line: number): void {
    if (this.trouble !== undefined || !this.#listener.onFrame(frame)) return
    replay.take(frame)
    const reasons = replay.rejected()
    const rejected = [...reasons.values()].reduce((sum, count) => sum + count, 0)
    if (rejected > this.#rejected)
      this.trouble = `${this.#path}: line ${line}: ${[...reasons.keys()].at(-1) ?? 'cannot be read'}`
    this.#rejected = rejected
    this.#listener.afterFrame()
  }
}

const foreign =
  'holds no book, quote or trade that Binance would send; name the venue with --venue if it does'
