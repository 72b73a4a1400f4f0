import type { EngineHealth, EnginePace, Spread } from '../../src-shared/contract/frames'
import type { BookStatus } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import type { EngineFeed, EngineParts } from './engine-parts'
import { Durations } from './math/durations'
import type { Window } from './window'

/** What a feed that does not exist yet has counted. */
const silent = { frames: 0, gaps: 0, resyncs: 0, rejected: 0 }

const staleStates: readonly BookStatus['state'][] = ['stale', 'gap', 'overloaded', 'unverified', 'crossed']
/** Its venue is there, its book is not true now. */
const isStale = ({ state }: BookStatus): boolean => staleStates.includes(state)

/** Whose health is taken. */
export interface Patient {
  readonly feed: EngineFeed | undefined
  readonly books: readonly { readonly live: boolean; readonly status: BookStatus }[]
  readonly windows: Iterable<Window>
  readonly judged: EngineHealth['judged']
}

/** How the engine does, over the span since it was last asked. */
export class Vitals {
  readonly #parts: Pick<EngineParts, 'clock' | 'probe' | 'recording'>
  readonly #startedAt: Millis
  #framesBefore = 0
  readonly #bookToWindow = new Durations()
  readonly #windowDraws = new Durations()

  constructor(parts: Pick<EngineParts, 'clock' | 'probe' | 'recording'>, startedAt: Millis) {
    this.#parts = parts
    this.#startedAt = startedAt
  }

  /** To be called once a second: rates are per call. */
  take({ feed, books, windows, judged }: Patient): EngineHealth {
    const { clock, probe, recording } = this.#parts
    const { frames, gaps, resyncs, rejected } = feed?.counts() ?? silent
    const loop = probe.loopDelay()
    const pace = this.#pace(feed, windows, loop)
    const framesPerSecond = Math.max(0, frames - this.#framesBefore)
    this.#framesBefore = frames
    return {
      at: clock.now(),
      startedAt: this.#startedAt,
      cpu: probe.cpu(),
      memory: probe.memory(),
      loopDelayMs: loop.most,
      ...(pace && { pace }),
      ...{ framesPerSecond, gaps, resyncs, rejected },
      books: {
        live: books.filter(({ live }) => live).length,
        watched: books.length,
        stale: books.filter(({ status }) => isStale(status)).length
      },
      links: feed?.links() ?? [],
      catalogues: feed?.catalogues() ?? [],
      ...(recording && { recording: recording.state }),
      ...(judged && { judged })
    }
  }

  #pace(feed: EngineFeed | undefined, windows: Iterable<Window>, loop: Spread): EnginePace | undefined {
    const pace = feed?.pace?.()
    for (const { market } of windows) {
      this.#bookToWindow.absorb(market.ages)
      this.#windowDraws.absorb(market.answers)
    }
    const [bookToWindow, windowDraws] = [this.#bookToWindow.take(), this.#windowDraws.take()]
    return pace && { ...pace, loop, bookToWindow, windowDraws }
  }
}
