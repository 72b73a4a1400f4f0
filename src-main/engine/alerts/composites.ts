import type { Lead, Level, Node } from './node'
import { between, on, past } from './node'

abstract class Composite implements Node {
  protected readonly parts: readonly Node[]

  constructor(parts: readonly Node[]) {
    this.parts = parts
  }

  abstract level(mono: number): Level

  refresh(): void {
    for (const part of this.parts) part.refresh()
  }
  forget(): void {
    for (const part of this.parts) part.forget()
  }
  get learned(): number {
    return Math.min(...this.parts.map((part) => part.learned))
  }
  get lead(): Lead | undefined {
    for (const part of this.parts) if (part.lead) return part.lead
    return undefined
  }
}

/** False dominates, then unknown; otherwise the lowest. */
export class All extends Composite {
  level(mono: number): Level {
    let lowest: Level = on
    let isUnknown = false
    // All are asked: some remember what they see.
    for (const part of this.parts) {
      const level = part.level(mono)
      if (Number.isNaN(level)) isUnknown = true
      else if (level < lowest) lowest = level
    }
    return isUnknown && lowest > past ? NaN : lowest
  }
}

/** At least so many are true. One of them: true dominates, then unknown; otherwise the highest. */
export class AtLeast extends Composite {
  readonly #least: number

  constructor(parts: readonly Node[], least: number) {
    super(parts)
    this.#least = least
  }

  level(mono: number): Level {
    let on = 0
    let notPast = 0
    let unknown = 0
    for (const part of this.parts) {
      const level = part.level(mono)
      if (Number.isNaN(level)) unknown++
      else {
        if (level >= 2) on++
        if (level >= 1) notPast++
      }
    }
    if (on >= this.#least) return 2
    if (notPast + unknown < this.#least) return past
    return unknown > 0 ? NaN : between
  }
}

/** Not unknown is unknown. */
export class Not extends Composite {
  level(mono: number): Level {
    return on - this.parts[0]!.level(mono)
  }
}

/** When a condition last became true, having been known not to be. */
class Edge {
  at = NaN
  #wasOff = false

  see(level: Level, mono: number): boolean {
    if (level === past) this.#wasOff = true
    if (level !== on || !this.#wasOff) return false
    this.#wasOff = false
    this.at = mono
    return true
  }

  forget(): void {
    this.at = NaN
    this.#wasOff = false
  }
}

/** First one, then the other within a time. */
export class Sequence extends Composite {
  readonly #withinMs: number
  readonly #then = new Edge()
  /** When the first was true last. */
  #firstAt = NaN
  #holds = false

  constructor(first: Node, then: Node, withinMs: number) {
    super([first, then])
    this.#withinMs = withinMs
  }

  level(mono: number): Level {
    const first = this.parts[0]!.level(mono)
    const then = this.parts[1]!.level(mono)
    // The other must come after: what is true in the same sample is no sequence.
    if (this.#then.see(then, mono)) this.#holds = mono - this.#firstAt <= this.#withinMs
    if (first === on) this.#firstAt = mono
    if (then === past) this.#holds = false
    if (Number.isNaN(then)) return NaN
    if (this.#holds) return then
    return Number.isNaN(first) && then === on && Number.isNaN(this.#firstAt) ? NaN : past
  }

  override forget(): void {
    super.forget()
    this.#firstAt = NaN
    this.#holds = false
    this.#then.forget()
  }
}

/** It became true so many times within a time. */
export class Repeated extends Composite {
  readonly #edge = new Edge()
  readonly #times: Float64Array
  readonly #withinMs: number
  #count = 0

  constructor(when: Node, atLeast: number, withinMs: number) {
    super([when])
    this.#times = new Float64Array(atLeast)
    this.#withinMs = withinMs
  }

  level(mono: number): Level {
    const level = this.parts[0]!.level(mono)
    const times = this.#times
    if (this.#edge.see(level, mono)) times[this.#count++ % times.length] = mono
    // With no more remembered than are asked for, the oldest of them decides.
    const oldest = this.#count < times.length ? NaN : times[this.#count % times.length]!
    if (mono - oldest < this.#withinMs) return on
    return Number.isNaN(level) ? NaN : past
  }

  override forget(): void {
    super.forget()
    this.#count = 0
    this.#edge.forget()
  }
}

/** One has been true for a time in which the other never was. */
export class Divergence extends Composite {
  readonly #withinMs: number
  #since = NaN
  #fromAt = NaN
  #watchedSince = NaN

  constructor(when: Node, from: Node, withinMs: number) {
    super([when, from])
    this.#withinMs = withinMs
  }

  level(mono: number): Level {
    const when = this.parts[0]!.level(mono)
    const from = this.parts[1]!.level(mono)
    if (from === on) this.#fromAt = mono
    if (Number.isNaN(from)) this.#watchedSince = NaN
    else if (Number.isNaN(this.#watchedSince)) this.#watchedSince = mono
    if (when === past || Number.isNaN(when)) this.#since = NaN
    else if (when === on && Number.isNaN(this.#since)) this.#since = mono
    if (when === past || mono - this.#fromAt < this.#withinMs) return past
    if (Number.isNaN(when) || Number.isNaN(from)) return NaN
    const isSeen = mono - this.#since >= this.#withinMs && mono - this.#watchedSince >= this.#withinMs
    return isSeen ? when : past
  }

  override forget(): void {
    super.forget()
    this.#since = NaN
    this.#fromAt = NaN
    this.#watchedSince = NaN
  }
}
