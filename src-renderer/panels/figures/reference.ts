import {
  amount,
  bps,
  change,
  decimal,
  money,
  percent,
  signed,
  span,
  unknown
} from '../../../src-shared/format'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { basisBps } from '../../parts/reference'
import type { Market } from '../../state/market'
import type { Line, Section } from './table'

/** What a derivative's venue tells beside its book; nothing for spot, and nothing before it was told. */
export function referenceSections(market: Market, id: InstrumentId, now: Millis): readonly Section[] {
  const told = market.reference(id)
  const instrument = market.instrument(id)
  if (!told || !instrument) return []
  const age = now - told.at
  const coverage = Number.isNaN(age)
    ? ''
    : `${told.lapsed ? 'last told' : 'told'} ${span(Math.max(0, age))} ago`
  const decimals = instrument.price.decimals
  const inQuote = (value: number) => decimal(value, decimals)
  const sections: Section[] = [
    {
      id: 'reference',
      title: 'Reference',
      explains:
        'Mark and index price, funding and open interest as the venue publishes them: they value and liquidate positions. They have a channel of their own, whose age stands beside.',
      coverage,
      lines: known([
        line('mark', 'Mark price', inQuote(told.mark), instrument.quote),
        line('index', 'Index price', inQuote(told.index), instrument.quote),
        line('basis', 'Mark less index', signedBps(basisBps(told)), 'bps'),
        line('funding', 'Funding rate', rate(told.funding), ''),
        wide(line('next', 'Next funding', countdown(told.nextFundingAt, now), '')),
        line(
          'oi',
          `Open interest${askedAge(told.openInterestAt, now)}`,
          interest(instrument, told.openInterest),
          interestUnit(instrument)
        )
      ])
        .concat(lacksInterest(instrument, told) ? [untoldInterest] : [])
        .concat(told.lapsed ? [lapsedLine(told.lapsed)] : [])
    }
  ]
  if (instrument.option) sections.push(optionSection(instrument, told, coverage, now))
  return sections.filter(({ lines }) => lines.length > 0)
}

type Told = NonNullable<ReturnType<Market['reference']>>

function optionSection(
  { option, expiresAt }: Instrument,
  told: Told,
  coverage: string,
  now: Millis
): Section {
  const unit = option?.strikeCurrency ?? ''
  return {
    id: 'option',
    title: 'Option',
    explains:
      'Implied volatilities a year and greeks as the venue computes them: delta and gamma per unit of the underlying, vega for 1 % of volatility, theta for a day.',
    coverage,
    lines: known([
      wide(
        line('expiry', 'Time to expiry', expiresAt === undefined ? unknown : countdown(expiresAt, now), '')
      ),
      line('underlying', 'Underlying', decimal(told.underlying, 2), unit),
      line('markIv', 'Mark IV', percent(told.markIv, 1), ''),
      line('bidIv', 'Bid IV', percent(told.bidIv, 1), ''),
      line('askIv', 'Ask IV', percent(told.askIv, 1), ''),
      line('delta', 'Delta', signed(told.delta, 3), ''),
      line('gamma', 'Gamma', decimal(told.gamma, 6), ''),
      line('vega', 'Vega', decimal(told.vega, 2), unit),
      line('theta', 'Theta', signed(told.theta, 2), unit)
    ])
  }
}

/** `, 42 s ago` where the figure has to be asked for and so has an age of its own. With the name: the column of units is too narrow for it. */
const askedAge = (at: number, now: Millis): string =>
  Number.isNaN(at) ? '' : `, ${span(Math.max(0, now - at))} ago`

const line = (id: string, title: string, text: string, unit: string): Line => ({
  ...{ id, title, text, unit },
  bar: undefined,
  tip: ''
})

const wide = (it: Line): Line => ({ ...it, wide: true })

/** Binance's futures tell it over HTTP only: a dash with the reason, not a figure that seems to be forgotten. */
const untoldInterest: Line = {
  ...line('oi', 'Open interest, not told yet', unknown, ''),
  tip: 'The venue has not told it in its stream. Binance’s futures tell it only over HTTP, where it is asked for once a minute; what went wrong stands in the venue’s health as its last error.'
}

/** A dash with the reason: what was told before is not shown as if it held. */
const lapsedLine = (reason: string): Line => ({
  ...line('lapsed', 'Not known now', unknown, ''),
  tip: `What was told before holds no more: ${reason}.`
})

const positions: readonly string[] = ['linear', 'inverse']
const lacksInterest = ({ product }: Instrument, { openInterest, mark }: Told): boolean =>
  positions.includes(product) && Number.isNaN(openInterest) && !Number.isNaN(mark)

/** What the venue never tells is left out. */
const known = (lines: readonly Line[]): Line[] => lines.filter(({ text }) => text !== unknown)

const signedBps = (value: number): string => (Number.isFinite(value) ? signed(value, 2) : bps(value))

/** A funding rate of a few hours has its digits after the second. */
const rate = (share: number): string =>
  Number.isFinite(share) ? `${signed(share * 100, 4)} %` : change(share)

/** `in 3 h 12 min`, `in 41 s`; unknown once it is past, for then a new time has not been told yet. */
export function countdown(at: number, now: number): string {
  const left = at - now
  if (!(left > 0)) return unknown
  const minutes = Math.floor(left / 60_000)
  if (minutes < 1) return `in ${Math.ceil(left / 1_000)} s`
  if (minutes < 60) return `in ${minutes} min ${Math.floor((left % 60_000) / 1_000)} s`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `in ${hours} h ${minutes % 60} min` : `in ${Math.floor(hours / 24)} d ${hours % 24} h`
}

const inQuoteMoney = ({ contract }: Instrument): boolean => contract.currency === 'quote'
const interest = (instrument: Instrument, value: number): string =>
  inQuoteMoney(instrument) || value >= 100_000 ? money(value) : amount(value)
const interestUnit = (instrument: Instrument): string =>
  inQuoteMoney(instrument) ? instrument.quote : instrument.base
