import { describe, expect, it } from 'vitest'
import { Fields } from '../../../src-main/engine/scan/fields'
import { Scanner } from '../../../src-main/engine/scan/scanner'
import { Symbols } from '../../../src-main/engine/scan/symbols'
import { bytesOf } from '../../support/recording-sink'

const word = (text: string) => {
  const scan = new Scanner().load(bytesOf(`"${text}"`))
  scan.string()
  return scan
}

describe('keys', () => {
  const fields = new Fields(['b', 'bids', 'bid', 'u'])

  it('match whole, whatever else begins the same', () => {
    expect(['b', 'bid', 'bids', 'u'].map((key) => fields.match(word(key)))).toEqual(
      (['b', 'bid', 'bids', 'u'] as const).map((key) => fields.index(key))
    )
    expect(['', 'bi', 'bidsx', 'U', 'x'].map((key) => fields.match(word(key)))).toEqual([-1, -1, -1, -1, -1])
  })

  it('that were not there make their reader fail', () => {
    const scan = word('u')
    fields.clear()
    expect(fields.seek(fields.index('u'), scan)).toBe(false)
    expect(scan.failed()).toBe(true)
  })
})

describe('symbols', () => {
  it('are the same text every time, and any letters', () => {
    const symbols = new Symbols()
    for (const text of ['BTCUSDT', 'ETHUSDT', '币安人生USDT', 'BTCUSDT'])
      expect(symbols.text(word(text))).toBe(text)
  })
})
