import * as v from 'valibot'
import type { Instrument } from '../../../src-shared/instrument'
import type { Levels } from '../book/changes'
import type { Side } from '../book/book'
import type { FeedLane } from '../feed/lane'

const levels = v.array(v.pipe(v.number(), v.finite()))

/**
 * A book as it stood. Levels are pairs of the step from the level before (the first: its price, ticks) and size (lots), best first, and reach as far as the
 * book is known; `complete` when that is to the end.
 */
const bookSchema = v.object({
  instrument: v.string(),
  /** False while only a snapshot stands that no diff has joined. */
  joined: v.boolean(),
  sequence: v.nullable(v.number()),
  complete: v.boolean(),
  bids: levels,
  asks: levels
})
export type BookState = v.InferOutput<typeof bookSchema>

/** Levels a side; what lies beyond is unknown to who begins here. */
const mostLevels = 5_000

/** A followed book, undefined while there is none to be followed. */
export function bookStateOf({ id, sync, book, isFollowed }: FeedLane): BookState | undefined {
  if (!isFollowed || sync.state === 'void') return undefined
  const { bids, asks, sequence } = book
  const isCut = bids.count > mostLevels || asks.count > mostLevels
  return {
    instrument: id,
    joined: sync.state === 'joined',
    sequence: Number.isNaN(sequence) ? null : sequence,
    complete: !isCut && bids.known === -Infinity && asks.known === Infinity,
    bids: stepsOf(bids, (price) => price >= bids.known),
    asks: stepsOf(asks, (price) => price <= asks.known)
  }
}

/** Writes a book's levels into a snapshot. */
export function writeState(lane: FeedLane, { sequence, complete, bids, asks }: BookState): void {
  const changes = lane.changes.reset()
  changes.isSnapshot = true
  changes.complete = complete
  changes.first = changes.last = sequence ?? NaN
  pushSteps(changes.bids, bids)
  pushSteps(changes.asks, asks)
}

/** The book in a record of kind `book`; undefined when it makes no sense. */
export const readBookState = (bytes: Uint8Array): BookState | undefined => read(bookSchema, bytes)

const socketSchema = v.object({ url: v.string(), sent: v.array(v.string()), heard: v.array(v.string()) })
/** The line in a record of kind `socket`. */
export const readSocketState = (bytes: Uint8Array): v.InferOutput<typeof socketSchema> | undefined =>
  read(socketSchema, bytes)

const grid = v.object({ decimals: v.pipe(v.number(), v.integer()), step: v.pipe(v.number(), v.integer()) })
const instrumentSchema = v.looseObject({
  id: v.string(),
  venue: v.string(),
  symbol: v.string(),
  price: grid,
  size: grid
})
/** The instrument in a record of that kind. */
export const readInstrument = (bytes: Uint8Array): Instrument | undefined =>
  read(instrumentSchema, bytes) as Instrument | undefined

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  bytes: Uint8Array
): v.InferOutput<Schema> | undefined {
  let text: unknown
  try {
    text = JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    // Checked bytes that are no JSON were not written by us; the caller counts them.
    return undefined
  }
  const found = v.safeParse(schema, text)
  return found.success ? found.output : undefined
}

function stepsOf(side: Side, isKnown: (price: number) => boolean): number[] {
  const steps: number[] = []
  let before = 0
  const count = Math.min(side.count, mostLevels)
  for (let rank = 0; rank < count; rank++) {
    const price = side.price(rank)
    if (!isKnown(price)) break
    steps.push(price - before, side.size(rank))
    before = price
  }
  return steps
}

function pushSteps(side: Levels, steps: readonly number[]): void {
  let price = 0
  for (let at = 0; at + 1 < steps.length; at += 2) {
    price += steps[at]!
    side.push(price, steps[at + 1]!)
  }
}
