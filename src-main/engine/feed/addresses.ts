/** An address to connect to, or why there is none. */
export type Ticket = { readonly url: string } | { readonly reason: string }

export interface AddressParts {
  /** Addresses of the same service, tried in turn. */
  readonly urls: readonly string[]
  /** Where an address must be asked for before each connection. The answer takes the question back. */
  readonly ticket: ((answered: (ticket: Ticket) => void) => () => void) | undefined
}

/** Where one link connects to: the first address, the others after failures, or one that is asked for each time. */
export class Addresses {
  readonly #parts: AddressParts
  #misses = 0
  #cancel: (() => void) | undefined

  constructor(parts: AddressParts) {
    this.#parts = parts
  }

  /** The one that is next. */
  get url(): string {
    const { urls } = this.#parts
    return urls[this.#misses % urls.length]!
  }

  get isAsking(): boolean {
    return this.#cancel !== undefined
  }

  /** Known already, or asked for. */
  next(answered: (ticket: Ticket) => void): void {
    const { ticket } = this.#parts
    if (!ticket) {
      answered({ url: this.url })
      return
    }
    this.#cancel = ticket((it) => {
      this.#cancel = undefined
      answered(it)
    })
  }

  /** A connection ended without a frame: another address may do better. */
  failed(): void {
    this.#misses++
  }

  worked(): void {
    this.#misses = 0
  }

  cancel(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }
}
