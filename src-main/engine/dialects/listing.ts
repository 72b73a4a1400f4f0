import * as v from 'valibot'
import type { Instrument } from '../../../src-shared/instrument'
import { instrumentIdSchema } from '../../../src-shared/watchlist'
import { jsonOf } from './json'

/** What a list of instruments was read into, or why it cannot be read. */
export type Listing = { readonly instruments: readonly Instrument[] } | { readonly reason: string }

/**
 * Reads a JSON list of instruments. `entriesOf` finds the array in the answer. Entries that are not in the schema's shape, that `instrumentOf` refuses or whose
 * names cannot be kept in a watchlist are left out; a list without any is told in words.
 */
export function readEntries<Schema extends v.GenericSchema>(
  text: string,
  entriesOf: (answer: unknown) => unknown,
  schema: Schema,
  instrumentOf: (entry: v.InferOutput<Schema>) => Instrument | undefined
): Listing {
  const answer = jsonOf(text)
  if (answer === undefined) return { reason: 'the list of instruments is no JSON' }
  const entries = entriesOf(answer)
  if (!Array.isArray(entries)) return { reason: 'the list of instruments is not where it should be' }
  const instruments: Instrument[] = []
  for (const entry of entries as readonly unknown[]) {
    const wire = v.safeParse(schema, entry)
    const instrument = wire.success ? instrumentOf(wire.output) : undefined
    if (instrument && v.is(instrumentIdSchema, instrument.id)) instruments.push(instrument)
  }
  if (instruments.length === 0) return { reason: 'the list of instruments holds none that can be read' }
  return { instruments }
}

/** The value of a key of an answer that may be anything. */
export const valueAt = (answer: unknown, key: string): unknown =>
  typeof answer === 'object' && answer !== null
    ? (answer as Readonly<Record<string, unknown>>)[key]
    : undefined
