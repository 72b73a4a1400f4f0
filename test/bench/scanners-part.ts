import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readLine } from '../../src-main/engine/tape/line'
import { venues } from '../../src-main/engine/venues/index'
import type { Reader, Venue } from '../../src-main/engine/venues/venue'
import { dialects } from '../support/sim-venue/dialects/index'
import type { Dialect } from '../support/sim-venue/dialect'
import { simDesk } from '../support/sim-venue/sim-desk'
import { cpuOf, paired } from './pairs'
import { ratioRow, type Row } from './report'
import { ScanSink } from './scan-sink'

/** What a line heard and said, in order. */
type Event = { readonly bytes: Buffer } | { readonly sent: string }

const goal = 0.6
const pairs = 9
const measurementMs = 60
const warmUpMs = 1_500
const virtualMs = 20_000
const paceMs = 15
const mostFrames = 6_000
/** Fewer frames of books than this are not measured by themselves. */
const fewestBooks = 20

/** `--only=kraken,okx`: these venues alone. */
const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',')

const feeds = join(process.cwd(), '..', 'shared', 'data', 'feeds')

/** What each venue's scanner costs over JSON.parse of the same frames, its own and the ordinary ones among them; no book. */
export async function scannerRows(): Promise<Row[]> {
  const rows: Row[] = []
  for (const dialect of dialects) {
    const { id } = dialect.venue.spec
    if (only && !only.includes(id)) continue
    rows.push(...rowsOf(dialect.venue, `${id}, generated`, await heardFrom(dialect)))
    for (const name of capturesOf(id)) rows.push(...rowsOf(dialect.venue, name, captured(join(feeds, name))))
  }
  const untold = venues.filter(({ spec }) => !dialects.some(({ venue }) => venue.spec.id === spec.id))
  for (const { spec } of untold) console.log(`scanners: no generated frames of ${spec.id}`)
  return rows
}

/** All frames, which the goal is about; and beside them those of books alone, where others are among them. */
function rowsOf(venue: Venue, name: string, events: readonly Event[]): Row[] {
  const all = framesOf(events)
  // A line lives for hours. What V8 compiles holds on to the reader it was made for, and is thrown away with it.
  const reader = venue.reader()
  const books = booksAmong(venue, reader, events)
  const rows = [rowOf(venue, name, venue.reader(), events)]
  const areApart = books.length >= fewestBooks && books.length < all.length * 0.95
  if (areApart) rows.push({ ...rowOf(venue, `${name}, books alone`, reader, books), goal: NaN })
  return rows
}

/** The frames that tell of a book. The reader has then heard all, as a frame may need what another said. */
function booksAmong(venue: Venue, reader: Reader, events: readonly Event[]): Event[] {
  const sink = new ScanSink(venue)
  return events.filter((event) => {
    if ('sent' in event) {
      reader.sent?.(event.sent)
      return false
    }
    const before = sink.books
    sink.take(reader, event.bytes)
    return sink.books > before
  })
}

const framesOf = (events: readonly Event[]): Buffer[] =>
  events.flatMap((event) => ('bytes' in event ? [event.bytes] : []))

function rowOf(venue: Venue, name: string, reader: Reader, events: readonly Event[]): Row {
  const frames = framesOf(events)
  const bytes = frames.reduce((sum, { length }) => sum + length, 0)
  const sink = new ScanSink(venue)
  let ordinary = 0
  const scan = {
    prepare: () => undefined,
    run() {
      ordinary = 0
      for (const event of events) {
        if ('sent' in event) reader.sent?.(event.sent)
        else if (!sink.take(reader, event.bytes)) ordinary++
      }
    }
  }
  let seen = 0
  const floor = {
    prepare: () => undefined,
    run() {
      for (const frame of frames) if (JSON.parse(frame.toString())) seen++
      if (seen === 0) throw new Error('nothing was parsed')
    }
  }
  // JSON.parse comes compiled, a scanner is compiled while it runs: what is asked for is the cost after a while.
  for (let warmed = 0; warmed < warmUpMs;) warmed += cpuOf(scan, 20, false)
  floor.run()
  const repeats = Math.max(1, Math.ceil(measurementMs / Math.max(0.05, cpuOf(floor, 1))))
  const ratio = paired(scan, floor, pairs, repeats, false)
  const row = ratioRow('scanners', venue.spec.id, name, ratio, goal)
  const share = `${ratio.ofLeast.toFixed(2)} least over least; ${frames.length} frames of ${Math.round(bytes / frames.length)} bytes, ${ordinary} the ordinary way`
  return { ...row, note: share }
}

/** The frames of the first line that a made-up venue of this dialect sends, with what it is told in between. */
async function heardFrom(dialect: Dialect): Promise<Event[]> {
  const lines: Event[][] = []
  const venue: Venue = {
    ...dialect.venue,
    reader: () => {
      const events: Event[] = []
      lines.push(events)
      return listening(dialect.venue.reader(), events)
    }
  }
  const desk = simDesk(dialect, { venue, paceMs })
  await desk.goLive()
  await desk.clock.pass(virtualMs)
  desk.stop()
  const longest = lines.reduce((most, events) => (events.length > most.length ? events : most), [])
  return longest.slice(0, mostFrames)
}

function listening(reader: Reader, events: Event[]): Reader {
  return {
    read: (bytes, sink) => {
      const reading = reader.read(bytes, sink)
      // Off the grid it is read again; `pong` is no JSON, which a floor of JSON.parse would not survive.
      if (reading !== 'off-grid' && isJson(bytes)) events.push({ bytes: Buffer.from(bytes) })
      return reading
    },
    decode: (text) => reader.decode(text),
    ...(reader.leave && { leave: (channel, symbol) => reader.leave!(channel, symbol) }),
    sent: (text) => {
      events.push({ sent: text })
      reader.sent?.(text)
    }
  }
}

const capturesOf = (venue: string): string[] =>
  existsSync(feeds)
    ? readdirSync(feeds).filter((name) => fitsVenue(name, venue) && name.endsWith('.jsonl.gz') && !name.includes('excerpt'))
    : [] // prettier-ignore

/** Files are named after their venue, some with more words of their own. */
const otherNames: Readonly<Record<string, string>> = {
  coinbase: 'coinbase-exchange_',
  deribit: 'deribit-options_',
  kraken: 'kraken-v2_derived',
  'bybit-linear': 'bybit-v5-linear_'
}
const fitsVenue = (file: string, venue: string): boolean => file.startsWith(otherNames[venue] ?? `${venue}_`)

function captured(path: string): Event[] {
  const text = gunzipSync(readFileSync(path))
  const events: Event[] = []
  for (let from = 0, to = text.indexOf(10); to >= 0 && events.length < mostFrames; from = to + 1, to = text.indexOf(10, from)) {
    const frame = readLine(text.subarray(from, to))
    // What we said and what REST answered are in captures too, and never come to a reader.
    if (frame?.kind === 'rx' && frame.bytes.length > 1 && isJson(frame.bytes)) events.push({ bytes: Buffer.from(frame.bytes) })
  } // prettier-ignore
  return events
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes).toString())
    return true
  } catch {
    return false
  }
}
