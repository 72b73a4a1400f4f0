import type { CaptureListener } from './read-capture'

const nothing = (): void => undefined

/** Hears everything and does nothing: a study takes it over and listens to what it needs. */
export const silent: CaptureListener = {
  onBook: nothing,
  onTrades: nothing,
  onQuote: nothing,
  onLiquidations: nothing,
  onReference: nothing,
  onGap: nothing,
  onTradesLost: nothing,
  onRescale: nothing,
  onStatus: nothing,
  onInstruments: nothing,
  onDiff: nothing,
  onFrame: () => true,
  afterFrame: nothing
}
