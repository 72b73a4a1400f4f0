import type { InstrumentId, VenueId } from '../../../src-shared/instrument'
import type { CaptureEnd, CaptureListener } from './read-capture'
import { readCapture } from './read-capture'
import { readRecording } from './read-recording'

/** What is studied: captures taken as one, or the folder of a tape that the app recorded. */
export type Source =
  | {
      readonly kind: 'captures'
      readonly paths: readonly string[]
      /** Told from the frames where it is left out, which not all allow. */
      readonly venue?: VenueId | undefined
      /** Which of several; where it is left out there may be only one. */
      readonly instrument?: InstrumentId | undefined
    }
  | { readonly kind: 'recording'; readonly folder: string; readonly instrument?: InstrumentId | undefined }

/** A study of one instrument keeps at most so many rows in memory; what is longer is refused in words. */
export const mostRows = 6_000_000

export const nameOf = (source: Source): string =>
  source.kind === 'recording' ? source.folder : (source.paths[0] ?? '')

/** Plays one instrument to the listener, from end to end. */
export function readSource(source: Source, listener: CaptureListener): Promise<CaptureEnd> {
  const { instrument } = source
  const told = instrument === undefined ? listener : onlyOf(instrument, listener)
  return source.kind === 'recording'
    ? readRecording(source.folder, told, instrument)
    : readCapture(source.paths, told, source.venue, instrument)
}

/** Hears nothing of the other instruments of a capture. */
function onlyOf(id: InstrumentId, listener: CaptureListener): CaptureListener {
  const own =
    <Rest extends unknown[]>(tell: (of: InstrumentId, ...rest: Rest) => void) =>
    (of: InstrumentId, ...rest: Rest): void => {
      if (of === id) tell(of, ...rest)
    }
  return {
    onBook: own<Rest<'onBook'>>((...told) => {
      listener.onBook(...told)
    }),
    onTrades: own<Rest<'onTrades'>>((...told) => {
      listener.onTrades(...told)
    }),
    onQuote: own<Rest<'onQuote'>>((...told) => {
      listener.onQuote(...told)
    }),
    onLiquidations: own<Rest<'onLiquidations'>>((...told) => {
      listener.onLiquidations(...told)
    }),
    onReference: own<Rest<'onReference'>>((...told) => {
      listener.onReference(...told)
    }),
    onGap: own<Rest<'onGap'>>((...told) => {
      listener.onGap(...told)
    }),
    onTradesLost: own<Rest<'onTradesLost'>>((...told) => {
      listener.onTradesLost(...told)
    }),
    onRescale: own<Rest<'onRescale'>>((...told) => {
      listener.onRescale(...told)
    }),
    onStatus: own<Rest<'onStatus'>>((...told) => {
      listener.onStatus(...told)
    }),
    onInstruments: (list) => {
      const meant = list.filter((it) => it.id === id)
      if (meant.length > 0) listener.onInstruments(meant)
    },
    onDiff: (lane) => {
      if (lane.id === id) listener.onDiff(lane)
    },
    onFrame: (frame, place) => listener.onFrame(frame, place),
    afterFrame: () => {
      listener.afterFrame()
    }
  }
}

/** What a call tells beside whose it is. */
type Rest<Call extends keyof CaptureListener> =
  Parameters<NonNullable<CaptureListener[Call]>> extends [unknown, ...infer Told] ? Told : never
