import type { VenueId } from '../../../src-shared/instrument'
import type { TapeFrame } from '../../engine/tape/line'
import { eventOf } from './event-of'

const hosts: readonly (readonly [host: string, venue: VenueId])[] = [
  ['dstream.binance.com', 'binance-coinm'],
  ['dapi.binance.com', 'binance-coinm'],
  ['fstream.binance.com', 'binance-usdm'],
  ['fapi.binance.com', 'binance-usdm'],
  ['stream.binance.com', 'binance-spot'],
  ['api.binance.com', 'binance-spot']
]

/**
 * Which Binance venue sent this frame, by its address or by what only it writes: COIN-M names the pair (`ps`), both futures chain their diffs (`pu`) and stamp
 * their quotes (`T`), spot does neither. Undefined where the frame does not tell.
 */
export function guessVenue({ kind, url, bytes }: TapeFrame): VenueId | undefined {
  const host = url === undefined ? undefined : hosts.find(([name]) => url.includes(`//${name}`))
  if (host) return host[1]
  if (kind !== 'rx') return undefined
  const event = eventOf(bytes)
  if (typeof event?.['s'] !== 'string') return undefined
  if ('ps' in event) return 'binance-coinm'
  if (event['e'] === 'depthUpdate') return 'pu' in event ? 'binance-usdm' : 'binance-spot'
  const isQuote = ['u', 'b', 'B', 'a', 'A'].every((key) => key in event)
  if (isQuote) return 'T' in event ? 'binance-usdm' : 'binance-spot'
  return undefined
}
