import { imbalance, price, unknown } from '../../src-shared/format'
import { titleOf } from '../../src-shared/instrument'
import { isLive } from '../../src-shared/status'
import { ticks } from '../../src-shared/units'
import type { Desk } from '../state/desk'
import { wordOf } from '../ui/status-look'

/** The desk in one sentence, for ears. */
export function summary({ market, selected }: Desk): string {
  if (selected === undefined) return 'No instrument is selected.'
  const instrument = market.instrument(selected)
  const status = market.status(selected)
  const name = instrument ? titleOf(instrument) : selected
  const simulated = instrument?.simulated === true ? ', simulated' : ''
  if (!isLive(status)) return `${name}${simulated}: ${wordOf(status.state)}. ${status.reason}`
  const mid = market.figure(selected, 'price', 'mid')
  const words = instrument && Number.isFinite(mid) ? price(instrument, ticks(Math.round(mid))) : unknown
  const weight = market.figure(selected, 'imbalance', 'bps10')
  const lean = Number.isFinite(weight) ? `, imbalance within 10 basis points ${imbalance(weight)}` : ''
  const word = market.replayed === true ? 'replayed, was' : 'live'
  return `${name}${simulated}: ${word} at ${words}${lean}.`
}
