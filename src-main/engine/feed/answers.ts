import type { Clock } from './clock'
import type { Line } from './line'

/** The other end is asked at the first look after this, so every five seconds. */
const ASK_MS = 4_500
/** Frames that stop coming for so long are asked after at once, but not all the time. */
const LULL_MS = 1_000
const LEAST_BETWEEN_MS = 1_500
/** Without any sign of life for so long the line's books are doubted; for so long, it is given up. */
const DOUBT_MS = 3_000
const GONE_MS = 9_000
/** An answer takes at most four times what the last one took, within these bounds. */
const TIMES = 4
const LEAST_PATIENCE_MS = 1_500
const MOST_PATIENCE_MS = 5_000
/** Ticks this far apart: the process was busy, and may not have read what has come. */
const BLIND_MS = 2_000

export interface AnswersParts {
  readonly clock: Clock
  /** It came after so many ms. */
  readonly onAnswer: (roundTripMs: number) => void
  /** Nothing is heard and the question stays open; called again every second while that is so. */
  readonly onSilent: () => void
  /** It stays so: the line is no more. */
  readonly onGone: (reason: string) => void
}

/**
 * Whether the other end of a line is still there (the transport's clock of three): it is pinged every five seconds, and soon after its frames stop. Whatever is
 * heard is a sign of life. Not every server and proxy answers pings (RFC 6455, 5.5.2 wants it): a line is held to it once it has answered, or one before it had; one
 * that is given up without an answer speaks for those that follow.
 */
export class Answers {
  readonly #parts: AnswersParts
  #line: Line | undefined
  /** Monotonic ms; minus infinity before. */
  #askedAt = -Infinity
  #answeredAt = -Infinity
  #tickedAt = -Infinity
  /** Silence is counted from here at the earliest. */
  #seeingSince = -Infinity
  /** Frames of the line when it was asked last, and the time before. */
  #framesThen = 0
  #framesBefore = 0
  #tookMs = 0
  /** The latest line that was judged has answered. */
  #areAnswering = false

  constructor(parts: AnswersParts) {
    this.#parts = parts
  }

  /** Once a second, with the open line that is in use. */
  tick(line: Line): void {
    const mono = this.#parts.clock.mono()
    if (line !== this.#line) this.#begin(line)
    if (mono - this.#tickedAt > BLIND_MS) this.#seeingSince = mono
    this.#tickedAt = mono
    const heardAt = Math.max(line.alive, this.#answeredAt)
    const silentMs = mono - Math.max(heardAt, this.#seeingSince)
    const isOpen = this.#askedAt >= heardAt
    if (!isOpen && this.#isDue(line, mono, silentMs)) this.#ask(line, mono)
    else if (isOpen && this.#areAnswering) this.#judge(mono, silentMs)
  }

  /** Now, whatever is open. */
  ask(line: Line): void {
    if (line !== this.#line) this.#begin(line)
    this.#ask(line, this.#parts.clock.mono())
  }

  #isDue(line: Line, mono: number, silentMs: number): boolean {
    const sinceMs = mono - this.#askedAt
    const isLull = silentMs >= LULL_MS && line.frames > this.#framesBefore
    return sinceMs >= ASK_MS || (isLull && sinceMs >= LEAST_BETWEEN_MS)
  }

  #ask(line: Line, mono: number): void {
    this.#askedAt = mono
    this.#framesBefore = this.#framesThen
    this.#framesThen = line.frames
    line.measure((roundTripMs) => {
      if (line !== this.#line) return
      this.#areAnswering = true
      this.#answeredAt = this.#parts.clock.mono()
      this.#tookMs = roundTripMs
      this.#parts.onAnswer(roundTripMs)
    })
  }

  #judge(mono: number, silentMs: number): void {
    const { onSilent, onGone } = this.#parts
    const patienceMs = Math.min(MOST_PATIENCE_MS, Math.max(LEAST_PATIENCE_MS, TIMES * this.#tookMs))
    if (silentMs < DOUBT_MS || mono - Math.max(this.#askedAt, this.#seeingSince) < patienceMs) return
    if (silentMs < GONE_MS) onSilent()
    else {
      this.#areAnswering = this.#answeredAt > -Infinity
      onGone(`nothing heard for ${GONE_MS / 1_000} s, and the line does not answer`)
    }
  }

  #begin(line: Line): void {
    this.#line = line
    this.#askedAt = this.#answeredAt = this.#tickedAt = this.#seeingSince = -Infinity
    this.#framesThen = this.#framesBefore = this.#tookMs = 0
  }
}
