import type { FieldSpec, MetricSpec } from './contract/catalogue'
import { amount, decimal, imbalance, money, percent, unknown } from './format'
import { valueOn, type Instrument } from './instrument'

/**
 * `Imbalance within 10 bps`, `VPIN, true signs`: what a figure is called wherever nothing else says whose it is. No two figures share a name: where two of a
 * metric are the same in different units, the unit is in it (`Spread in ticks`).
 */
export function figureName(metric: MetricSpec, field: FieldSpec): string {
  const name = nameBesideUnit(metric, field)
  return hasTwin(metric, field) ? `${name} in ${unitText(field, undefined)}` : name
}

/** Another figure of the metric is the same in another unit. */
const hasTwin = ({ fields }: MetricSpec, { id, title }: FieldSpec): boolean =>
  fields.some((it) => it.id !== id && it.title === title)

/** The same where the figure's unit stands beside it: `Spread`, of `Spread 12.50 bps`. */
export const nameBesideUnit = ({ lead, short = '' }: MetricSpec, { title }: FieldSpec): string =>
  ledBy(lead ?? short, title)

/** The same where there is little room, as on a column: `Imb 10 bps`, `Spread ticks`. No two figures share one. */
export function figureHead(metric: MetricSpec, field: FieldSpec): string {
  const head = ledBy(metric.short ?? '', field.title.replace(/^Within /, ''))
  return hasTwin(metric, field) ? `${head} ${unitText(field, undefined)}` : head
}

const ledBy = (lead: string, title: string): string =>
  title.toLowerCase().includes(lead.toLowerCase()) ? title : `${lead} ${lowered(title)}`

/** "Average, 1 s" within a sentence; "VWAP" stays. */
export const lowered = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title

/** A figure in its unit's usual decimals, without the unit's name. NaN is an en dash. */
export function figureText(field: FieldSpec, value: number, instrument: Instrument | undefined): string {
  if (!Number.isFinite(value)) return unknown
  const text = plainText(field, value, instrument)
  return field.signed && value > 0 && /[1-9]/.test(text) ? `+${text}` : text
}

function plainText(field: FieldSpec, value: number, instrument: Instrument | undefined): string {
  switch (field.unit) {
    case 'ratio':
      return imbalance(value)
    case 'bps':
      return decimal(value, digitsOf(value, 2))
    case 'ticks':
      return Number.isInteger(value) ? decimal(value, 0) : decimal(value, digitsOf(value, 1))
    case 'price':
      return priceText(instrument, value)
    case 'base':
      return amount(value)
    case 'quote':
      return money(value)
    case 'per-second':
      return decimal(value, value < 10 ? 1 : 0)
    case 'share':
      return percent(value)
    case 'seconds':
      return decimal(value, value < 10 ? digitsOf(value, 1) : 0)
    case 'count':
      return decimal(value, 0)
    case 'number':
      return decimal(value, 2)
    default:
      return field.unit satisfies never
  }
}

/** Decimals of a value: the usual ones, or as many more as show its first two digits where it would read as nothing. At most 6. */
function digitsOf(value: number, usual: number): number {
  const size = Math.abs(value)
  return size > 0 && size < 0.5 * 10 ** -usual ? Math.min(6, 1 - Math.floor(Math.log10(size))) : usual
}

/** A price in ticks, between ticks too: always one decimal more than the tick, so that a moving figure keeps its width. */
export const priceText = (instrument: Instrument | undefined, at: number): string =>
  instrument ? decimal(valueOn(instrument.price, at), instrument.price.decimals + 1) : unknown

/** With its unit: `−0.72`, `12.5 bps`, `61,700.15 USDT`. */
export function measuredText(field: FieldSpec, value: number, instrument: Instrument | undefined): string {
  const unit = unitText(field, instrument)
  const text = figureText(field, value, instrument)
  return unit === '' || text === unknown ? text : `${text} ${unit}`
}

/** What stands behind a figure. */
export function unitText(field: FieldSpec, instrument: Instrument | undefined): string {
  switch (field.unit) {
    case 'ratio':
    case 'share':
    case 'count':
    case 'number':
      return ''
    case 'seconds':
      return 's'
    case 'bps':
      return 'bps'
    case 'ticks':
      return 'ticks'
    case 'price':
    case 'quote':
      return instrument?.quote.includes('+') === true ? 'mixed' : (instrument?.quote ?? 'quote')
    case 'base':
      return instrument?.base ?? 'base'
    case 'per-second':
      return '/s'
    default:
      return field.unit satisfies never
  }
}

/** `P50`, `P99.2`; an end of the history is never 100 or 0. */
export function percentileText(rank: number): string {
  const percentile = rank * 100
  if (percentile > 99.9) return 'P>99.9'
  if (percentile < 0.1) return 'P<0.1'
  return `P${decimal(percentile, percentile >= 95 || percentile <= 5 ? 1 : 0)}`
}
