import type { Instrument } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import * as v from 'valibot'
import type { Listing } from '../../dialects/listing'
import { readEntries } from '../../dialects/listing'

/** Bitfinex' own names for currencies that all others call otherwise. */
const currencies: Readonly<Record<string, string>> = {
  ...{ UST: 'USDT', UDC: 'USDC', DSH: 'DASH', ALG: 'ALGO', IOT: 'IOTA', ATO: 'ATOM', QTM: 'QTUM' },
  ...{ EUT: 'EURT', TSD: 'TUSD', MNA: 'MANA', LUNA: 'LUNC', STJ: 'STORJ', XAUT: 'XAUT' }
}

/** Reads `conf/pub:info:pair,pub:info:pair:futures`, `[[[name,[..]],...],[...]]`, and the older lists of bare names. Names with TEST are no markets. */
export const readPairs = (text: string): Listing =>
  readEntries(text, namesOf, pairName, (name) => (name.includes('TEST') ? undefined : guess(`t${name}`)))

const pairName = v.pipe(v.string(), v.regex(/^[A-Z0-9:]{6,}$/))

const namesOf = (answer: unknown): readonly string[] | undefined =>
  Array.isArray(answer)
    ? answer.flatMap((list: unknown) => (Array.isArray(list) ? list.flatMap(nameOf) : []))
    : undefined

const nameOf = (entry: unknown): string[] => {
  const name: unknown = Array.isArray(entry) ? entry[0] : entry
  return typeof name === 'string' ? [name] : []
}

/**
 * All that Bitfinex tells of a pair is its name: prices have five significant digits, so steps follow the price, and grids are refined by the first snapshot.
 * `tBTCUSD`, `tAVAX:USD`; perpetuals have F0 behind both currencies, `tBTCF0:USTF0`.
 */
export function guess(symbol: string): Instrument {
  const pair = symbol.replace(/^t/, '')
  const [first, second] = pair.includes(':') ? pair.split(':') : [pair.slice(0, -3), pair.slice(-3)]
  const isPerpetual = /F0$/.test(first!) && /F0$/.test(second ?? '')
  return {
    id: instrumentId('bitfinex', symbol),
    venue: 'bitfinex',
    symbol,
    base: currency(first!, isPerpetual),
    quote: currency(second ?? '?', isPerpetual),
    product: isPerpetual ? 'linear' : 'spot',
    tickSteps,
    price: { decimals: 0, step: 1 },
    tickSize: ticks(1),
    size: { decimals: 8, step: 1 },
    contract: { of: 1, currency: 'base' },
    trading: 'trading',
    simulated: false
  }
}

function currency(name: string, isPerpetual: boolean): string {
  const bare = isPerpetual ? name.replace(/F0$/, '') : name
  return currencies[bare] ?? bare
}

/** Five significant digits: from 10^n on, steps of 10^(n-4). */
const tickSteps = Array.from({ length: 13 }, (_, index) => ({
  above: Number(`1e${index - 6}`),
  step: Number(`1e${index - 10}`)
}))
