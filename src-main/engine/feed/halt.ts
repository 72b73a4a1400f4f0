import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Changes, Levels, Trades } from '../book/changes'
import type { Clock } from './clock'

/** Who says that a book does not trade: the venue of all that it has, or of this one in a notice, or its list. */
export type HaltedBy = 'venue' | 'symbol' | 'list'

/** What was on its way when the halt was told is no sign that trading goes on. */
const UNDER_WAY_MS = 2_000
/** A notice that the stream has refuted is not believed again for so long, as some venues repeat it with every ticker. */
const REFUTED_MS = 300_000
/** A line that takes the place of one that was lost has told by then what still holds. */
export const RETOLD_MS = 10_000
/** A notice that was told once is older than the list by then, whatever the list knows. */
const OUTLIVED_MS = 3_600_000

/**
 * Why a book does not trade, and since when: what the venue said lasts until it says the opposite, or until what comes refutes it. A trade does, and so does a
 * change that makes a level larger, as only a market that takes orders has one: where trading has stopped, orders can often still be cancelled. A snapshot
 * refutes nothing.
 */
export class Halt {
  readonly #clock: Clock
  readonly #words = new Map<HaltedBy, string>()
  /** Monotonic ms until which it is not believed. */
  readonly #refuted = new Map<HaltedBy, number>()
  #since = millis(NaN)
  #sinceMono = NaN
  /** Monotonic ms of the latest notice of this book. */
  #saidAt = NaN
  /** Monotonic ms at which its line was lost: the end of a halt may have been told while nobody listened. */
  #unheardAt = NaN
  #wasListed = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get isOn(): boolean {
    return this.#words.size > 0
  }

  /** The whole venue is closed, as far as this book knows. */
  get isClosed(): boolean {
    return this.#words.has('venue')
  }

  /** In the venue's words; empty while it trades. */
  get words(): string {
    for (const words of this.#words.values()) return words
    return ''
  }

  /** Wall time; NaN while it trades. */
  get since(): Millis {
    return this.#since
  }

  /** True when that is news. */
  begin(by: HaltedBy, words: string): boolean {
    const mono = this.#clock.mono()
    if (by === 'symbol') this.#saidAt = mono
    if (by === 'list') this.#wasListed = true
    if (this.#words.has(by) || mono < (this.#refuted.get(by) ?? -Infinity)) return false
    if (!this.isOn) {
      this.#since = this.#clock.now()
      this.#sinceMono = mono
    }
    this.#words.set(by, words)
    return true
  }

  /** The venue says that it trades again. True when nothing speaks against that any more. */
  end(...by: HaltedBy[]): boolean {
    const was = this.isOn
    for (const one of by) {
      this.#words.delete(one)
      this.#refuted.delete(one)
      if (one === 'list') this.#wasListed = false
    }
    if (this.isOn) return false
    this.#since = millis(NaN)
    return was
  }

  /** Its line is lost. */
  unheard(): void {
    this.#unheardAt = this.#clock.mono()
  }

  /**
   * The list calls it trading. It may not know of what a notice told, unless it knew of this halt, too, or the end may not have been heard; a notice that was not
   * repeated for an hour counts no more than that. True when nothing speaks against its trading any more.
   */
  endByList(): boolean {
    const mono = this.#clock.mono()
    const mayHaveEnded = this.#unheardAt > this.#saidAt && mono - this.#unheardAt > RETOLD_MS
    const isOld = mono - this.#saidAt > OUTLIVED_MS
    return this.#wasListed || mayHaveEnded || isOld ? this.end('list', 'symbol') : this.end('list')
  }

  /** A change was applied to its book. True when that refutes the halt. */
  moved({ bids, asks }: Changes): boolean {
    return this.isOn && this.#isPast() && (hasGrown(bids) || hasGrown(asks)) && this.#refute()
  }

  /** Trades were told, none of them before; those of a line's beginning may be older than the halt. True when that refutes it. */
  traded(trades: Trades): boolean {
    if (!this.isOn || !this.#isPast() || trades.count === 0) return false
    const isNews = trades.at[trades.count - 1]! >= this.#since + UNDER_WAY_MS
    return isNews && this.#refute()
  }

  #isPast(): boolean {
    return this.#clock.mono() - this.#sinceMono > UNDER_WAY_MS
  }

  #refute(): boolean {
    const until = this.#clock.mono() + REFUTED_MS
    for (const by of this.#words.keys()) this.#refuted.set(by, by === 'list' ? Infinity : until)
    this.#refuted.delete('venue')
    this.#words.clear()
    this.#since = millis(NaN)
    return true
  }
}

function hasGrown({ size, before, count }: Levels): boolean {
  for (let row = 0; row < count; row++) if (size[row]! > before[row]!) return true
  return false
}
