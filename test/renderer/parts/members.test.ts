import { expect, test } from 'vitest'
import { sharesOf } from '../../../src-renderer/parts/members'
import { fakeDesk } from '../../support/fake-desk.svelte'

test.each(['crossed', 'unverified', 'stale'] as const)(
  'a member that is %s is in no sum, and is not counted among those that are',
  (state) => {
    const ids = ['binance-usdm:BTCUSDT', 'okx:BTC-USDT-SWAP']
    const desk = fakeDesk(...ids)
    const group = desk.watchlists.createGroup('perps', ids)
    expect(sharesOf(desk, group)).toMatchObject({ live: 2, all: ids.map((id) => ({ id })) })
    desk.market.setStatus(ids[1]!, { ...desk.market.status(ids[1]!), state })
    expect(sharesOf(desk, group)?.live).toBe(1)
    expect(sharesOf(desk, ids[0]!)).toBeUndefined()
  }
)
