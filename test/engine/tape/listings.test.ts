import { expect, test } from 'vitest'
import { readTape } from '../../../src-main/engine/tape/reader'
import { venues } from '../../../src-main/engine/venues/index'
import { capturePath, haveCapture } from '../../support/captures'

/** Recorded lists of instruments, how many entries they hold, and one instrument whose steps are known. */
const lists = [
  ['bitstamp', 'bitstamp_trading-pairs', 140, 'btcusd', 2, 8],
  ['gate-spot', 'gate-spot_currency_pairs', 1458, 'FAST_USDT', 2, 3],
  ['gate-futures', 'gate-futures_contracts', 302, 'BTC_USDT', 1, 0],
  ['kucoin', 'kucoin_symbols', 634, 'REQ-ETH', 7, 4]
] as const

for (const [id, name, entries, symbol, price, size] of lists) {
  const file = `feeds/instruments/${name}.jsonl.gz`
  test.skipIf(!haveCapture(file))(`the recorded list of ${id} is read to its last entry`, async () => {
    const { catalogue } = venues.find(({ spec }) => spec.id === id)!
    const answers: ReturnType<typeof catalogue.read>[] = []
    await readTape(capturePath(file), ({ bytes, url = '' }) => {
      answers.push(catalogue.read(Buffer.from(bytes).toString('utf8'), { url, weight: 0 }))
    })
    expect(answers).toHaveLength(1)
    const instruments = 'instruments' in answers[0]! ? answers[0].instruments : []
    expect(instruments).toHaveLength(entries)
    expect(new Set(instruments.map((it) => it.symbol)).size).toBe(entries)
    expect(instruments.find((it) => it.symbol === symbol)).toMatchObject({
      price: { decimals: price, step: 1 },
      size: { decimals: size, step: 1 }
    })
  })
}
