import type { Leg } from '../../venues/venue'

/** A channel and what its payload holds behind the symbol, such as the pace of a book. */
export type Channel = readonly [name: string, ...rest: string[]]

/**
 * One request a channel and symbol: books can be asked for in no other way, and one unknown symbol among many would refuse them all. `time` is not
 * looked at where no key is used; the requests' own number stands there.
 */
export function asking(channels: readonly Channel[]): Pick<Leg, 'subscribe' | 'unsubscribe'> {
  const requests = (event: string) => (symbols: readonly string[], id: number) =>
    channels.flatMap(([channel, ...rest]) =>
      symbols.map((symbol) => JSON.stringify({ time: id, channel, event, payload: [symbol, ...rest] }))
    )
  return { subscribe: requests('subscribe'), unsubscribe: requests('unsubscribe') }
}

export const heartbeat = (channel: string) => ({
  everyMs: 15_000,
  text: JSON.stringify({ time: 1, channel })
})
