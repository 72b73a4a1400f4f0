import type { Changes } from './changes'

/** `stale`: already known, drop it. `gap`: something was missed, the book is void until a snapshot. */
export type Succession = 'next' | 'stale' | 'gap'

/** A venue's rule for what follows what. The words of the rule, with its source, stand in the venue's README. */
export interface SequenceRule {
  /**
   * Whether the first message after a snapshot joins it; `at` is the venue's time of the snapshot, NaN where it tells none. `gap` here: the snapshot is older than
   * what is buffered, fetch another.
   */
  joins(next: Changes, snapshot: number, at?: number): Succession
  /** Whether a message follows the last one applied. */
  follows(next: Changes, last: number): Succession
}
