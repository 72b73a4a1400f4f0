/** Numbers by whole price, in typed arrays with open addressing: no allocation once grown, unlike a Map. */
export class PriceMap {
  #keys: Float64Array
  #values: Float64Array
  #size = 0
  /** Brings 32 bits down to a place. */
  #shift: number

  /** @param capacity a power of two */
  constructor(capacity = 256) {
    this.#shift = 32 - Math.log2(capacity)
    this.#keys = new Float64Array(capacity).fill(NaN)
    this.#values = new Float64Array(capacity)
  }

  get size(): number {
    return this.#size
  }

  /** NaN where there is none. */
  get(price: number): number {
    const place = this.#find(price)
    return this.#keys[place] === price ? this.#values[place]! : NaN
  }

  set(price: number, value: number): void {
    let place = this.#find(price)
    if (this.#keys[place] !== price) {
      if (this.#size * 2 >= this.#keys.length) {
        this.#grow()
        place = this.#find(price)
      }
      this.#keys[place] = price
      this.#size++
    }
    this.#values[place] = value
  }

  delete(price: number): void {
    let hole = this.#find(price)
    if (this.#keys[hole] !== price) return
    const mask = this.#keys.length - 1
    this.#size--
    // What was pushed past the hole moves back, so that a search that ends at an empty place is right.
    for (let place = (hole + 1) & mask; !Number.isNaN(this.#keys[place]!); place = (place + 1) & mask) {
      const home = this.#home(this.#keys[place]!)
      if (((place - home) & mask) < ((place - hole) & mask)) continue
      this.#keys[hole] = this.#keys[place]!
      this.#values[hole] = this.#values[place]!
      hole = place
    }
    this.#keys[hole] = NaN
  }

  clear(): void {
    this.#keys.fill(NaN)
    this.#size = 0
  }

  /** Drops every entry that `keep` does not keep. */
  filter(keep: (value: number, price: number) => boolean): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length).fill(NaN)
    this.#values = new Float64Array(keys.length)
    this.#size = 0
    for (let place = 0; place < keys.length; place++)
      if (!Number.isNaN(keys[place]!) && keep(values[place]!, keys[place]!))
        this.set(keys[place]!, values[place]!)
  }

  /** Every price times this whole factor. */
  rescale(factor: number): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length).fill(NaN)
    this.#values = new Float64Array(keys.length)
    this.#size = 0
    for (let place = 0; place < keys.length; place++)
      if (!Number.isNaN(keys[place]!)) this.set(keys[place]! * factor, values[place]!)
  }

  #home(price: number): number {
    return Math.imul(price | 0, 0x9e3779b1) >>> this.#shift
  }

  #find(price: number): number {
    const mask = this.#keys.length - 1
    let place = this.#home(price)
    while (this.#keys[place] !== price && !Number.isNaN(this.#keys[place]!)) place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length * 2).fill(NaN)
    this.#values = new Float64Array(keys.length * 2)
    this.#shift--
    this.#size = 0
    for (let place = 0; place < keys.length; place++)
      if (!Number.isNaN(keys[place]!)) this.set(keys[place]!, values[place]!)
  }
}
