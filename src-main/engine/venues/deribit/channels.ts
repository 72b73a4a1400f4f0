/** The channels one instrument needs. The ticker brings the best quote too. */
const streams = ['book', 'trades', 'ticker'] as const

export const channelsOf = (symbols: readonly string[]): string[] =>
  symbols.flatMap((symbol) => streams.map((stream) => `${stream}.${symbol}.100ms`))

export const bookOf = (symbol: string): string => `book.${symbol}.100ms`

/** The instrument of a channel that `channelsOf` names; undefined for others, such as `instrument.state.any.any`. */
export function symbolOfChannel(channel: string): string | undefined {
  return /^(?:book|trades|ticker)\.([^.]+)\.[^.]+$/.exec(channel)?.[1]
}

/** A JSON-RPC 2.0 request. */
export const call = (method: string, params: Readonly<Record<string, unknown>>, id: number): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params })

/** `public/subscribe` takes at most 500 channels. */
const SYMBOLS_A_REQUEST = 100

/** Requests of `method` for all channels of these symbols. */
export function asking(method: string): (symbols: readonly string[], id: number) => readonly string[] {
  return (symbols, id) => {
    const frames: string[] = []
    for (let from = 0; from < symbols.length; from += SYMBOLS_A_REQUEST)
      frames.push(call(method, { channels: channelsOf(symbols.slice(from, from + SYMBOLS_A_REQUEST)) }, id))
    return frames
  }
}
