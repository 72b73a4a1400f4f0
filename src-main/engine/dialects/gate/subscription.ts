import type { Leg } from '../../venues/venue'

/** A channel and what its payload holds behind the symbol, such as the pace of a book. */
export type Channel = readonly [name: string, ...rest: string[]]

/**
 * One request a channel and symbol: books can be asked for in no other way, and one unknown symbol among many would refuse them all. Trades before the book: what
 * is traded while it is live is heard. What all can wait for comes `later`. `time` is not looked at where no key is used; the requests' own number stands there.
 */
export function asking(
  trades: Channel,
  book: Channel,
  later: readonly Channel[]
): Pick<Leg, 'subscribe' | 'unsubscribe'> {
  const requests = (event: string) => (symbols: readonly string[], id: number) => {
    const request = (symbol: string, [channel, ...rest]: Channel) =>
      JSON.stringify({ time: id, channel, event, payload: [symbol, ...rest] })
    const first = symbols.flatMap((symbol) => [request(symbol, trades), request(symbol, book)])
    return [...first, ...later.flatMap((channel) => symbols.map((symbol) => request(symbol, channel)))]
  }
  return { subscribe: requests('subscribe'), unsubscribe: requests('unsubscribe') }
}

export const heartbeat = (channel: string) => ({
  everyMs: 15_000,
  text: JSON.stringify({ time: 1, channel })
})
