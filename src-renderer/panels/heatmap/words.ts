import { amount, bps, clock, decimal, money, signed, span, unknown } from '../../../src-shared/format'
import { longestHoldMs } from '../../charts/depth-history'
import type { Instrument } from '../../../src-shared/instrument'
import { titleOf, valueOn } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import type { Microprice } from '../../parts/microprice'
import type { Reading } from './heatmap-view'

/** A size with its unit: `91.2 BTC`, `12.3 k contracts`. */
export function sizeText({ size, base, contract }: Instrument, lots: number): string {
  if (!Number.isFinite(lots)) return unknown
  const value = valueOn(size, lots)
  const unit = contract.currency === 'quote' || contract.of !== 1 ? 'contracts' : base
  return `${value >= 100_000 ? money(value) : amount(value, size.decimals)} ${unit}`
}

/** What is under the pointer: price, distance from the mid, size, time. */
export function readingText(instrument: Instrument, { at, price, lots, mid }: Reading): string {
  const distance = ((price - mid) / mid) * 1e4
  return [
    decimal(valueOn(instrument.price, price), instrument.price.decimals),
    Number.isFinite(distance) ? `${signed(distance, 1)} bps` : '',
    Number.isNaN(lots) ? 'not known' : sizeText(instrument, lots),
    clock(millis(at))
  ]
    .filter((part) => part !== '')
    .join('  ')
}

/** For who does not see the picture. */
export function spoken(instrument: Instrument, cut: number, share: number, since: number): string {
  if (!Number.isFinite(since)) return 'No depth is known yet.'
  const title = titleOf(instrument)
  return `Depth of ${title} since ${clock(millis(since))}: ${bps(share * 100)} percent of the filled cells hold less than ${sizeText(instrument, cut)}.`
}

/** That a fast replay's picture is coarse; empty where it is not. */
export const coarseText = (holdMs: number): string =>
  holdMs > longestHoldMs ? `up to ${span(holdMs)} a book` : ''

/** What the white line is: `micro fitted, spread 1 tick`; empty while nothing is known. */
export const microText = (micro: Microprice | undefined): string =>
  micro?.short ? `micro: ${micro.short}` : ''
