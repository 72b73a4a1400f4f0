import { open, rename, unlink } from 'node:fs/promises'
import type { SchemaElement } from 'hyparquet-writer'
import { fileWriter, ParquetWriter } from 'hyparquet-writer'
import { stringify } from 'csv-stringify/sync'
import type { TardisType } from './tardis'
import { headerOf } from './tardis'

/** A file of rows of one type. It has its name only once it is whole. */
export interface RowSink {
  write(rows: readonly (readonly string[])[]): Promise<void>
  /** All is on disk, under its name. */
  finish(): Promise<void>
  /** Nothing is left of it. */
  abandon(): Promise<void>
}

const part = (path: string): string => `${path}.part`

/** Rows as a Tardis CSV file. */
export async function csvSink(path: string, type: TardisType): Promise<RowSink> {
  const file = await open(part(path), 'w')
  await file.write(`${headerOf(type).join(',')}\n`)
  return {
    write: async (rows) => {
      if (rows.length > 0) await file.write(stringify(rows.map((row) => [...row])))
    },
    finish: async () => {
      await file.close()
      await rename(part(path), path)
    },
    abandon: async () => {
      await file.close()
      await unlink(part(path))
    }
  }
}

/** What a column holds: times in microseconds are whole numbers, words are text, the rest are doubles; empty cells are null. */
type CellKind = 'whole' | 'text' | 'flag' | 'number'
const kinds: Readonly<Record<string, CellKind>> = {
  ...{ timestamp: 'whole', local_timestamp: 'whole', funding_timestamp: 'whole', is_snapshot: 'flag' },
  ...{ exchange: 'text', symbol: 'text', side: 'text', id: 'text' }
}
const rowGroup = 100_000

/** Rows as a Parquet file (Snappy), a row group each hundred thousand. */
export function parquetSink(path: string, type: TardisType): RowSink {
  const names = headerOf(type)
  const writer = new ParquetWriter({ writer: fileWriter(part(path)), schema: schemaOf(names) })
  let waiting: (readonly string[])[] = []
  const group = async (): Promise<void> => {
    if (waiting.length === 0) return
    const columnData = names.map((name, place) => {
      const kind = kinds[name] ?? 'number'
      return { name, data: waiting.map((row) => cellOf(kind, row[place] ?? '')) }
    })
    waiting = []
    await writer.write({ columnData, rowGroupSize: rowGroup })
  }
  return {
    write: async (rows) => {
      for (const row of rows) waiting.push(row)
      if (waiting.length >= rowGroup) await group()
    },
    finish: async () => {
      await group()
      await writer.finish()
      await rename(part(path), path)
    },
    abandon: () => unlink(part(path))
  }
}

function schemaOf(names: readonly string[]): SchemaElement[] {
  const types = { whole: 'INT64', flag: 'BOOLEAN', number: 'DOUBLE', text: 'BYTE_ARRAY' } as const
  return [
    { name: 'root', num_children: names.length },
    ...names.map((name): SchemaElement => {
      const kind = kinds[name] ?? 'number'
      const words = kind === 'text' ? ({ converted_type: 'UTF8' } as const) : {}
      return { name, type: types[kind], repetition_type: 'OPTIONAL', ...words }
    })
  ]
}

function cellOf(kind: CellKind, text: string): string | bigint | boolean | number | null {
  if (text === '') return null
  if (kind === 'whole') return BigInt(text)
  if (kind === 'flag') return text === 'true'
  return kind === 'number' ? Number(text) : text
}
