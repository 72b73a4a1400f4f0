import type { VenueId } from '../../../src-shared/instrument'
import { BookForecast } from '../../engine/forecast/book-forecast'
import { Forecaster } from '../../engine/forecast/forecaster'
import { horizons } from '../../engine/forecast/horizon'
import type { Judgement } from '../../engine/forecast/judgement'
import { judge } from '../../engine/forecast/judgement'
import type { LearnerState } from '../../engine/forecast/learner'
import { Chance } from '../../engine/market/chance'
import { readCapture } from '../capture/read-capture'
import { silent } from '../capture/silent'
import type { Finding } from '../finding'
import { readSession } from '../lobster/reader'
import type { Session } from '../lobster/session'
import { isEmptyLevel, priceUnitsPerTick } from '../lobster/session'

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
}

/**
 * The app's own model over captures, walking forward: every forecast is made before its outcome is known and learned from only once it is, so that
 * nothing needs to be purged; what spans a gap is not learned from.
 */
export async function walkCaptures(
  paths: readonly string[],
  fees: Fees,
  venue?: VenueId
): Promise<Finding<Walk>> {
  let forecast: BookForecast | undefined
  const end = await readCapture(
    paths,
    {
      ...silent,
      onBook: (_, book, changes, at) => {
        forecast ??= new BookForecast(book, everything)
        forecast.onBook(changes, at)
      },
      onQuote: (_, quote, at) => forecast?.onQuote(quote, quote.sequence, at),
      onTrades: (_, trades, at) => forecast?.onTrades(trades, at),
      onGap: () => forecast?.onGap(),
      onRescale: (_, __, price, size) => forecast?.forecaster.rescale(price, size)
    },
    venue
  )
  if (!end.ok) return end
  if (!forecast) return { ok: false, reason: `${paths[0]!}: the book never came to stand` }
  return { ok: true, figures: figuresOf(end.lane.id, forecast.forecaster, fees) }
}

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
