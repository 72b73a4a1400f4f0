import type { BookView } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { symbolOf } from '../../../src-shared/instrument'
import type { BookState } from '../../../src-shared/status'
import { isFollowed } from '../../../src-shared/status'
import type { Millis } from '../../../src-shared/units'
import type { CanvasSize, Context2d } from '../../charts/canvas'
import type { Colours } from '../../charts/theme'
import type { Desk } from '../../state/desk'
import type { Microprice } from '../../parts/microprice'
import { micropriceNow } from '../../parts/microprice'
import { nameOf } from '../../parts/names'
import { lookOf } from '../../ui/status-look'
import { nextGrouping, usualGrouping } from './grouping'
import type { Hold } from './hold'
import { followed } from './hold'
import type { MemberHead } from './picture'
import { LadderPainter } from './painter'
import { ladderOf, rowsIn, seenRows } from './picture'
import { TradedRows } from './traded'

/** A view that stands still while the market goes on. */
interface Frozen {
  readonly book: BookView
  readonly micro: Microprice
  readonly at: Millis
}

/** Levels a side asked for: wide rows need more of them. */
export const levelsFor = (grouping: number): number => (grouping >= 20 ? 1_000 : 400)

/** A book of that state may be shown dimmed; in every other state but live its numbers are not to be seen. */
const isDim = (state: BookState): boolean => lookOf(state).view === 'strip'

/** What the ladder shows of one instrument and how the user moved it. */
export class LadderView {
  locked = $state(true)
  #chosen = $state<number | undefined>(undefined)
  #frozen = $state.raw<Frozen | undefined>(undefined)
  #hold: Hold | undefined
  readonly #traded = new TradedRows()
  readonly #painter = new LadderPainter()
  #size: CanvasSize | undefined
  readonly #desk: Desk
  readonly #id: InstrumentId
  #usual: number | undefined

  constructor(desk: Desk, id: InstrumentId, chosen: number | undefined) {
    this.#desk = desk
    this.#id = id
    this.#chosen = chosen
  }

  get instrument(): Instrument | undefined {
    return this.#desk.market.instrument(this.#id)
  }
  /** The book on show: the frozen one, or the last received. */
  get book(): BookView | undefined {
    return this.#frozen?.book ?? this.#desk.market.book(this.#id)
  }
  /** What the microprice of that book is. */
  get micro(): Microprice {
    return this.#frozen?.micro ?? micropriceNow(this.#desk, this.#id)
  }
  /** The books of a sum, as the book on show has them; none for a single book. */
  get members(): readonly MemberHead[] {
    const { market } = this.#desk
    const ids = this.book?.members?.ids ?? []
    const codes = ids.map((id) => nameOf(market, id).code)
    return ids.map((id, i) => {
      const code = codes[i]!
      // Two books of one venue are told apart by the ends of their symbols.
      const isAlone = codes.indexOf(code) === codes.lastIndexOf(code)
      return { code: isAlone ? code : symbolOf(id).slice(-4), live: isFollowed(market.status(id)) }
    })
  }
  /** When the view was frozen; undefined while it moves. */
  get frozenAt(): Millis | undefined {
    return this.#frozen?.at
  }
  /** The chosen grouping, or one that suits the first price seen. */
  get grouping(): number {
    return this.#chosen ?? this.#suited()
  }

  regroup(direction: 1 | -1): number {
    this.#chosen = nextGrouping(this.grouping, direction)
    return this.#chosen
  }

  toggleFreeze(): void {
    const book = this.#desk.market.book(this.#id)
    if (this.#frozen) {
      this.#frozen = undefined
      if (this.locked) this.#hold = undefined
    } else if (book && isFollowed(this.#desk.market.status(this.#id))) {
      this.#frozen = { book, micro: this.micro, at: this.#desk.now }
    }
  }

  toggleLock(): void {
    this.locked = !this.locked
    if (this.locked) this.#hold = undefined
  }

  /** Moves the view by rows, up for positive. The mid no longer stays in the middle, unless only a frozen view is looked through. */
  scroll(rows: number): void {
    if (!this.#frozen) this.locked = false
    if (this.#hold) this.#hold = { ...this.#hold, above: this.#hold.above + rows }
  }

  /** Draws what holds now; `size` is another object whenever the canvas was cleared. Returns whether any numbers were drawn. */
  draw(ctx: Context2d, size: CanvasSize, colours: Colours): boolean {
    const { width, height, ratio } = size
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    if (size !== this.#size) this.#painter.forget()
    this.#size = size
    const { instrument, book } = this
    const status = this.#desk.market.status(this.#id)
    const { state } = status
    const shown = isFollowed(status) || isDim(state)
    if (!instrument || !book || !shown) {
      this.#painter.forget()
      ctx.fillStyle = colours.bg
      ctx.fillRect(0, 0, width, height)
      return false
    }
    const grouping = this.grouping
    const ladder = ladderOf(book, instrument, grouping, levelsFor(grouping), this.micro)
    const fitting = rowsIn(height)
    const ask = ladder.asks.prices[0] ?? (ladder.bids.prices[0] ?? 0) + ladder.group
    this.#hold = followed(this.#hold, ask, ladder.group, fitting, this.locked && !this.#frozen)
    const { above } = this.#hold
    // Without the mid row in sight there is room for one row more.
    const { rows, midY } = seenRows(ladder, above, fitting + (above < 0 || above > fitting ? 1 : 0))
    const frozen = this.#frozen !== undefined
    this.#traded.refresh(this.#desk.market.series(this.#id), this.#desk.now, frozen)
    const traded = (row: { side: 'bid' | 'ask'; price: number }) =>
      this.#traded.of(row.side, row.price, ladder.group, frozen)
    const members = this.members
    const drawing = { ladder, rows, midY, traded, members, dim: isDim(state), width, height }
    this.#painter.paint({ ctx, colours, ratio }, drawing)
    return true
  }

  #suited(): number {
    const { instrument, book } = this
    const bid = book?.bids[0]
    if (this.#usual === undefined && instrument && bid !== undefined)
      this.#usual = usualGrouping(instrument, bid)
    return this.#usual ?? 1
  }
}
