// What templates read is signals; the maps inside are replaced whole and plain on purpose.
/* eslint-disable svelte/prefer-svelte-reactivity */
import { SvelteMap } from 'svelte/reactivity'
import type { EngineFrame, MarketEvent, Unready } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import type { TableRows } from './market'

type DetailFrame = Extract<EngineFrame, { kind: 'readiness' | 'table' | 'events' }>

/** Older ones are forgotten. */
const mostEvents = 500
const noEvents: readonly MarketEvent[] = []

/** What comes at a low rate, and only where it was asked for: why figures are not known, metrics' tables, and events. */
export class DetailsState {
  readonly #unready = new SvelteMap<InstrumentId, ReadonlyMap<string, Unready>>()
  readonly #tables = new SvelteMap<string, TableRows>()
  readonly #events = new SvelteMap<InstrumentId, readonly MarketEvent[]>()

  unready(id: InstrumentId, metric: string, field: string): Unready | undefined {
    return this.#unready.get(id)?.get(`${metric}|${field}`)
  }

  table(id: InstrumentId, metric: string): TableRows | undefined {
    return this.#tables.get(`${id}|${metric}`)
  }

  events(id: InstrumentId): readonly MarketEvent[] {
    return this.#events.get(id) ?? noEvents
  }

  receive(frame: DetailFrame): void {
    if (frame.kind === 'events') this.addEvents(frame.events)
    else if (frame.kind === 'table') {
      const { instrument, metric, at, columns, rows } = frame
      this.#tables.set(`${instrument}|${metric}`, { at, columns, rows })
    } else {
      const entries = frame.unready.map((it) => [`${it.metric}|${it.field}`, it] as const)
      this.#unready.set(frame.instrument, new Map(entries))
    }
  }

  /** New ones, or the engine's past; an event that is already there is not taken twice. */
  addEvents(events: readonly MarketEvent[]): void {
    for (const id of new Set(events.map(({ instrument }) => instrument))) {
      const all = new Map(
        [...this.events(id), ...events]
          .filter(({ instrument }) => instrument === id)
          .map((event) => [event.id, event])
      )
      const sorted = [...all.values()].sort((one, other) => one.at - other.at)
      this.#events.set(id, sorted.slice(-mostEvents))
    }
  }

  forget(id: InstrumentId): void {
    this.#unready.delete(id)
    this.#events.delete(id)
    for (const key of this.#tables.keys()) if (key.startsWith(`${id}|`)) this.#tables.delete(key)
  }

  clear(): void {
    this.#unready.clear()
    this.#tables.clear()
    this.#events.clear()
  }
}
