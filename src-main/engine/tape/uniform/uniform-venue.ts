import type { VenueId } from '../../../../src-shared/instrument'
import { instrumentId, pointOn } from '../../../../src-shared/instrument'
import { millis, ticks } from '../../../../src-shared/units'
import type { Lane, Reading, Reader, Sink, Venue } from '../../venues/venue'
import type { UniformEvent } from './event'
import { msOf, readEvent } from './event'

/** Addresses of streams that carry uniform lines. */
export const uniformScheme = 'uniform:'

/** A venue that speaks uniform lines: what was imported is read like anything that was heard. Nothing in such a file proves that it is whole. */
export function uniformVenue(id: VenueId): Venue {
  const reader: Reader = { read: (bytes, sink) => read(bytes, sink, id), decode: () => [{ kind: 'ignored' }] }
  return {
    spec: {
      ...{ id, title: id, code: id.slice(0, 4).toUpperCase(), products: [], simulated: false },
      integrity: 'unverifiable',
      cannotDetect: 'Whether the file that was imported was whole.',
      endpoints: {}
    },
    limits: { weightPerMinute: 0, framesPerSecond: 0, connectsPerFiveMinutes: 0, maxFrameBytes: 2 ** 24 },
    legs: [],
    snapshot: { kind: 'in-band', request: () => [] },
    sequence: { joins: () => 'next', follows: () => 'next' },
    reader: () => reader,
    catalogue: {
      requests: () => [],
      read: () => ({ reason: 'a file has no list of instruments' }),
      guess: (symbol) => ({
        ...{ id: instrumentId(id, symbol), venue: id, symbol, base: symbol, quote: '?', product: 'linear' },
        price: { decimals: 0, step: 1 },
        tickSize: ticks(1),
        size: { decimals: 0, step: 1 },
        contract: { of: 1, currency: 'base' },
        ...{ trading: 'trading', simulated: false }
      })
    }
  }
}

function read(bytes: Uint8Array, sink: Sink, id: VenueId): Reading {
  const event = readEvent(bytes)
  if (!event?.i.startsWith(`${id}:`)) return 'malformed'
  const lane = sink.lane(event.i.slice(id.length + 1))
  if (!lane) return 'taken'
  if (refines(lane, event)) return 'off-grid'
  const points = pointsOf(lane)
  switch (event.k) {
    case 'book': {
      const changes = lane.changes.reset()
      changes.isSnapshot = event.snapshot
      changes.at = millis(msOf(event.at))
      for (const [side, price, size] of event.levels)
        (side === 'bid' ? changes.bids : changes.asks).push(points.price(price), points.size(size))
      sink.book(lane)
      break
    }
    case 'trade':
    case 'liquidation': {
      const trades = (event.k === 'trade' ? lane.trades : lane.liquidations).reset()
      const aggressor = event.side === 'sell' ? -1 : 1
      const number = Number(event.id)
      const named = Number.isSafeInteger(number) && event.id !== '' ? number : NaN
      trades.push(points.price(event.price), points.size(event.size), aggressor, msOf(event.at), named)
      if (event.k === 'trade') sink.trades(lane)
      else sink.liquidations(lane)
      break
    }
    case 'quote': {
      const { quote } = lane
      Object.assign(quote, { bid: points.price(event.bid), bidSize: points.size(event.bidSize) })
      Object.assign(quote, { ask: points.price(event.ask), askSize: points.size(event.askSize) })
      Object.assign(quote, { sequence: NaN, at: msOf(event.at) })
      sink.quote(lane)
      break
    }
    case 'reference': {
      const value = (of: string) => (of === '' ? NaN : Number(of))
      Object.assign(lane.reference, { mark: value(event.mark), index: value(event.index) })
      Object.assign(lane.reference, {
        funding: value(event.funding),
        openInterest: value(event.openInterest)
      })
      Object.assign(lane.reference, { nextFundingAt: msOf(event.fundingAt), at: msOf(event.at) })
      sink.reference(lane)
      break
    }
    default:
      event satisfies never
  }
  return 'taken'
}

/** The finest price and size of an event that are no points of the grid refine it; the event is then read again. */
function refines(lane: Lane, event: UniformEvent): boolean {
  const { price, size } = lane.instrument
  let isFiner = false
  const look = (which: 'price' | 'size', text: string) => {
    if (text === '' || pointOn(lane.instrument[which], text) !== undefined) return
    lane.refine(which, text)
    isFiner ||= lane.instrument[which] !== (which === 'price' ? price : size)
  }
  if (event.k === 'book')
    for (const [, at, of] of event.levels) {
      look('price', at)
      look('size', of)
    }
  else if (event.k === 'quote') {
    for (const at of [event.bid, event.ask]) look('price', at)
    for (const of of [event.bidSize, event.askSize]) look('size', of)
  } else if (event.k !== 'reference') {
    look('price', event.price)
    look('size', event.size)
  }
  return isFiner
}

function pointsOf({ instrument }: Lane) {
  const on = (which: 'price' | 'size') => (text: string) => pointOn(instrument[which], text) ?? NaN
  return { price: on('price'), size: on('size') }
}
