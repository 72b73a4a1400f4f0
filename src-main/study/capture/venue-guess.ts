import type { VenueId } from '../../../src-shared/instrument'
import type { TapeFrame } from '../../engine/tape/line'
import { venues } from '../../engine/venues/index'
import { eventOf } from './event-of'

const hosts: readonly (readonly [host: string, venue: VenueId])[] = [
  ['dstream.binance.com', 'binance-coinm'],
  ['dapi.binance.com', 'binance-coinm'],
  ['fstream.binance.com', 'binance-usdm'],
  ['fapi.binance.com', 'binance-usdm'],
  ['stream.binance.com', 'binance-spot'],
  ['api.binance.com', 'binance-spot']
]

/** Addresses of which it is known whose they are: those that no two venues share, the longest first. */
const addresses: readonly (readonly [address: string, venue: VenueId])[] = venues
  .flatMap(({ spec }) => Object.values(spec.endpoints).map((address) => [address, spec.id] as const))
  .filter(([address], _, all) => all.filter(([other]) => other === address).length === 1)
  .sort(([one], [other]) => other.length - one.length)

/**
 * Which venue sent this frame: any by its address, where it shares that with no other; Binance's also by what only they write: COIN-M names the pair (`ps`), both futures chain their diffs (`pu`) and stamp
 * their quotes (`T`), spot does neither. Undefined where the frame does not tell.
 */
export function guessVenue({ kind, url, bytes }: TapeFrame): VenueId | undefined {
  if (url !== undefined) {
    const known =
      hosts.find(([name]) => url.includes(`//${name}`)) ?? addresses.find(([it]) => url.startsWith(it))
    if (known) return known[1]
  }
  if (kind !== 'rx') return undefined
  const event = eventOf(bytes)
  if (typeof event?.['s'] !== 'string') return undefined
  if ('ps' in event) return 'binance-coinm'
  if (event['e'] === 'depthUpdate') return 'pu' in event ? 'binance-usdm' : 'binance-spot'
  const isQuote = ['u', 'b', 'B', 'a', 'A'].every((key) => key in event)
  if (isQuote) return 'T' in event ? 'binance-usdm' : 'binance-spot'
  return undefined
}
