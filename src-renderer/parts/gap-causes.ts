import type { BookStatus } from '../../src-shared/status'
import { isLive } from '../../src-shared/status'
import type { HatchSpan } from '../charts/spans'
import type { NamedGap } from '../charts/time-plot'
import { wordOf } from '../ui/status-look'

const most = 200

/** Words for gaps this window saw open; the engine's history knows only when they were. */
export class GapCauses {
  readonly #words = new Map<number, string>()

  /** `oldest`: the time of the first sample; what began before it is how watching began. */
  name(gaps: readonly HatchSpan[], status: BookStatus, oldest: number): NamedGap[] {
    return gaps.map((gap) => {
      if (gap.open && !isLive(status)) this.#keep(gap.began, wordOf(status.state))
      const unseen = gap.began < oldest ? wordOf('connecting') : 'no book'
      return { ...gap, cause: this.#words.get(gap.began) ?? unseen }
    })
  }

  #keep(began: number, word: string): void {
    if (this.#words.size >= most) this.#words.clear()
    this.#words.set(began, word)
  }
}
