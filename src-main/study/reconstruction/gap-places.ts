import type { Place } from '../capture/read-capture'

/** More are counted and not told one by one. */
const mostPlaces = 3

/** Where a recording lost its thread: the places of its first gaps. */
export class GapPlaces {
  readonly list: string[] = []
  #here: Place = () => ''
  #isLost = false

  /** What follows happens at this place. */
  come(place: Place): void {
    this.#here = place
  }

  /** What was known of the book is lost, by a gap or otherwise. */
  lost(): void {
    this.#isLost = true
  }

  /** What the book is called after that: only a gap is one. */
  called(state: string): void {
    if (this.#isLost && state === 'gap' && this.list.length < mostPlaces) this.list.push(this.#here())
    this.#isLost = false
  }
}
