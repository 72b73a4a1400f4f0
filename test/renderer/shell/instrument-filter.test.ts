import { describe, expect, it } from 'vitest'
import { listTrouble } from '../../../src-renderer/shell/filter-words'
import {
  choicesOf,
  kindOf,
  narrowed,
  passes,
  type Filter
} from '../../../src-renderer/shell/instrument-filter'
import { InstrumentSearch } from '../../../src-renderer/shell/instrument-search'
import { nameOfSum, whyNotSummable } from '../../../src-renderer/shell/summable'
import type { Instrument } from '../../../src-shared/instrument'
import { titleOf } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import { perpetual } from '../../support/fake-desk.svelte'

const december = millis(Date.UTC(2026, 11, 25, 8))
const march = millis(Date.UTC(2027, 2, 26, 8))

function option(base: string, expiresAt: typeof december, strike: number, kind: 'call' | 'put'): Instrument {
  const symbol = `${base}-${expiresAt}-${strike}-${kind}`
  return {
    ...perpetual('deribit', symbol),
    ...{ base, quote: base, product: 'option', expiresAt },
    option: { strike, strikeCurrency: 'USD', kind }
  }
}
const btc = perpetual('binance-usdm', 'BTCUSDT')
const eth = perpetual('binance-usdm', 'ETHUSDT')
const all = [
  ...[btc, eth],
  option('BTC', december, 100_000, 'call'),
  option('BTC', december, 90_000, 'put'),
  option('BTC', march, 100_000, 'call'),
  option('ETH', december, 4_000, 'call')
]
const titles = (filter: Filter) => all.filter((it) => passes(it, filter)).map(titleOf)

describe('the filters of the search', () => {
  it('together leave one option', () => {
    const filter = { kind: 'option', base: 'BTC', expiry: december, strike: 100_000, side: 'call' } as const
    expect(titles(filter)).toEqual(['BTC 25 Dec 26 100,000 call'])
  })
  it('that an instrument has no value for leave it out', () => {
    expect(titles({ strike: 100_000 })).toHaveLength(2)
    expect(titles({ side: 'put' })).toEqual(['BTC 25 Dec 26 90,000 put'])
  })
  it('offer what the other filters leave, with counts; strikes rising', () => {
    const filter = { kind: 'option', base: 'BTC' } as const
    expect(choicesOf(all, filter, 'strike').choices).toEqual([
      { value: 90_000, count: 1 },
      { value: 100_000, count: 2 }
    ])
    // A filter is no bar to its own choices.
    expect(choicesOf(all, filter, 'base').choices.map(({ value }) => value)).toEqual(['BTC', 'ETH'])
  })
  it('are set and taken away one by one', () => {
    expect(narrowed({ base: 'BTC' }, 'kind', 'option')).toEqual({ base: 'BTC', kind: 'option' })
    expect(narrowed({ base: 'BTC', kind: 'option' }, 'base', undefined)).toEqual({ kind: 'option' })
  })
  it('tell a future from a perpetual', () => {
    expect(kindOf(btc)).toBe('perp')
    expect(kindOf({ ...btc, expiresAt: december })).toBe('future')
  })
  it('are quick at 20,000 instruments', () => {
    const many = Array.from({ length: 20_000 }, (_, i) =>
      option(i % 2 ? 'BTC' : 'ETH', december, 1_000 + (i >> 1), i % 4 < 2 ? 'call' : 'put')
    )
    const search = new InstrumentSearch(many, (id) => id)
    const found = search.find('btc 5000 call')
    expect(found[0]?.option?.strike).toBe(5_000)
    // A menu never grows with the list.
    const { choices, left } = choicesOf(many, {}, 'strike')
    expect([choices.length, left]).toEqual([120, many.length / 2 - 120])
  })
})

describe('a venue’s list', () => {
  it('that is not there says why, and when it is asked for again', () => {
    const at = millis(Date.UTC(2026, 10, 25, 12, 3, 7))
    const list = { venue: 'deribit', instruments: 0, state: 'failed', reason: 'no route to host' } as const
    expect(listTrouble({ ...list, nextAttemptAt: at })).toBe(
      'no list yet, no route to host, next attempt 12:03:07'
    )
    expect(listTrouble({ ...list, state: 'ready', reason: '' })).toBe('')
  })
})

describe('books to be added up', () => {
  it('are two or more of one base, and no options', () => {
    expect(whyNotSummable([btc])).toMatch(/two/)
    expect(whyNotSummable([btc, eth])).toBe('Only books of one base add up, not BTC and ETH.')
    expect(whyNotSummable([btc, all[2]!])).toMatch(/Options/)
    expect(whyNotSummable([btc, perpetual('okx', 'BTC-SWAP')])).toBe('')
  })
  it('are called by what they have in common', () => {
    expect(nameOfSum([btc, perpetual('okx', 'BTC-SWAP')])).toBe('BTC perps')
    expect(nameOfSum([btc, { ...btc, product: 'spot' }])).toBe('BTC 2 books')
  })
})
