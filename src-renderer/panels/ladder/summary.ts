import { decimal, mid, size, unknown } from '../../../src-shared/format'
import type { BookView } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import { titleOf, valueOn } from '../../../src-shared/instrument'
import { lots } from '../../../src-shared/units'

/** The ladder in a sentence, for those who cannot see it. */
export function spoken(
  instrument: Instrument | undefined,
  book: BookView | undefined,
  isLive: boolean
): string {
  if (!instrument || !book || !isLive) return 'No live book.'
  const [bid = NaN, bidSize = NaN] = book.bids
  const [ask = NaN, askSize = NaN] = book.asks
  const at = (price: number) =>
    Number.isFinite(price) ? decimal(valueOn(instrument.price, price), instrument.price.decimals) : unknown
  return (
    `${titleOf(instrument)}: mid ${mid(instrument, (bid + ask) / 2)}, spread ${at(ask - bid)}, ` +
    `bid ${at(bid)} for ${size(instrument, lots(bidSize))}, ask ${at(ask)} for ${size(instrument, lots(askSize))}.`
  )
}
