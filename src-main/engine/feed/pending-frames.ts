/** Caps of what is kept: whichever is reached first. */
export interface Most {
  readonly frames: number
  readonly bytes: number
}

/** Of one book that waits for its snapshot. */
const ofOneBook: Most = { frames: 4_096, bytes: 8 * 1024 * 1024 }

/** Raw frames that wait to be read: copies, of one book at most 4,096 of them or 8 MiB. */
export class PendingFrames {
  readonly #most: Most
  #frames: Uint8Array[] = []
  #bytes = 0

  constructor(most: Most = ofOneBook) {
    this.#most = most
  }

  get count(): number {
    return this.#frames.length
  }

  /** False when the cap is reached: everything kept is forgotten, and the wait starts over with this frame. */
  add(frame: Uint8Array): boolean {
    const fits = this.#frames.length < this.#most.frames && this.#bytes + frame.byteLength <= this.#most.bytes
    if (!fits) this.clear()
    // Not slice(): that of a Buffer is a view on memory the socket reuses.
    this.#frames.push(new Uint8Array(frame))
    this.#bytes += frame.byteLength
    return fits
  }

  /** Hands out what was kept, oldest first, and keeps nothing. */
  drain(): readonly Uint8Array[] {
    const frames = this.#frames
    this.clear()
    return frames
  }

  clear(): void {
    this.#frames = []
    this.#bytes = 0
  }
}
