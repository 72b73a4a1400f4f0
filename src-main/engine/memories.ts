import type { Memory, MemoryEntry } from '../../src-shared/contract/control'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import { mostRemembered } from './metrics/metric'

/** Instruments remembered of a kind; the one not heard of for longest makes room. */
const mostInstruments = 300

/** Where the metrics of one instrument find what they learned before, and leave what they learn. */
export interface Shelf {
  recall(kind: string, version: number): readonly number[] | undefined
  /** Numbers that are not finite, or too many, are a metric's mistake and are not kept. */
  keep(kind: string, version: number, values: readonly number[]): void
}

interface Kind {
  version: number
  /** In the order of their last change. */
  readonly entries: Map<InstrumentId, MemoryEntry>
  readonly changed: Set<InstrumentId>
}

/** What metrics learned, by kind and instrument, between the file it came from and the file it goes to. */
export class Memories {
  readonly #now: () => Millis
  readonly #kinds = new Map<string, Kind>()

  constructor(now: () => Millis) {
    this.#now = now
  }

  /** What earlier runs learned. What was learned since the start counts more. */
  remember(memories: readonly Memory[]): void {
    for (const { kind, version, entries } of memories) {
      if (this.#kinds.has(kind)) continue
      const known = new Map(entries.map((entry) => [entry.instrument, entry]))
      this.#kinds.set(kind, { version, entries: known, changed: new Set() })
    }
  }

  shelf(instrument: InstrumentId): Shelf {
    return {
      recall: (kind, version) => {
        const known = this.#kinds.get(kind)
        return known?.version === version ? known.entries.get(instrument)?.values : undefined
      },
      keep: (kind, version, values) => {
        if (values.length <= mostRemembered && values.every(Number.isFinite))
          this.#keep(kind, version, { instrument, at: this.#now(), values: [...values] })
      }
    }
  }

  /** What changed since it was last asked. */
  takeChanged(): readonly Memory[] {
    return [...this.#kinds].flatMap(([kind, { version, entries, changed }]) => {
      const news = [...changed].flatMap((id) => entries.get(id) ?? [])
      changed.clear()
      return news.length > 0 ? [{ kind, version, entries: news }] : []
    })
  }

  #keep(name: string, version: number, entry: MemoryEntry): void {
    let kind = this.#kinds.get(name)
    if (kind?.version !== version) {
      kind = { version, entries: new Map(), changed: new Set() }
      this.#kinds.set(name, kind)
    }
    kind.entries.delete(entry.instrument)
    kind.entries.set(entry.instrument, entry)
    kind.changed.add(entry.instrument)
    if (kind.entries.size > mostInstruments) kind.entries.delete(kind.entries.keys().next().value!)
  }
}
