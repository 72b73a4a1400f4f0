/** Below this many levels a plain loop moves them faster than `copyWithin`. */
const shortMove = 32

/**
 * Levels that come and go, gathered along sorted arrays and then done in one go: every level in between moves once however many come and go
 * beside it, and not at all where as many came as went.
 */
export class StagedMoves {
  count = 0
  /** Levels more after `apply` than before. */
  growth = 0
  /** Where a level goes out, or before which one comes in. */
  #index = new Int32Array(64)
  #key = new Float64Array(64)
  /** 0 goes out. */
  #size = new Float64Array(64)
  /** By how much the levels behind each of these move. */
  #offset = new Int32Array(64)

  /** Within one batch all come in one direction along the arrays. Of a level that goes (size 0) the key is not looked at. */
  stage(index: number, key: number, size: number): void {
    if (this.count === this.#index.length) this.#grow()
    this.#index[this.count] = index
    this.#key[this.count] = key
    this.#size[this.count] = size
    this.count++
    this.growth += size === 0 ? -1 : 1
  }

  /** Does what was staged on the first `filled` levels. There must be room for `growth` more. */
  apply(keys: Float64Array, sizes: Float64Array, filled: number, isAscending: boolean): void {
    if (!isAscending) this.#reverse()
    // What moves down goes first, from below: it only overwrites what has gone or moved already. Then what moves up, from above.
    let offset = 0
    for (let n = 0; n < this.count; n++) {
      offset += this.#size[n] === 0 ? -1 : 1
      this.#offset[n] = offset
      if (offset < 0) moveDown(keys, sizes, this.#from(n), this.#to(n, filled), -offset)
    }
    for (let n = this.count - 1; n >= 0; n--) {
      const up = this.#offset[n]!
      if (up > 0) moveUp(keys, sizes, this.#from(n), this.#to(n, filled), up)
    }
    for (let n = 0; n < this.count; n++) {
      if (this.#size[n] === 0) continue
      const index = this.#index[n]! + this.#offset[n]! - 1
      keys[index] = this.#key[n]!
      sizes[index] = this.#size[n]!
    }
    this.count = 0
    this.growth = 0
  }

  #from(n: number): number {
    return this.#size[n] === 0 ? this.#index[n]! + 1 : this.#index[n]!
  }

  #to(n: number, filled: number): number {
    return n + 1 < this.count ? this.#index[n + 1]! : filled
  }

  #reverse(): void {
    for (let low = 0, high = this.count - 1; low < high; low++, high--) {
      const index = this.#index[low]!
      const key = this.#key[low]!
      const size = this.#size[low]!
      this.#index[low] = this.#index[high]!
      this.#key[low] = this.#key[high]!
      this.#size[low] = this.#size[high]!
      this.#index[high] = index
      this.#key[high] = key
      this.#size[high] = size
    }
  }

  #grow(): void {
    const capacity = this.#index.length * 2
    this.#index = grown(this.#index, new Int32Array(capacity))
    this.#key = grown(this.#key, new Float64Array(capacity))
    this.#size = grown(this.#size, new Float64Array(capacity))
    this.#offset = new Int32Array(capacity)
  }
}

function grown<Column extends Int32Array | Float64Array>(from: Column, into: Column): Column {
  into.set(from)
  return into
}

function moveDown(keys: Float64Array, sizes: Float64Array, from: number, to: number, by: number): void {
  if (to - from > shortMove) {
    keys.copyWithin(from - by, from, to)
    sizes.copyWithin(from - by, from, to)
    return
  }
  for (let index = from; index < to; index++) {
    keys[index - by] = keys[index]!
    sizes[index - by] = sizes[index]!
  }
}

function moveUp(keys: Float64Array, sizes: Float64Array, from: number, to: number, by: number): void {
  if (to - from > shortMove) {
    keys.copyWithin(from + by, from, to)
    sizes.copyWithin(from + by, from, to)
    return
  }
  for (let index = to - 1; index >= from; index--) {
    keys[index + by] = keys[index]!
    sizes[index + by] = sizes[index]!
  }
}
