import type { Lots, Millis, Ticks } from './units'

/** A venue's id in the registry: `binance-usdm`, `sim`. Data, never a union type. */
export type VenueId = string
/** `venue:symbol`, with the symbol as the venue writes it: `binance-usdm:BTCUSDT`. */
export type InstrumentId = string

/** A lattice of decimal numbers: the n-th point is `n * step / 10^decimals`. A tick of 0.25 is `{ decimals: 2, step: 25 }`. */
export interface Grid {
  readonly decimals: number
  /** Whole, positive. */
  readonly step: number
}

/** `linear`: margined and paid in quote money. `inverse`: contracts worth quote money, paid in base. `combo`: several contracts as one; its prices may be negative. */
export type Product = 'spot' | 'linear' | 'inverse' | 'option' | 'combo'
export type Trading = 'trading' | 'halted' | 'delisted'

export interface Instrument {
  readonly id: InstrumentId
  readonly venue: VenueId
  /** As the venue writes it. Untrusted text. */
  readonly symbol: string
  readonly base: string
  readonly quote: string
  readonly product: Product
  /** Delivery time of a dated contract; undefined for spot and perpetuals. */
  readonly expiresAt?: Millis
  /** Options only. The strike is in `strikeCurrency`, which need not be the quote: Deribit's BTC options are quoted in BTC and struck in USD. */
  readonly option?: {
    readonly strike: number
    readonly strikeCurrency: string
    readonly kind: 'call' | 'put'
  }
  /** What profit and margin are paid in, where it is neither base nor quote or the venue says so. */
  readonly settle?: string
  /** Other price steps from some price on, both in quote money, rising: options step coarser when dear. `price` is the finest. */
  readonly tickSteps?: readonly { readonly above: number; readonly step: number }[]
  /** One tick is one point of this grid. */
  readonly price: Grid
  /**
   * The venue's price step in ticks: 1, until prices off that step arrive and the grid is refined. Where steps grow with the price, the one in force at the
   * touch of a book that is followed, and else the smallest.
   */
  readonly tickSize: Ticks
  /** One lot is one point of this grid. */
  readonly size: Grid
  /** What a size of 1.0 stands for: `of` units of base currency, or of quote money (inverse). */
  readonly contract: { readonly of: number; readonly currency: 'base' | 'quote' }
  readonly trading: Trading
  readonly simulated: boolean
  /** Of a group: the instruments whose books it adds up. */
  readonly members?: readonly InstrumentId[]
}

export const instrumentId = (venue: VenueId, symbol: string): InstrumentId => `${venue}:${symbol}`

/** The venue's half of an instrument id. */
export const venueOf = (id: InstrumentId): VenueId => id.slice(0, Math.max(0, id.indexOf(':')))
/** The symbol's half of an instrument id. */
export const symbolOf = (id: InstrumentId): string => id.slice(id.indexOf(':') + 1)

/** A number on the grid as an ordinary decimal number. For showing and for ratios, never for identity. */
export const valueOn = (grid: Grid, n: number): number => (n * grid.step) / powerOfTen(grid.decimals)

/** Of decimals that grids have; a power each time would be most of the cost of a value. */
const powers = Array.from({ length: 23 }, (_, decimals) => Number(`1e${decimals}`))
const powerOfTen = (decimals: number): number => powers[decimals] ?? 10 ** decimals

export const priceOf = (instrument: Instrument, price: Ticks): number => valueOn(instrument.price, price)
export const sizeOf = (instrument: Instrument, size: Lots): number => valueOn(instrument.size, size)

/**
 * Base currency that `size` lots at `price` stand for. NaN where the price is needed and unknown or not above 0, and for a combination of contracts worth
 * quote money: its price is that of no coin.
 */
export function baseOf(instrument: Instrument, price: Ticks, size: Lots): number {
  const money = sizeOf(instrument, size) * instrument.contract.of
  if (instrument.contract.currency === 'base') return money
  const at = priceOf(instrument, price)
  return at > 0 && instrument.product !== 'combo' ? money / at : NaN
}

/** Quote money that `size` lots at `price` stand for. */
export function notionalOf(instrument: Instrument, price: Ticks, size: Lots): number {
  const money = sizeOf(instrument, size) * instrument.contract.of
  return instrument.contract.currency === 'quote' ? money : money * priceOf(instrument, price)
}

/**
 * The grid of a decimal step as venues write it: `0.10000000` is `{ decimals: 1, step: 1 }`, `0.5` is `{ decimals: 1, step: 5 }`,
 * `10` is `{ decimals: 0, step: 10 }`. Undefined for anything that is not a positive plain decimal of at most 15 digits.
 */
export function gridOf(step: string): Grid | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,18}))?$/.exec(step)
  if (!match) return undefined
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  const whole = Number(match[1]! + fraction)
  if (!(whole > 0) || !Number.isSafeInteger(whole)) return undefined
  return { decimals: fraction.length, step: whole }
}

/** The point of `grid` that `text` names exactly; undefined when the text is no plain decimal or lies between points. */
export function pointOn(grid: Grid, text: string): number | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,18}))?$/.exec(text)
  if (!match) return undefined
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  if (fraction.length > grid.decimals) return undefined
  const whole = Number(match[2]! + fraction.padEnd(grid.decimals, '0'))
  if (!Number.isSafeInteger(whole) || whole % grid.step !== 0) return undefined
  // Never -0, which is another number to Object.is and to a shown sign.
  return match[1] && whole > 0 ? -whole / grid.step : whole / grid.step
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `27 Dec 26` in UTC, as option traders write an expiry. */
export function dayOf(at: Millis): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return 'unknown day'
  const year = String(date.getUTCFullYear() % 100).padStart(2, '0')
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]!} ${year}`
}

/** `100,000`, `0.55`: thousands apart, no digits that say nothing. */
function strikeText(strike: number): string {
  const [whole = '', fraction] = String(strike).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/**
 * `BTC/USDT perp`, `BTC/USD inverse perp`, `BTC/USDT 2026-12-25`, `BTC 27 Dec 26 100,000 call`; combos and sums of books go by their own names.
 * Built from untrusted text: show as text only.
 */
export function titleOf({ base, quote, product, expiresAt, option, symbol, members }: Instrument): string {
  const pair = `${base}/${quote}`
  if (members || product === 'combo') return symbol
  if (product === 'spot') return pair
  if (option) {
    // Quoted in itself or in dollars is the rule; what else it is quoted in tells two series apart.
    const name = quote === base || quote === 'USD' ? base : pair
    const day = expiresAt === undefined ? '' : ` ${dayOf(expiresAt)}`
    return `${name}${day} ${strikeText(option.strike)} ${option.kind}`
  }
  const inverse = product === 'inverse' ? 'inverse ' : ''
  const day = expiresAt === undefined ? undefined : new Date(expiresAt).toISOString().slice(0, 10)
  return `${pair} ${inverse}${day ?? 'perp'}`
}
