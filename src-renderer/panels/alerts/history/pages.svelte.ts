import type { AlertEntry } from '../../../../src-shared/alerts/record'
import type { HistoryWish } from '../../../../src-shared/alerts/state'
import type { AlertDesk } from '../../../state/alerting'

const pageSize = 100
/** So many rows are held at once; who wants more narrows the filter, or exports. */
export const mostRows = 5_000

/** The alerts that fit a wish, as far as somebody scrolled. */
export class HistoryPages {
  readonly #desk: AlertDesk
  #wish: HistoryWish = {}
  #entries = $state.raw<readonly AlertEntry[]>([])
  #more = $state(false)
  #isLooking = $state(true)
  #trouble = $state('')
  /** Episodes that began since the first page was read. */
  #newer = $state.raw<readonly string[]>([])
  /** Answers of older wishes say nothing any more. */
  #generation = 0

  constructor(desk: AlertDesk) {
    this.#desk = desk
  }

  get entries(): readonly AlertEntry[] {
    return this.#entries
  }
  /** There is more than is held. */
  get more(): boolean {
    return this.#more
  }
  get isLooking(): boolean {
    return this.#isLooking
  }
  /** Why nothing could be read, in words. */
  get trouble(): string {
    return this.#trouble
  }
  get newer(): number {
    return this.#newer.length
  }

  /** Begins anew. */
  async wish(wish: HistoryWish): Promise<void> {
    this.#wish = wish
    this.#newer = []
    await this.#read([])
  }

  /** The next page, unless one is awaited. */
  async next(): Promise<void> {
    if (this.#isLooking || !this.#more || this.#entries.length >= mostRows) return
    await this.#read(this.#entries)
  }

  /** An entry changed: it is put in its place, or counted among what is new. */
  change(entry: AlertEntry): void {
    const { episode } = entry.alert
    if (this.#entries.some(({ alert }) => alert.episode === episode))
      this.#entries = this.#entries.map((it) => (it.alert.episode === episode ? entry : it))
    else if (!this.#isLooking && entry.alert.at > this.#latestAt && !this.#newer.includes(episode))
      this.#newer = [...this.#newer, episode]
  }

  get #latestAt(): number {
    return Math.max(-Infinity, ...this.#entries.slice(0, 1).map(({ alert }) => alert.at))
  }

  async #read(known: readonly AlertEntry[]): Promise<void> {
    const generation = ++this.#generation
    this.#isLooking = true
    const before = known.at(-1)?.alert.episode
    const wish = { ...this.#wish, ...(before !== undefined && { before }) }
    const page = await this.#desk.history(wish, pageSize)
    if (generation !== this.#generation) return
    this.#isLooking = false
    this.#trouble = page.ok ? '' : page.reason
    if (!page.ok) return
    this.#entries = [...known, ...page.value.entries]
    this.#more = page.value.more
  }
}
