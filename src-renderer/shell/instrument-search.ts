import uFuzzy from '@leeoniya/ufuzzy'
import type { Instrument, Product } from '../../src-shared/instrument'
import { titleOf } from '../../src-shared/instrument'

// One typo of each kind per word, and words in any order.
const fuzzy = new uFuzzy({
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum exists in the types only
  intraMode: 1,
  intraSub: 1,
  intraTrn: 1,
  intraDel: 1,
  intraIns: 0,
  interSplit: '[\\s/:_-]+'
})
const outOfOrder = 4
/** Above this many hits the order of the fuzzy search costs more than it tells. */
const mostRanked = 2_000

const kinds: Readonly<Record<Product, string>> = {
  spot: 'spot',
  linear: 'perp perpetual swap futures',
  inverse: 'inverse perp perpetual swap futures coin',
  option: 'option',
  combo: 'combo spread'
}

/** Quote currencies most people mean; the others come after them. */
const quotes = ['USDT', 'USDC', 'USD', 'FDUSD', 'EUR', 'BTC']

/** Everything an instrument may be called: `btcusdt`, `btc-usdt`, `btc perp`, `btc 27 dec 100000 call`, its venue. */
const namesOf = (instrument: Instrument, venue: string): string => {
  const { base, quote, symbol, product, simulated, option } = instrument
  const strike = option ? ` ${option.strike} ${option.kind}` : ''
  return `${base}${quote} ${base}/${quote} ${symbol} ${titleOf(instrument)}${strike} ${kinds[product]} ${venue}${simulated ? ' sim simulated' : ''}`
}

/** A list of instruments that can be asked for by any of their names. */
export class InstrumentSearch {
  readonly #instruments: readonly Instrument[]
  readonly #names: string[]

  /** @param venueName words for a venue's id, such as `Binance USD-M BIN`. */
  constructor(instruments: readonly Instrument[], venueName: (venue: string) => string) {
    const ranks = new Map(instruments.map((instrument) => [instrument, rankOf(instrument)]))
    this.#instruments = [...instruments].sort((a, b) => ranks.get(a)! - ranks.get(b)! || before(a, b))
    this.#names = this.#instruments.map((instrument) => namesOf(instrument, venueName(instrument.venue)))
  }

  /** Best first; everything, for no words. */
  find(words: string): readonly Instrument[] {
    if (!words.trim()) return this.#instruments
    const [hits, info, order] = fuzzy.search(this.#names, words, outOfOrder, mostRanked)
    if (!hits) return []
    const found = order ? order.map((i) => info.idx[i]!) : hits
    const base = words
      .trim()
      .split(/[\s/:_-]+/)[0]!
      .toUpperCase()
    const instruments = found.map((i) => this.#instruments[i]!)
    // A base that is exactly the first word comes first; what is equal keeps the search's order.
    return instruments
      .map((instrument, at) => ({
        instrument,
        at,
        rank: matchRank(instrument, base) * 1_000 + rankOf(instrument)
      }))
      .sort((a, b) => a.rank - b.rank || series(a.instrument, b.instrument) || a.at - b.at)
      .map(({ instrument }) => instrument)
  }
}

/** A series of options: by expiry, then by strike, calls first. Others are equal. */
function series(a: Instrument, b: Instrument): number {
  if (!a.option || !b.option || a.base !== b.base) return 0
  return (
    (a.expiresAt ?? 0) - (b.expiresAt ?? 0) ||
    a.option.strike - b.option.strike ||
    (a.option.kind === b.option.kind ? 0 : a.option.kind === 'call' ? -1 : 1)
  )
}

const before = (a: Instrument, b: Instrument): number => series(a, b) || (a.symbol < b.symbol ? -1 : 1)

const matchRank = ({ base, quote, symbol }: Instrument, word: string): number =>
  symbol.toUpperCase() === word || base + quote === word || base === word ? 0 : base.startsWith(word) ? 1 : 2

function rankOf({ trading, quote, product, expiresAt, simulated }: Instrument): number {
  const at = quotes.indexOf(quote)
  const dated = expiresAt === undefined ? 0 : 20
  const halted = trading === 'trading' ? 0 : 100
  const kind = { linear: 0, spot: 1, inverse: 2, option: 40, combo: 50 }[product]
  const unreal = simulated ? 3 : 0
  return halted + dated + unreal + kind + (at < 0 ? quotes.length : at) * 3
}
