import { parse } from 'csv-parse'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { readLine } from '../line'
import type { UniformEvent } from '../uniform/event'
import { msOf, readEvent } from '../uniform/event'
import type { BoundedFile } from './bounded-file'
import { openBounded } from './bounded-file'
import { dayIn, LobsterRows } from './lobster'
import type { TapeImport } from './tape-import'
import { TardisRows, typeOf } from './tardis'

/** Something of a file, at the time it was recorded. */
export interface Item {
  /** Wall ms. */
  readonly at: number
  readonly put: (tape: TapeImport) => Promise<void>
}

/** A file being read. Its items end with an error, in words, where the file is wrong. */
export interface Source {
  readonly items: AsyncGenerator<Item>
  /** How much of it was read, in [0, 1]. */
  readonly share: () => number
}

const shareOf =
  ({ read, bytes }: BoundedFile) =>
  (): number =>
    read() / Math.max(1, bytes)

/** A CSV file of Tardis.dev; its header tells what it holds. */
export async function tardisSource(path: string): Promise<Source> {
  const file = await openBounded(path)
  return { items: tardisItems(path, rowsIn(file.stream)), share: shareOf(file) }
}

async function* tardisItems(path: string, rows: AsyncIterable<readonly string[]>): AsyncGenerator<Item> {
  let gathered: TardisRows | undefined
  let count = 1
  for await (const row of rows) {
    if (!gathered) {
      const type = typeOf(row, basename(path))
      if (!type)
        throw new Error(
          `${path}: its columns are none of Tardis' that are read (${row.slice(0, 6).join(', ')}…)`
        )
      gathered = new TardisRows(type)
      continue
    }
    count++
    for (const event of gathered.take(row)) yield sound(event, path, count)
  }
  if (!gathered) throw new Error(`${path}: the file is empty`)
  for (const event of gathered.end()) yield sound(event, path, count)
}

/** Uniform events, or captures of one venue: `{"t","k","raw"}` and `<nanoseconds> <frame>` lines. */
export async function lineSource(path: string, venue: string | undefined): Promise<Source> {
  const file = await openBounded(path)
  return { items: lineItems(path, file.stream, venue), share: shareOf(file) }
}

async function* lineItems(path: string, stream: Readable, venue: string | undefined): AsyncGenerator<Item> {
  let number = 0
  let failed: Error | undefined
  stream.once('error', (error) => (failed = error))
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    number++
    if (line === '') continue
    const event = readEvent(line)
    const item = event ? itemOf(event, path) : frameItem(Buffer.from(line), venue)
    if (typeof item === 'string') throw new Error(`${path}: line ${number} ${item}`)
    yield item
  }
  // readline takes an error for the end.
  if (failed) throw failed
  if (number === 0) throw new Error(`${path}: the file is empty`)
}

/** A message file of LOBSTER and its orderbook file, row by row. */
export async function lobsterSource(messages: string, books: string): Promise<Source> {
  const day = dayIn(messages)
  if (!day) throw new Error(`${messages}: not named as LOBSTER names its message files, which tells the day`)
  const [events, levels] = [await openBounded(messages), await openBounded(books)]
  const rows = new LobsterRows(day.symbol, day.midnight)
  const items = lobsterItems([messages, books], [rowsIn(events.stream), rowsIn(levels.stream)], rows)
  return { items, share: shareOf(events) }
}

async function* lobsterItems(
  [messages, books]: readonly [string, string],
  [events, levels]: readonly [AsyncIterable<readonly string[]>, AsyncIterable<readonly string[]>],
  rows: LobsterRows
): AsyncGenerator<Item> {
  const book = levels[Symbol.asyncIterator]()
  let count = 0
  for await (const message of events) {
    const next = await book.next()
    if (next.done === true)
      throw new Error(`${books}: has ${count} rows, and ${messages} has more: they are not of one day`)
    count++
    for (const event of rows.take(message, next.value)) yield sound(event, messages, count)
  }
  if (count === 0) throw new Error(`${messages}: the file is empty`)
}

/** All of several files in the order of their times; of equal ones in the order of the files. */
export async function* merged(sources: readonly Source[]): AsyncGenerator<Item> {
  const heads = await Promise.all(sources.map(({ items }) => items.next()))
  for (;;) {
    let first = -1
    for (const [place, head] of heads.entries())
      if (head.done !== true && (first < 0 || head.value.at < (heads[first]!.value as Item).at)) first = place
    const head = heads[first]
    if (!head || head.done === true) return
    yield head.value
    heads[first] = await sources[first]!.items.next()
  }
}

function rowsIn(stream: Readable): AsyncIterable<readonly string[]> {
  const rows = stream.pipe(parse({ bom: true, skip_empty_lines: true }))
  stream.once('error', (error) => rows.destroy(error))
  return rows as AsyncIterable<readonly string[]>
}

/** Held against the same rule as any other line: what is no event is not written. */
function sound(event: UniformEvent, path: string, row: number): Item {
  if (!readEvent(JSON.stringify(event)))
    throw new Error(`${path}: row ${row} is no ${event.k} that makes sense`)
  return itemOf(event, path)
}

const itemOf = (event: UniformEvent, path: string): Item => ({
  at: msOf(event.t),
  put: (tape) => tape.event(event, basename(path))
})

function frameItem(line: Buffer, venue: string | undefined): Item | string {
  const frame = readLine(line)
  if (!frame) return 'is no uniform event and no capture line'
  if (venue === undefined) return 'is a capture line: whose? --venue <id>'
  const { kind, url, socket = 1, bytes, at } = frame
  const leg = kind === 'http' ? 'requests' : `socket ${socket}`
  const stream = { venue, leg, url: `capture of ${venue}` }
  return { at, put: (tape) => tape.frame(kind, stream, bytes, at, url) }
}
