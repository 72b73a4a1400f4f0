import type { Ladder, MemberHead, SeenRow } from './picture'
import type { Traded } from './traded'

/** All that is drawn of a ladder. */
export interface LadderDrawing {
  readonly ladder: Ladder
  readonly rows: readonly SeenRow[]
  /** Top of the mid row below the head, CSS px. */
  readonly midY: number
  readonly traded: (row: SeenRow) => Traded
  /** Of a sum of books: its books, in the order of a row's shares. */
  readonly members: readonly MemberHead[]
  /** Not live: values in the weakest text, bars faint. */
  readonly dim: boolean
  readonly width: number
  readonly height: number
}
