import type { Instrument } from '../../../src-shared/instrument'
import type { Endpoints, Venue } from '../venues/venue'
import { Backoff } from './backoff'
import type { Clock } from './clock'
import type { Rest } from './rest'
import type { HttpAnswer } from './transport'

/** Books do not wait longer for the list; they start on grids guessed by the venue's habits. */
const PATIENCE_MS = 3_000

export interface CatalogueParts {
  readonly venue: Venue
  readonly rest: Rest
  readonly clock: Clock
  readonly chance: () => number
  readonly endpoints: () => Endpoints
  /** The whole list came in. */
  readonly onList: (list: readonly Instrument[]) => void
  /** The list is there, or will not be waited for any longer. */
  readonly onReady: () => void
}

/** A venue's list of instruments: asked for on demand, once; again with growing waits while it cannot be had. */
export class Catalogue {
  readonly #parts: CatalogueParts
  readonly #backoff: Backoff
  #bySymbol: ReadonlyMap<string, Instrument> | undefined
  #isReady = false
  #isAsked = false
  #cancels: (() => void)[] = []
  #reason = ''

  constructor(parts: CatalogueParts) {
    this.#parts = parts
    this.#backoff = new Backoff(parts.chance)
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** Undefined until the list is there. */
  get list(): readonly Instrument[] | undefined {
    return this.#bySymbol && [...this.#bySymbol.values()]
  }

  /** Why the list is not there. */
  get reason(): string {
    return this.#reason
  }

  find(symbol: string): Instrument | undefined {
    return this.#bySymbol?.get(symbol)
  }

  /** Asking twice is one request. */
  ask(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    this.#cancels.push(
      this.#parts.clock.after(PATIENCE_MS, () => {
        this.#ready()
      })
    )
    this.#request()
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel()
    this.#cancels = []
    this.#isAsked = this.#bySymbol !== undefined
  }

  #request(): void {
    const { venue, rest, endpoints } = this.#parts
    const requests = venue.catalogue.requests(endpoints())
    const answers: HttpAnswer[] = []
    if (requests.length === 0) this.#ready()
    for (const { url, weight } of requests)
      this.#cancels.push(
        rest.get({
          url,
          weight,
          rank: () => -1,
          answered: (answer) => {
            answers.push(answer)
            if (answers.length === requests.length) this.#answered(answers)
          }
        })
      )
  }

  #answered(answers: readonly HttpAnswer[]): void {
    const { clock, venue, onList } = this.#parts
    this.#cancels = []
    const found = new Map<string, Instrument>()
    let reason = ''
    for (const answer of answers) {
      const read = answer.ok ? venue.catalogue.read(Buffer.from(answer.bytes).toString('utf8')) : answer
      if ('reason' in read) reason = read.reason
      else for (const instrument of read.instruments) found.set(instrument.symbol, instrument)
    }
    this.#reason = reason
    if (reason === '') {
      this.#bySymbol = found
      onList([...found.values()])
    } else {
      this.#cancels.push(
        clock.after(this.#backoff.failed(clock.mono()), () => {
          this.#request()
        })
      )
    }
    this.#ready()
  }

  #ready(): void {
    if (this.#isReady) return
    this.#isReady = true
    this.#parts.onReady()
  }
}
