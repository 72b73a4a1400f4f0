import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Venue } from '../../venues/venue'
import type { TapeReader } from '../tape-reader'
import type { Wanted } from './events-of'
import { eventsOf } from './events-of'
import type { RowSink } from './sinks'
import { csvSink, parquetSink } from './sinks'
import type { TardisType } from './tardis'
import { rowsOf } from './tardis'

export interface ExportParts {
  readonly tape: TapeReader
  readonly venues: readonly Venue[]
  readonly wanted: Wanted
  readonly format: 'csv' | 'parquet'
  /** A folder that is there. */
  readonly out: string
  /** How far it is, tape time; answers whether to go on. */
  readonly told: (at: number, rows: number) => boolean
  readonly damaged: (words: string) => void
}

/** How an export ended: the files that were written, or nothing of them when it was cancelled. */
export interface Exported {
  readonly isCancelled: boolean
  readonly files: readonly string[]
  readonly rows: number
}

/** A stretch of tape as tables, one file an instrument and data type. What was begun is removed again when it does not come to the end. */
export async function exportTables(parts: ExportParts): Promise<Exported> {
  const { tape, venues, wanted, format, out, told, damaged } = parts
  const sinks = new Map<string, RowSink>()
  let rows = 0
  let isCancelled = false
  const sinkOf = async (type: TardisType, instrument: string): Promise<RowSink> => {
    const name = `${fileName(instrument)}_${type}.${format}`
    const known = sinks.get(name)
    if (known) return known
    const path = join(out, name)
    const made = format === 'csv' ? await csvSink(path, type) : parquetSink(path, type)
    sinks.set(name, made)
    return made
  }
  try {
    for await (const { events, at } of eventsOf(tape, venues, wanted, damaged)) {
      for (const event of events) {
        const { type, rows: found } = rowsOf(event)
        const sink = await sinkOf(type, event.i)
        await sink.write(found)
        rows += found.length
      }
      isCancelled = !told(at, rows)
      if (isCancelled) break
    }
    for (const sink of isCancelled ? [] : sinks.values()) await sink.finish()
  } catch (error) {
    await Promise.allSettled([...sinks.values()].map((sink) => sink.abandon()))
    throw error
  }
  if (isCancelled) await Promise.allSettled([...sinks.values()].map((sink) => sink.abandon()))
  return { isCancelled, files: isCancelled ? [] : [...sinks.keys()], rows }
}

/** Symbols are the venue's words: what no file system takes is left out, and then a hash tells two of them apart. */
function fileName(instrument: string): string {
  const plain = instrument.replace(':', '_').replace(/[^\w.-]/g, '-')
  if (plain === instrument.replace(':', '_')) return plain
  return `${plain}-${createHash('sha256').update(instrument).digest('hex').slice(0, 6)}`
}
