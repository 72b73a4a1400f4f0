import type { StampedTouch, TouchCheck } from './touches'
import { checkTouches, together } from './touches'

/** Rows kept before the older ones are held against one another and let go. */
const mostRows = 400_000
/** Books that may still be told of by a quote that comes late. */
const recentBooks = 1_000

/** Books held against quotes while both come in, however long that goes on: what is long past is settled and forgotten. */
export class TouchLedger {
  #books: StampedTouch[] = []
  #quotes: StampedTouch[] = []
  #settled: TouchCheck = checkTouches([], [])
  readonly #areAll: boolean
  readonly #most: number
  readonly #recent: number

  /** @param areAll whether quotes tell of every change, see `checkTouches` */
  constructor(areAll: boolean, most = mostRows, recent = recentBooks) {
    this.#areAll = areAll
    this.#most = most
    this.#recent = recent
  }

  book(stamped: StampedTouch): void {
    this.#books.push(stamped)
    this.#makeRoom()
  }

  quote(stamped: StampedTouch): void {
    this.#quotes.push(stamped)
    this.#makeRoom()
  }

  /** What was quoted so far says nothing of the books to come. */
  break(): void {
    this.#settle(this.#books)
    this.#books = []
    this.#quotes = []
  }

  /** Of all that came. */
  get check(): TouchCheck {
    this.break()
    return this.#settled
  }

  #makeRoom(): void {
    if (this.#books.length + this.#quotes.length < this.#most) return
    this.#settle(this.#books.slice(0, -this.#recent))
    this.#books = this.#books.slice(-this.#recent)
    // Without a book only the last quotes can be of one to come.
    const from = this.#books.reduce((least, { id }) => Math.min(least, id), Infinity)
    const lastBefore = this.#quotes.reduce(
      (last, { id }) => (id <= from ? Math.max(last, id) : last),
      -Infinity
    )
    const kept = this.#quotes.filter(({ id }) => id >= lastBefore)
    this.#quotes = kept.length < this.#most / 2 ? kept : kept.slice(-this.#most / 2)
  }

  #settle(books: readonly StampedTouch[]): void {
    if (books.length > 0)
      this.#settled = together(this.#settled, checkTouches(books, this.#quotes, this.#areAll))
  }
}
