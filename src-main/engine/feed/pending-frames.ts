const MOST_FRAMES = 4_096
const MOST_BYTES = 8 * 1024 * 1024

/** Raw frames of one book that wait for its snapshot: copies, at most 4,096 of them or 8 MiB. */
export class PendingFrames {
  #frames: Uint8Array[] = []
  #bytes = 0

  get count(): number {
    return this.#frames.length
  }

  /** False when the cap is reached: everything kept is forgotten, and the wait starts over with this frame. */
  add(frame: Uint8Array): boolean {
    const fits = this.#frames.length < MOST_FRAMES && this.#bytes + frame.byteLength <= MOST_BYTES
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
