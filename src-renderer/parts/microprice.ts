import { figureText } from '../../src-shared/figure-text'
import { decimal, percent, signed } from '../../src-shared/format'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Sampled } from '../charts/sampled'
import type { Desk } from '../state/desk'

/** What panels want beside their own, to draw the microprice. */
export const micropriceWants = ['microprice'] as const
/** Less than this of the fit in it, and a figure is rather what stands in for it. */
const mostlyFitted = 0.5
/** Spreads of which the fit has states, price steps. */
const widestFitted = 2

/** The microprice of an instrument now: the metric's choice for its tick size, or what stands in for it, and which of these it is. */
export interface Microprice {
  /** `none`: nothing is known. */
  readonly kind: 'fitted' | 'weighted' | 'mid' | 'none'
  /** Less the mid, ticks of the book's prices; NaN while not known. */
  readonly offset: number
  /** The same, bps of the mid; NaN where the mid is not above 0 too. */
  readonly offsetBps: number
  /** `fitted, spread 1 tick`: what it is and why, for a legend. */
  readonly short: string
  /** The same in sentences. */
  readonly words: string
}

/** Less is no distance: three hundredths of a tick of 0.01 at a price of 60,000. Bps. */
const leastOffset = 5e-5

/** Bps with a third decimal below a tenth, and more where that would read as nothing: a part of a tick of a large price. */
export const offsetText = (bps: number): string => {
  if (Math.abs(bps) < leastOffset) return figureText(offsetField, 0, undefined)
  return Math.abs(bps) < 0.005
    ? figureText(offsetField, bps, undefined)
    : signed(bps, Math.abs(bps) < 0.1 ? 3 : 2)
}
const offsetField = { id: 'offset', title: 'Microprice offset', unit: 'bps', signed: true } as const

/** Reads figures of the latest row, and nothing else. */
export function micropriceNow(desk: Desk, id: InstrumentId): Microprice {
  const { market } = desk
  const of = (field: string): number => market.figure(id, 'microprice', field)
  const [mid, best, weighted] = [
    market.figure(id, 'price', 'mid'),
    of('best'),
    market.figure(id, 'price', 'microprice')
  ]
  const offset = (Number.isNaN(best) ? weighted : best) - mid
  const offsetBps = mid > 0 ? (offset / mid) * 1e4 : NaN
  const figures = {
    ...{ large: of('large'), trust: of('trust'), spread: market.figure(id, 'spread', 'ticks') },
    from: largeFrom(desk),
    isChosen: !Number.isNaN(best)
  }
  const chosen = Number.isNaN(offset) ? nothing : choiceOf(figures)
  return { ...chosen, offset, offsetBps }
}

type Choice = Pick<Microprice, 'kind' | 'short' | 'words'>

const nothing: Choice = { kind: 'none', short: '', words: 'Microprice: not known.' }

/** The share of time with a spread of one step from which the metric calls a tick large. */
function largeFrom({ market, settings }: Desk): number {
  const params = market.metrics.find(({ id }) => id === 'microprice')?.params
  const usual = params?.find(({ id }) => id === 'large')?.default
  return settings.metrics?.['microprice']?.['large'] ?? usual ?? NaN
}

interface Figures {
  /** Share of time with a spread of one step. */
  readonly large: number
  readonly from: number
  /** Weight of the fit in the present state; NaN before the first fit. */
  readonly trust: number
  /** Price steps; not whole while prices lie between the steps that the venue listed, or of books added up. */
  readonly spread: number
  readonly isChosen: boolean
}

function choiceOf({ large, from, trust, spread, isChosen }: Figures): Choice {
  if (!isChosen)
    return {
      kind: 'weighted',
      short: 'weighted mid, tick not known',
      words:
        'Weighted mid: it stands in for the microprice until it is known how often the spread is one tick.'
    }
  const often = `the spread is one tick in ${percent(large)} of the time`
  if (large < from)
    return {
      kind: 'mid',
      short: 'mid, small tick',
      words: `Mid: ${often}, a small tick, and there no microprice is nearer to what comes than the mid.`
    }
  const isFittedTo = Number.isInteger(spread) && spread >= 1 && spread <= widestFitted
  if (!isFittedTo)
    return {
      kind: 'mid',
      short: `mid, spread ${stepsText(spread)} ticks`,
      words: `Mid: ${often}, but ${stepsText(spread)} now, and no microprice is fitted to such a one.`
    }
  const seen = trust > 0 ? percent(trust) : '0 %'
  if (!(trust >= mostlyFitted)) {
    const [kind, name] = spread === 1 ? (['weighted', 'weighted mid'] as const) : (['mid', 'mid'] as const)
    return {
      kind,
      short: `${name}, fit young`,
      words: `Mostly the ${name}: the fit of the microprice has seen too little of the present state, and counts ${seen}. The tick is large: ${often}.`
    }
  }
  return {
    kind: 'fitted',
    short: `fitted, spread ${decimal(spread, 0)} ${spread === 1 ? 'tick' : 'ticks'}`,
    words: `Stoikov’s microprice, fitted to this instrument, the fit’s weight ${seen}: ${often}, a large tick, where it tells more than the mid.`
  }
}

/** Price steps with the decimals they need, two at most: `2`, `1.5`. */
const stepsText = (steps: number): string =>
  decimal(steps, Number.isInteger(steps) ? 0 : Number.isInteger(10 * steps) ? 1 : 2)

/** What its figure is called where there is room for a word: what stands in for it has not its name. */
export const micropriceName = (kind: Microprice['kind']): string => (kind === 'weighted' ? 'w. mid' : 'micro')

/** Leaves of the column `stand` only what no row of the column `chosen` knows, in place: what is drawn in its stead. */
export function keepStandIns({ values }: Sampled, chosen: number, stand: number): void {
  const [known, kept] = [values[chosen], values[stand]]
  if (!known || !kept) return
  for (let row = 0; row < kept.length; row++) if (known[row] !== null) kept[row] = null
}
