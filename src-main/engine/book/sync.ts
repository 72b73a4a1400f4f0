import type { Book } from './book'
import type { Changes } from './changes'
import { Differences } from './differences'
import type { SequenceRule } from './sequence'

/**
 * What became of a diff.
 * `applied` the book holds it · `stale` already known, drop it · `waiting` no snapshot yet: keep its bytes and offer it again after one ·
 * `old-snapshot` it begins after the snapshot ends: the book is void, keep its bytes and fetch a newer snapshot (the link is fine) ·
 * `gap` something was missed between the last diff and this one: the book is void; this diff waits like the ones after it.
 */
export type Verdict = 'applied' | 'stale' | 'waiting' | 'old-snapshot' | 'gap'

/** `void` nothing is known · `snapshot` a snapshot stands, no diff has joined it yet · `joined` every diff since has followed. */
export type SyncState = 'void' | 'snapshot' | 'joined'

/**
 * Keeps one book equal to the venue's, or empty: applies what its sequence rule allows and voids the book in the call that finds a gap.
 * Whether `snapshot` already counts as live is the feed's to say: yes where snapshots arrive in the stream itself, after the replay of
 * what was buffered where they come from REST.
 */
export class BookSync {
  readonly book: Book
  readonly #rule: SequenceRule
  readonly #differences = new Differences()
  #state: SyncState = 'void'
  /** Venue time of the snapshot that stands, ms. */
  #snapshotAt = NaN

  constructor(book: Book, rule: SequenceRule) {
    this.book = book
    this.#rule = rule
  }

  get state(): SyncState {
    return this.#state
  }

  /** A snapshot replaces all that was known, whatever the state. */
  snapshot(changes: Changes): void {
    this.resume(changes, false)
  }

  /** A whole book from a stream that sends nothing else: `changes` becomes what changed since the one before it, and a snapshot stays one where none stood. */
  successor(changes: Changes): void {
    if (this.#state !== 'void') this.#differences.turn(changes, this.book)
    this.snapshot(changes)
  }

  /** A book as it stood amid the stream: when diffs had joined it, the next one must follow. */
  resume(changes: Changes, joined: boolean): void {
    this.#commit(changes)
    this.#state = joined ? 'joined' : 'snapshot'
    this.#snapshotAt = changes.at
  }

  diff(changes: Changes): Verdict {
    if (this.#state === 'void') return 'waiting'
    const joined = this.#state === 'joined'
    const succession = joined
      ? this.#rule.follows(changes, this.book.sequence)
      : this.#rule.joins(changes, this.book.sequence, this.#snapshotAt)
    if (succession === 'stale') return 'stale'
    if (succession === 'gap') {
      this.void()
      return joined ? 'gap' : 'old-snapshot'
    }
    this.#commit(changes)
    this.#state = 'joined'
    return 'applied'
  }

  #commit(changes: Changes): void {
    this.book.commit(changes)
    if (changes.window !== Infinity) this.book.window(changes.window)
  }

  /** The link is lost, or the venue said something that makes the book doubtful: nothing is known until the next snapshot. */
  void(): void {
    this.book.clear()
    this.#state = 'void'
  }
}
