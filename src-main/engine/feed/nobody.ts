import type { FeedListener } from './listener'

const nothing = (): void => undefined

/** Hears everything and does nothing. */
export const nobody: FeedListener = {
  onBook: nothing,
  onTrades: nothing,
  onQuote: nothing,
  onLiquidations: nothing,
  onReference: nothing,
  onGap: nothing,
  onTradesLost: nothing,
  onRescale: nothing,
  onStatus: nothing,
  onInstruments: nothing
}
