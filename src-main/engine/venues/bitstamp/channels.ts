/** The channels we ask for, each with the symbol behind it: `diff_order_book_btcusd`. */
export const channels = ['diff_order_book', 'live_trades', 'order_book'] as const
export type Channel = (typeof channels)[number]

/** Whether a channel, by its name, is the one that carries the book. */
export const isBook = (name: string): boolean => name.startsWith('diff_order_book_')

/** Whether it is the one that carries trades. */
export const isTrades = (name: string): boolean => name.startsWith('live_trades_')

/** The symbol that a channel's name ends with. */
export function symbolIn(name: string): string | undefined {
  const channel = channels.find((it) => name.startsWith(`${it}_`))
  return channel && name.slice(channel.length + 1)
}
