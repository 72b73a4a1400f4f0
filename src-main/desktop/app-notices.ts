import type { AppNotice } from '../../src-shared/contract/calls'
import { millis } from '../../src-shared/units'

/** The oldest give way. */
const most = 50

/** What the user must be told and has not dismissed yet. */
export class AppNotices {
  readonly #onNotice: (notice: AppNotice) => void
  #list: readonly AppNotice[] = []
  #count = 0

  constructor(onNotice: (notice: AppNotice) => void) {
    this.#onNotice = onNotice
  }

  get list(): readonly AppNotice[] {
    return this.#list
  }

  /** What is still there to be read is not said twice. */
  tell(severity: AppNotice['severity'], text: string): void {
    if (this.#list.some((notice) => notice.text === text)) return
    const notice = { id: `main-${++this.#count}`, at: millis(Date.now()), severity, text }
    this.#list = [...this.#list, notice].slice(-most)
    this.#onNotice(notice)
  }

  /** @returns false when there is no such notice */
  dismiss(id: string): boolean {
    const left = this.#list.filter((notice) => notice.id !== id)
    const found = left.length < this.#list.length
    this.#list = left
    return found
  }
}
