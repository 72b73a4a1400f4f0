/**
 * Draws when asked, at most ten times a second and never while the page is hidden (animation frames stop there).
 * Many asks before a drawing make one drawing; the last state wins.
 */
export class Pace {
  readonly #draw: () => void
  readonly #leastMs: number
  #last = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined
  #frame: number | undefined

  constructor(draw: () => void, leastMs = 100) {
    this.#draw = draw
    this.#leastMs = leastMs
  }

  /** New data: draw when the pace allows. */
  ask(): void {
    if (this.#timer !== undefined || this.#frame !== undefined) return
    const wait = this.#last + this.#leastMs - performance.now()
    if (wait <= 0) {
      this.hurry()
      return
    }
    this.#timer = setTimeout(() => {
      this.hurry()
    }, wait)
  }

  /** The user did something: draw with the next frame. */
  hurry(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined
      this.#last = performance.now()
      this.#draw()
    })
  }

  stop(): void {
    clearTimeout(this.#timer)
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#timer = this.#frame = undefined
  }
}

/** Names what the effect around it depends on: reading the values is all that is needed. Returns how many they are. */
export const reads = (...values: readonly unknown[]): number => values.length
