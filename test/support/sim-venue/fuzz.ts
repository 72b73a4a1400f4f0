import { FakeClock } from '../fake-clock'
import { Intake } from '../../../src-main/engine/feed/intake'
import { FeedLane } from '../../../src-main/engine/feed/lane'
import { instrumentId } from '../../../src-shared/instrument'
import { silent } from '../silent-listener'
import { between, chanceOf, oneOf } from './chance'
import type { Dialect } from './dialect'
import { SimVenue } from './sim-venue'
import { VirtualClock } from './virtual-clock'

export interface FuzzReport {
  readonly taken: number
  readonly refused: number
  readonly slowestMs: number
  readonly failures: readonly string[]
}

/** Frames of one line of a venue as it would have them: the in-band beginning, then steps. */
function framesOf(dialect: Dialect, seed: number, count: number): string[] {
  const clock = new VirtualClock()
  const sim = new SimVenue({ dialect, clock, seed, paceMs: Infinity })
  const frames: string[] = []
  const leg = dialect.venue.legs.find(({ carriesBook }) => carriesBook)!
  const line = sim.connect(leg.url(dialect.venue.spec.endpoints), (text) => frames.push(text))
  for (const text of leg.hello ?? []) line.hear(text)
  const symbols = dialect.listings.map(({ symbol }) => symbol)
  for (const text of leg.subscribe(symbols, 1)) line.hear(text)
  for (let n = 0; n < count; n++) {
    clock.freeze(50)
    sim.advance(symbols[n % symbols.length]!)
  }
  return frames
}

const numbers = [
  'NaN',
  'Infinity',
  '1e400',
  '-1',
  '0',
  '1e-9',
  '9007199254740993',
  '""',
  'null',
  '"1.2.3"',
  '{}',
  '[]',
  '"\\ud800"',
  '1.5'
]

/** Keeps the shape of most frames and breaks one thing. */
function mutated(text: string, other: string, chance: () => number): string {
  const at = Math.floor(chance() * text.length)
  switch (between(chance, 0, 8)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + String.fromCharCode(between(chance, 1, 255)) + text.slice(at + 1)
    case 2:
      return text.slice(0, at) + other.slice(Math.floor(chance() * other.length))
    case 3:
    case 4: {
      // One number is another thing.
      const found = [...text.matchAll(/"?-?\d+(\.\d+)?"?/g)]
      const hit = found.length > 0 ? oneOf(chance, found) : undefined
      return hit
        ? text.slice(0, hit.index) + oneOf(chance, numbers) + text.slice(hit.index + hit[0].length)
        : text
    }
    case 5: {
      // One key is missing, or another, or there twice.
      const keys = [...text.matchAll(/"(\w+)":/g)]
      if (keys.length === 0) return text
      const key = oneOf(chance, keys)
      const name = oneOf(chance, ['"__proto__":', '"x":', key[0] + '1,' + key[0]])
      return text.slice(0, key.index) + name + text.slice(key.index + key[0].length)
    }
    case 6:
      return text.slice(0, at) + '['.repeat(between(chance, 1, 10_000)) + text.slice(at)
    case 7:
      return text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))
    default:
      return oneOf(chance, ['', '{}', '[]', 'null', '<html>502</html>', other + text])
  }
}

/**
 * Frames of a dialect, some of them mutated, into an intake. Never a throw, never long; and where a frame is taken that is no JSON, or a book stands that has
 * prices or sizes which are no whole numbers, or is out of order, it is wrong.
 */
export function fuzz(dialect: Dialect, count: number, seed: number): FuzzReport {
  const chance = chanceOf(seed)
  const frames = framesOf(dialect, seed, 400)
  const failures: string[] = []
  let [taken, refused, slowestMs] = [0, 0, 0]
  let desk = intakeOf(dialect)
  for (let n = 0; n < count; n++) {
    if (n % frames.length === 0) desk = intakeOf(dialect)
    const text = frames[n % frames.length]!
    const isMutated = n % frames.length > 6 && chance() < 0.7
    const sent = isMutated ? mutated(text, oneOf(chance, frames), chance) : text
    const began = n % 64 === 0 ? performance.now() : NaN
    try {
      if (desk.intake.receive(Buffer.from(sent), desk.reader)) taken++
      else refused++
    } catch (error) {
      failures.push(`threw ${String(error)} on ${sent.slice(0, 200)}`)
    }
    const took = performance.now() - began
    if (took > slowestMs) slowestMs = took
    for (const lane of desk.lanes) {
      const wrong = lane.isFollowed ? unsound(lane) : undefined
      if (wrong !== undefined && failures.length < 20) failures.push(`${wrong} after ${sent.slice(0, 300)}`)
      if (wrong !== undefined) lane.void('gap', 'fuzzed')
    }
  }
  if (slowestMs > 50) failures.push(`a frame took ${slowestMs.toFixed(0)} ms`)
  return { taken, refused, slowestMs, failures }
}

function intakeOf(dialect: Dialect) {
  const { venue, listings } = dialect
  const clock = new FakeClock()
  const lanes = listings.map(
    ({ symbol }) =>
      new FeedLane(
        { ...venue.catalogue.guess(symbol), id: instrumentId(venue.spec.id, symbol) },
        venue.sequence,
        clock,
        silent
      )
  )
  const intake = new Intake({
    venue,
    clock,
    listener: silent,
    lane: (symbol) => lanes.find((lane) => lane.symbol === symbol),
    trustsSnapshots: venue.snapshot.kind === 'in-band',
    events: {
      needsSnapshot: () => undefined,
      timed: () => undefined,
      tookSnapshot: () => undefined,
      advanced: () => undefined,
      confirmed: () => undefined,
      missed: () => {
        for (const lane of lanes) lane.void('gap', 'missed')
      },
      said: () => undefined
    }
  })
  return { intake, lanes, reader: venue.reader() }
}

/** What no book of a venue may be, whatever was sent. */
function unsound({ book }: FeedLane): string | undefined {
  for (const [side, sign] of [
    [book.bids, -1],
    [book.asks, 1]
  ] as const) {
    let before = sign * -Infinity
    for (let rank = 0; rank < side.count; rank++) {
      const [price, size] = [side.price(rank), side.size(rank)]
      if (!Number.isInteger(price) || !(size > 0)) return `a level of ${price} x ${size}`
      if (sign * (price - before) <= 0) return `levels out of order at ${price}`
      before = price
    }
  }
  return undefined
}
