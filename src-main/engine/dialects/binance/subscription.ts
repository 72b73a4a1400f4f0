import type { Leg } from '../../venues/venue'

/** Streams named in one request: requests are limited by the second, so they carry many. */
const STREAMS_A_REQUEST = 200

/** How one leg asks for the given streams of each symbol, such as `depth@100ms`. Stream names are lower case, symbols in answers upper case. */
export function asking(streams: readonly string[]): Pick<Leg, 'subscribe' | 'unsubscribe'> {
  const requests = (method: string) => (symbols: readonly string[], id: number) => {
    const params = symbols.flatMap((symbol) => streams.map((stream) => `${symbol.toLowerCase()}@${stream}`))
    const frames: string[] = []
    for (let from = 0; from < params.length; from += STREAMS_A_REQUEST)
      frames.push(JSON.stringify({ method, params: params.slice(from, from + STREAMS_A_REQUEST), id }))
    return frames
  }
  return { subscribe: requests('SUBSCRIBE'), unsubscribe: requests('UNSUBSCRIBE') }
}
