import type { Instrument } from '../../../src-shared/instrument'
import type { CatalogueHealth } from '../../../src-shared/contract/frames'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Endpoints, Request, Venue } from '../venues/venue'
import { Backoff } from './backoff'
import type { Clock } from './clock'
import type { Rest } from './rest'
import type { HttpAnswer } from './transport'

/** Books do not wait longer for the list; they start on grids guessed by the venue's habits. */
const PATIENCE_MS = 3_000
/** A list that goes on and on is read no further; what has come is kept. */
const MOST_PAGES = 200
/** A list that lacks something is read again this much later, and then with growing waits. */
const LACKING_MS = 600_000
/** However often it changes, it is read again for that so much later at the soonest. */
const CHANGED_MS = 5_000

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

/** One reading of the whole list, page by page. */
interface Listing {
  readonly found: Map<string, Instrument>
  /** Requests whose last page has not come yet. */
  open: number
  pages: number
  /** Why a page could not be read. */
  reason: string
  /** What it does without. */
  lacks: string
}

/** A venue's list of instruments: asked for on demand, once; again with growing waits while it cannot be had. */
export class Catalogue {
  readonly #parts: CatalogueParts
  readonly #backoff: Backoff
  #bySymbol: ReadonlyMap<string, Instrument> | undefined
  #isReady = false
  #isAsked = false
  /** It changed while it was read. */
  #isOutdated = false
  #cancels: (() => void)[] = []
  #reason = ''
  #lacks = ''
  #nextAttemptAt: Millis | undefined
  /** Takes back what is planned. */
  #retry: (() => void) | undefined
  /** Monotonic ms: of what is planned, and of the last reading that was not the first. */
  #dueAt = NaN
  #againAt = -Infinity

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

  health(): CatalogueHealth {
    const nextAttemptAt = this.#nextAttemptAt
    const state = this.#bySymbol ? 'ready' : !this.#isAsked ? 'unasked' : this.#reason ? 'failed' : 'reading'
    return {
      venue: this.#parts.venue.spec.id,
      state,
      instruments: this.#bySymbol?.size ?? 0,
      reason: state === 'failed' ? this.#reason : '',
      ...(state === 'ready' && this.#lacks && { lacks: this.#lacks }),
      ...(nextAttemptAt !== undefined && { nextAttemptAt })
    }
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

  /** The venue says that its list has changed. What is known stays until the new list is there; what was being read may have been written before. */
  renew(): void {
    const isReading = this.#cancels.length > 0 && !this.#retry
    if (isReading) this.#isOutdated = true
    if (isReading || !this.#bySymbol) return
    const mono = this.#parts.clock.mono()
    const soonest = this.#againAt + CHANGED_MS
    if (mono >= soonest) this.#again()
    else if (!this.#retry || soonest < this.#dueAt) this.#later(soonest - mono)
  }

  /** Tries again now instead of at the next attempt, if it waits for one. */
  retry(): void {
    if (this.#retry) this.#again()
  }

  stop(): void {
    this.#retry = this.#nextAttemptAt = undefined
    for (const cancel of this.#cancels) cancel()
    this.#cancels = []
    this.#isOutdated = false
    this.#isAsked = this.#bySymbol !== undefined
  }

  #again(): void {
    this.#againAt = this.#parts.clock.mono()
    this.#retry?.()
    this.#retry = this.#nextAttemptAt = undefined
    this.#cancels = []
    this.#request()
  }

  #request(): void {
    const { venue, endpoints } = this.#parts
    const requests = venue.catalogue.requests(endpoints())
    const reading: Listing = { found: new Map(), open: requests.length, pages: 0, reason: '', lacks: '' }
    if (requests.length === 0) this.#ready()
    for (const request of requests) this.#get(request, reading)
  }

  #get(request: Request, reading: Listing): void {
    this.#cancels.push(
      this.#parts.rest.get({
        ...request,
        rank: () => -1,
        answered: (answer) => {
          this.#answered(answer, request, reading)
        }
      })
    )
  }

  #answered(answer: HttpAnswer, request: Request, reading: Listing): void {
    const { catalogue } = this.#parts.venue
    const text = answer.ok ? Buffer.from(answer.bytes).toString('utf8') : ''
    const read = answer.ok || request.mayFail ? catalogue.read(text, request) : answer
    if ('reason' in read) reading.reason = read.reason
    else {
      if (read.lacks) reading.lacks = read.lacks
      for (const instrument of read.instruments) reading.found.set(instrument.symbol, instrument)
      for (const next of [read.next ?? []].flat()) {
        if (++reading.pages >= MOST_PAGES) break
        reading.open++
        this.#get(next, reading)
      }
    }
    if (--reading.open === 0) this.#finish(reading)
  }

  #finish({ found, reason, lacks }: Listing): void {
    const { clock, onList } = this.#parts
    const isOutdated = this.#isOutdated
    this.#cancels = []
    this.#isOutdated = false
    this.#reason = reason
    if (reason === '') {
      this.#bySymbol = found
      this.#lacks = lacks
      onList([...found.values()])
    }
    if (reason !== '' || lacks !== '')
      this.#later(
        isOutdated && !reason ? CHANGED_MS : this.#backoff.failed(clock.mono()) + (reason ? 0 : LACKING_MS)
      )
    else if (isOutdated) this.#later(CHANGED_MS)
    this.#ready()
  }

  #later(waitMs: number): void {
    const { clock } = this.#parts
    this.#retry?.()
    this.#dueAt = clock.mono() + waitMs
    this.#nextAttemptAt = millis(Math.round(clock.now() + waitMs))
    const cancel = clock.after(waitMs, () => {
      this.#again()
    })
    this.#retry = cancel
    this.#cancels = [cancel]
  }

  #ready(): void {
    if (this.#isReady) return
    this.#isReady = true
    this.#parts.onReady()
  }
}
