/** Lines of a hand-made capture as hftbacktest's collector writes them; times in seconds after 1,700,000,000. */
export const line = (at: number, frame: object): string =>
  `${1_700_000_000n * 10n ** 9n + BigInt(Math.round(at * 1e9))} ${JSON.stringify(frame)}`

type Level = readonly [price: string, size: string]

/** A spot diff from change `first` to `last`. */
export const diff = (first: number, last: number, b: readonly Level[], a: readonly Level[]): object => ({
  stream: 'btcusdt@depth@100ms',
  data: { e: 'depthUpdate', E: 1_700_000_000_000, s: 'BTCUSDT', U: first, u: last, b, a }
})

export const snapshot = (id: number, bids: readonly Level[], asks: readonly Level[]): object => ({
  lastUpdateId: id,
  bids,
  asks
})

/** A spot quote. */
export const quote = (u: number, [b, B]: Level, [a, A]: Level): object => ({
  stream: 'btcusdt@bookTicker',
  data: { u, s: 'BTCUSDT', b, B, a, A }
})

/** A trade's id comes once. */
let trades = 0

/** A spot trade; `seconds` of the exchange after 1,700,000,000. */
export const trade = (seconds: number, aggressor: 'buy' | 'sell', p: string, q: string): object => {
  const T = 1_700_000_000_000 + seconds * 1_000
  const data = { e: 'trade', E: T, s: 'BTCUSDT', t: ++trades, p, q, T, m: aggressor === 'sell' }
  return { stream: 'btcusdt@trade', data }
}
