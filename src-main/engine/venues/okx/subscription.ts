import type { Leg } from '../../venues/venue'
import { familyOf, indexOf, typeOf } from './symbol-name'

export interface Argument {
  readonly channel: string
  readonly instId?: string
  readonly instType?: string
  readonly instFamily?: string
}

/** A request may have 64 KB; an argument has some 60 letters. */
const ARGUMENTS_A_REQUEST = 200

/** Channels of one instrument and no other. */
function ownChannels(symbol: string): readonly Argument[] {
  const channels = {
    SPOT: ['books', 'trades', 'bbo-tbt'],
    SWAP: ['books', 'trades', 'bbo-tbt', 'mark-price', 'open-interest', 'funding-rate'],
    FUTURES: ['books', 'trades', 'bbo-tbt', 'mark-price', 'open-interest'],
    OPTION: ['books', 'trades', 'bbo-tbt', 'mark-price', 'open-interest']
  }[typeOf(symbol)]
  return channels.map((channel) => ({ channel, instId: symbol }))
}

/** Channels that an instrument shares with others: they stay on when it is left. */
function sharedChannels(symbol: string): readonly Argument[] {
  const instType = typeOf(symbol)
  const list = { channel: 'instruments', instType }
  if (instType === 'SPOT') return [list]
  const index = { channel: 'index-tickers', instId: indexOf(symbol) }
  const forced = { channel: 'liquidation-orders', instType }
  if (instType !== 'OPTION') return [list, index, forced]
  return [list, index, forced, { channel: 'opt-summary', instFamily: familyOf(symbol) }]
}

export const asking: Pick<Leg, 'subscribe' | 'unsubscribe'> = {
  subscribe: (symbols) => requests('subscribe', [...symbols.flatMap(ownChannels), ...shared(symbols)]),
  unsubscribe: (symbols) => requests('unsubscribe', symbols.flatMap(ownChannels))
}

/** Their trades and nothing else. */
export const askingTrades = (symbols: readonly string[]): readonly string[] =>
  requests(
    'subscribe',
    symbols.map((instId) => ({ channel: 'trades', instId }))
  )

/** Each once. */
function shared(symbols: readonly string[]): readonly Argument[] {
  const byText = new Map(symbols.flatMap(sharedChannels).map((it) => [JSON.stringify(it), it]))
  return [...byText.values()]
}

function requests(op: string, args: readonly Argument[]): string[] {
  const frames: string[] = []
  for (let from = 0; from < args.length; from += ARGUMENTS_A_REQUEST)
    frames.push(JSON.stringify({ op, args: args.slice(from, from + ARGUMENTS_A_REQUEST) }))
  return frames
}
