/** Consecutive prints of one side at one venue time are one order that met several; told when the next one comes, or when it is late. */
export class Orders {
  readonly #each: (at: number, sign: number, money: number, price: number) => void
  #venueAt = NaN
  #at = NaN
  #sign = 0
  #money = 0
  #price = NaN

  /** `price`: of the last print, ticks; `money` in quote currency. */
  constructor(each: (at: number, sign: number, money: number, price: number) => void) {
    this.#each = each
  }

  add(at: number, venueAt: number, sign: number, money: number, price: number): void {
    const isSame =
      sign === this.#sign && (venueAt === this.#venueAt || (Number.isNaN(venueAt) && at === this.#at))
    if (!isSame) this.flush()
    this.#venueAt = venueAt
    this.#at = at
    this.#sign = sign
    this.#money += money
    this.#price = price
  }

  /** Nothing more of an order that came before `at` is expected. */
  pass(at: number): void {
    if (at > this.#at) this.flush()
  }

  flush(): void {
    if (this.#money > 0) this.#each(this.#at, this.#sign, this.#money, this.#price)
    this.#money = 0
    this.#sign = 0
  }
}
