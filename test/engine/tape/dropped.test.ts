import { describe, expect, test } from 'vitest'
import { venues } from '../../../src-main/engine/venues/index'
import { capturePath, haveCapture } from '../../support/captures'
import { framesOf } from '../../support/dropped-diffs'
import { dropAndHeal } from '../../support/healed-drops'
import { chanceOf } from '../../support/sim-venue/chance'

/**
 * Every capture whose messages follow one another by their ids. OKX's of 2022 has none yet: its test leaves out every diff in turn. Deribit's live excerpt has no
 * two diffs of a book.
 */
const captures = [
  ['binance-spot', 'binance-spot_2021'],
  ['binance-spot', 'binance-us-spot_2021'],
  ['binance-spot', 'binance-spot_btcusdt_20240808'],
  ['binance-usdm', 'binance-usdm_2021'],
  ['binance-usdm', 'binance-usdm_btcusdt_20240718-19'],
  ['binance-coinm', 'binance-coinm_2021'],
  ['binance-coinm', 'binance-coinm_btcusd_perp_20240808'],
  ['bitfinex', 'bitfinex_2021_first60pct'],
  ['bybit-linear', 'bybit-v5-linear_xrpusdt_ob500_first25'],
  ['deribit', 'deribit-options_2021'],
  ['gate-spot', 'gate-spot_2021'],
  ['gate-futures', 'gate-futures_2023'],
  ['kraken-futures', 'kraken-futures_2021'],
  ['kucoin', 'kucoin-spot_2021']
] as const

/** `STEELYARD_LONG=1`: every diff of every frame, in as many rounds as it takes; otherwise some, by this seed. */
const isLong = process.env['STEELYARD_LONG'] !== undefined
const SEED = 20_261_125
const MOST_FRAMES = 600
const SHARE = 0.1
/** One is lost, the next tells of it, and one more joins the book anew. */
const ROUNDS = 3

describe.each(captures)('%s: %s', (id, name) => {
  const file = `feeds/${name}.jsonl.gz`
  const venue = venues.find(({ spec }) => spec.id === id)!

  test.skipIf(!haveCapture(file))(
    'a book that lost any one diff is not live after its next message',
    async () => {
      const frames = await framesOf(capturePath(file))
      const chance = chanceOf(SEED)
      const drops = isLong
        ? Array.from({ length: ROUNDS }, (_, round) =>
            dropAndHeal(venue, frames, (nth) => nth % ROUNDS === round)
          )
        : [dropAndHeal(venue, frames.slice(0, MOST_FRAMES), () => chance() < SHARE)]
      const sum = (of: (it: (typeof drops)[number]) => number) => drops.reduce((all, it) => all + of(it), 0)
      const [dropped, noticed] = [sum((it) => it.dropped), sum((it) => it.noticed)]
      const untold = sum((it) => it.untold)
      if (isLong)
        process.stdout.write(
          `${name}: of ${drops[0]!.diffs} diffs ${dropped} lost, ${noticed} noticed, ${untold} untold\n`
        )
      expect(drops.flatMap(({ missed }) => missed)).toEqual([])
      expect(dropped).toBeGreaterThan(0)
      expect(noticed + untold).toBe(dropped)
      expect(noticed).toBeGreaterThan(0)
    },
    600_000
  )
})
