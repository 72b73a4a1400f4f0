import type { EngineFrame } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import type { EngineParts } from './engine-parts'
import type { Markets } from './markets'
import type { Window } from './window'

export interface HistoriesParts {
  readonly markets: Pick<Markets, 'get' | 'instrument'>
  readonly seconds: EngineParts['seconds'] | undefined
  /** False once a window was closed while the disk was read. */
  readonly isOpen: (window: Window) => boolean
  readonly fault: (words: string) => EngineFrame
}

/** What windows are told of the time before they asked. */
export class Histories {
  readonly #parts: HistoriesParts

  constructor(parts: HistoriesParts) {
    this.#parts = parts
  }

  /** Rows since `since`, engine wall clock: at once those of this run, then what was kept before it, as the disk may be slow. */
  async answer(window: Window, id: InstrumentId, since: number): Promise<void> {
    const { markets, fault } = this.#parts
    const history = markets.get(id)?.history
    if (history) {
      window.post(history.answer(id, since))
      await this.#answerPast(window, id, since, history.since)
    } else window.post(fault(`There is no history of ${id}: nobody watches it`))
  }

  async #answerPast(window: Window, id: InstrumentId, since: number, until: number): Promise<void> {
    const { markets, seconds, isOpen, fault } = this.#parts
    const instrument = markets.instrument(id)
    if (!seconds || !instrument || !(since < until)) return
    try {
      const past = await seconds.past(instrument, since, until)
      if (past && isOpen(window)) window.post(past)
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      window.post(fault(`The past of ${id} could not be read: ${words}`))
    }
  }
}
