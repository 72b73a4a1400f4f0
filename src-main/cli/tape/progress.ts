import process from 'node:process'

const everyMs = 500

/** A line on the terminal that says how far a long job is; silent where nobody watches. */
export class Progress {
  readonly #isShown = process.stderr.isTTY
  #toldAt = 0
  #isCancelled = false
  readonly #onInterrupt = () => {
    this.#isCancelled = true
  }

  constructor() {
    process.once('SIGINT', this.#onInterrupt)
  }

  /** The user pressed Ctrl+C: end tidily. A second one ends the process. */
  get isCancelled(): boolean {
    return this.#isCancelled
  }

  /** `share` in [0, 1]. */
  tell(share: number, words: string): void {
    const now = performance.now()
    if (!this.#isShown || now - this.#toldAt < everyMs) return
    this.#toldAt = now
    process.stderr.write(`\r${Math.floor(Math.min(1, share) * 100)} % ${words}\u001b[K`)
  }

  end(): void {
    process.off('SIGINT', this.#onInterrupt)
    if (this.#isShown && this.#toldAt > 0) process.stderr.write('\r\u001b[K')
  }
}
