import type { Changes } from '../../src-main/engine/book/changes'
import { LadderBook } from '../../src-main/engine/book/ladder-book'
import type { SidedBook } from '../../src-main/engine/book/sided-book'
import { SortedBook } from '../../src-main/engine/book/sorted-book'
import { SwitchingBook } from '../../src-main/engine/book/switching-book'

/** Changes from one way of keeping its levels to the other with every third message. */
class RestlessBook extends SwitchingBook {
  #commits = 0

  override commit(changes: Changes): void {
    super.commit(changes)
    if (++this.#commits % 3 === 0) this.attend(this.isLadder ? 'far' : 'focus')
  }
}

/** Every kind of book there is; ladders with few slots, so that these move and levels lie beyond them. */
export const books: readonly (readonly [name: string, make: (most?: number) => SidedBook])[] = [
  ['sorted', (most) => new SortedBook(most)],
  ['ladder', (most) => new LadderBook(most, 1_024)],
  ['switching', (most) => new RestlessBook(most, 1_024)]
]
