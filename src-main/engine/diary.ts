import type { DiaryEntry } from '../../src-shared/contract/frames'

/** The oldest make room: a bad hour of one venue does not fill it, a bad night does. */
const most = 600

/** What happened to the books of late, for the windows that open later. */
export class Diary {
  readonly #entries: DiaryEntry[] = []
  #untold: DiaryEntry[] = []

  get entries(): readonly DiaryEntry[] {
    return this.#entries
  }

  /** The same state and words again are no news: only another attempt was made. */
  note(told: DiaryEntry): void {
    const entry = { ...told, reason: told.reason.replace(/, trying again$/, '') }
    const last = this.#entries.findLast(({ instrument }) => instrument === entry.instrument)
    if (last?.state === entry.state && last.reason === entry.reason) return
    this.#entries.push(entry)
    this.#untold.push(entry)
    if (this.#entries.length > most) this.#entries.shift()
    if (this.#untold.length > most) this.#untold.shift()
  }

  /** What was noted since the last call. */
  takeUntold(): readonly DiaryEntry[] {
    const untold = this.#untold
    this.#untold = []
    return untold
  }
}
