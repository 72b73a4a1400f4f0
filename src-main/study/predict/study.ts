import type { Instrument, InstrumentId, VenueId } from '../../../src-shared/instrument'
import { Forecaster } from '../../engine/forecast/forecaster'
import { horizons } from '../../engine/forecast/horizon'
import type { Judgement } from '../../engine/forecast/judgement'
import { judge } from '../../engine/forecast/judgement'
import type { LearnerState } from '../../engine/forecast/learner'
import { Chance } from '../../engine/market/chance'
import type { CaptureListener } from '../capture/read-capture'
import { readCapture } from '../capture/read-capture'
import { silent } from '../capture/silent'
import type { Finding } from '../finding'
import { readSession } from '../lobster/reader'
import type { Session } from '../lobster/session'
import { isEmptyLevel, priceUnitsPerTick } from '../lobster/session'
import type { PeerMids } from './peer-mids'
import { RecordingWalk } from './recording-walk'

/** A forecast is judged over all of a file, not over the app's rolling window. */
const everything = { halfLifeMinutes: 45, window: 400_000 }

export interface Fees {
  /** Bps a side. */
  readonly takerBps: number
  readonly makerBps: number
}

export interface HorizonFigures extends Judgement {
  readonly horizon: string
  /** Labels learned from, the first ones that were not scored included. */
  readonly learned: number
  readonly state: LearnerState
}

export interface Walk {
  readonly instrument: string
  readonly horizons: readonly HorizonFigures[]
  /** Where other recordings were heard beside: the same without them. */
  readonly alone?: readonly HorizonFigures[]
}

export interface WalkWish {
  /** Told from the frames where it is left out, which only Binance's allow. */
  readonly venue?: VenueId | undefined
  /** Which of several; where it is left out there may be only one. */
  readonly instrument?: InstrumentId | undefined
  /** Mids of the same coin elsewhere, recorded by the same clock. */
  readonly beside?: PeerMids | undefined
}

/**
 * The app's own model over captures, walking forward: every forecast is made before its outcome is known and learned from only once it is, so that
 * nothing needs to be purged; what spans a gap is not learned from.
 */
export async function walkCaptures(
  paths: readonly string[],
  fees: Fees,
  { venue, instrument, beside }: WalkWish = {}
): Promise<Finding<Walk>> {
  const walk = new RecordingWalk(everything, instrument, beside)
  const listener: CaptureListener = {
    ...silent,
    onBook: (...heard) => {
      walk.onBook(...heard)
    },
    onQuote: (...heard) => {
      walk.onQuote(...heard)
    },
    onTrades: (...heard) => {
      walk.onTrades(...heard)
    },
    onGap: (...heard) => {
      walk.onGap(...heard)
    },
    onRescale: (...heard) => {
      walk.onRescale(...heard)
    },
    onInstruments: (list) => {
      walk.onInstruments(list)
    }
  }
  const end = await readCapture(paths, listener, venue, instrument)
  return end.ok ? judgedWalk(walk, fees, paths[0]!) : end
}

/** What instrument captures are of. */
export async function instrumentOf(
  paths: readonly string[],
  venue?: VenueId,
  instrument?: InstrumentId
): Promise<Finding<Instrument>> {
  const end = await readCapture(paths, silent, venue, instrument)
  return end.ok ? { ok: true, figures: end.lane.instrument } : end
}

/** What a walk over a recording found; `file` is named where it found nothing. */
export function judgedWalk(walk: RecordingWalk, fees: Fees, file: string): Finding<Walk> {
  const { forecaster, instrument } = walk
  if (!forecaster || !instrument) return { ok: false, reason: `${file}: the book never came to stand` }
  return { ok: true, figures: figuresOf(instrument.id, forecaster, fees) }
}

/** A walk over a recording of the app, a forecast judged over all of it. */
export const recordingWalk = (instrument: InstrumentId): RecordingWalk =>
  new RecordingWalk(everything, instrument)

/** The same over a LOBSTER day: one stock, levels read from the file, times of the exchange. */
export async function walkLobster(messagePath: string, bookPath: string, fees: Fees): Promise<Finding<Walk>> {
  const read = await readSession(messagePath, bookPath)
  if (!read.ok) return read
  return {
    ok: true,
    figures: figuresOf(`lobster:${read.figures.symbol}`, walkSession(read.figures), fees)
  }
}

const [visible, hidden] = [4, 5]

function walkSession(session: Session): Forecaster {
  const { rows, times, types, sizes, directions, bids, asks, levels } = session
  let deep = NaN
  const beyond = { levels5: () => deep, band10: () => NaN }
  const forecaster = new Forecaster(beyond, everything)
  const price = (column: Float64Array, row: number) =>
    isEmptyLevel(column[row]!) ? NaN : column[row]! / priceUnitsPerTick
  for (let row = 0; row < rows; row++) {
    const at = times[row]! * 1_000
    if (types[row] === visible || types[row] === hidden)
      forecaster.onTrade(sizes[row]!, -directions[row]!, at)
    const touch = {
      bid: price(bids.prices[0]!, row),
      bidSize: bids.sizes[0]![row]!,
      ask: price(asks.prices[0]!, row),
      askSize: asks.sizes[0]![row]!
    }
    forecaster.onTouch(touch, at)
    if (levels < 5) continue
    const [bid, ask] = [bids, asks].map(({ sizes: columns }) =>
      columns.slice(0, 5).reduce((sum, column) => sum + column[row]!, 0)
    )
    deep = (bid! - ask!) / (bid! + ask!)
  }
  return forecaster
}

function figuresOf(instrument: string, { scored, learners }: Forecaster, fees: Fees): Walk {
  const resampling = new Chance(20_240_808, 'resampling')
  const chance = () => resampling.next()
  return {
    instrument,
    horizons: horizons.map(({ id }, h) => ({
      horizon: id,
      learned: learners[h]!.labels,
      ...judge(scored[h]!, { takerFeeBps: fees.takerBps, makerFeeBps: fees.makerBps, chance }),
      state: learners[h]!.save()
    }))
  }
}
