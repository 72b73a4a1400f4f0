import { describe, expect, it } from 'vitest'
import { settled, WindowDesk } from '../../support/window-desk'

const btc = 'sim:BTC-PERP'
const eth = 'sim:ETH-USDT'

function connected(): WindowDesk {
  const window = new WindowDesk()
  window.hello(btc, eth)
  return window
}

describe('the market', () => {
  it('gives a figure only while the book is live', () => {
    const window = connected()
    const { market } = window.desk
    window.status(btc, 'live')
    window.mid(btc, window.now, 617_000.5)
    expect(market.figure(btc, 'price', 'mid')).toBe(617_000.5)
    window.status(btc, 'gap', '3 messages lost')
    expect(market.figure(btc, 'price', 'mid')).toBeNaN()
    expect(market.status(btc)).toMatchObject({ state: 'gap', reason: '3 messages lost' })
  })

  it('calls no book live while the engine is away', () => {
    const window = connected()
    window.status(btc, 'live')
    window.mid(btc, window.now, 1)
    window.tell({ kind: 'engine', state: 'restarting', since: window.now, reason: 'exit 1' })
    expect(window.desk.market.status(btc)).toMatchObject({
      state: 'connecting',
      reason: 'engine restarting: exit 1'
    })
    expect(window.desk.market.figure(btc, 'price', 'mid')).toBeNaN()
  })

  it('does not believe an old status after a new hello', () => {
    const window = connected()
    window.status(btc, 'live')
    window.hello(btc)
    expect(window.desk.market.status(btc).state).toBe('connecting')
  })

  it('knows nothing of a metric the engine does not name', () => {
    expect(connected().desk.market.column('price', 'nonsense')).toBe(-1)
  })
})

describe('what the window asks for', () => {
  it('is the union of its panels, as one command', async () => {
    const window = connected()
    window.desk.market.want('ladder', [{ id: btc, levels: 200, trades: false }])
    window.desk.market.want('chart', [{ id: btc, levels: 0, trades: true }])
    window.desk.market.want('list', [{ id: eth, levels: 0, trades: false }])
    await settled()
    expect(window.commands).toEqual([
      {
        kind: 'watch',
        instruments: [
          { id: btc, levels: 200, trades: true },
          { id: eth, levels: 0, trades: false }
        ]
      }
    ])
  })

  it('is asked anew of an engine that was restarted', async () => {
    const window = connected()
    window.desk.market.want('list', [{ id: eth, levels: 0, trades: false }])
    await settled()
    window.desk.market.disconnect()
    window.commands.length = 0
    window.hello(eth)
    await settled()
    expect(window.commands.map(({ kind }) => kind)).toEqual(['watch'])
  })

  it('begins a series with its past, after the instrument itself', async () => {
    const window = connected()
    window.desk.market.series(btc)
    window.desk.market.want('chart', [{ id: btc, levels: 0, trades: true }])
    await settled()
    expect(window.commands.map(({ kind }) => kind)).toEqual(['watch', 'history'])
  })

  it('forgets what nobody wants, so that it does not come back as live', async () => {
    const window = connected()
    window.desk.market.want('list', [{ id: eth, levels: 0, trades: false }])
    await settled()
    window.status(eth, 'live')
    window.mid(eth, window.now, 5)
    window.desk.market.want('list', [])
    await settled()
    expect(window.desk.market.row(eth)).toBeUndefined()
    expect(window.desk.market.status(eth).state).toBe('connecting')
  })
})

describe('a series', () => {
  it('has a hole from the loss of the book to its return', () => {
    const window = connected()
    const series = window.desk.market.series(btc)
    window.status(btc, 'gap', 'lost', window.now)
    expect(series.gaps).toEqual([[window.now, Infinity]])
    const later = (window.now + 1_300) as typeof window.now
    window.status(btc, 'live', '', later)
    expect(series.gaps).toEqual([[window.now, later]])
  })

  it('puts the engine’s past before its own rows, each time once', () => {
    const window = connected()
    const { market } = window.desk
    const series = market.series(btc)
    window.mid(btc, 3_000, 30)
    window.mid(btc, 4_000, 40)
    const mid = market.column('price', 'mid')
    window.frame({
      kind: 'history',
      instrument: btc,
      columns: [0, mid],
      rows: new Float64Array([1_000, 10, 2_000, 20, 3_000, 30]),
      gaps: new Float64Array([1_200, 1_400]),
      trades: new Float64Array(),
      liquidations: new Float64Array(),
      events: []
    })
    expect([0, 1, 2, 3].map((row) => series.value(row, mid))).toEqual([10, 20, 30, 40])
    expect([0, 1, 2, 3].map((row) => series.at(row))).toEqual([1_000, 2_000, 3_000, 4_000])
    expect(series.length).toBe(4)
    expect(series.find(2_500)).toBe(2)
    expect(series.gaps).toEqual([[1_200, 1_400]])
  })

  it('keeps the latest ten minutes at ten rows a second', () => {
    const window = connected()
    const series = window.desk.market.series(btc)
    for (let row = 1; row <= 6_001; row++) window.mid(btc, row, row)
    expect(series.length).toBe(6_000)
    expect(series.at(0)).toBe(2)
    expect(series.at(5_999)).toBe(6_001)
  })

  it('sums traded lots by price and side', () => {
    const window = connected()
    const series = window.desk.market.series(btc)
    window.frame({
      kind: 'market',
      number: 1,
      at: window.now,
      instruments: [],
      samples: new Float64Array(),
      books: [],
      trades: [
        {
          instrument: btc,
          rows: new Float64Array([1, 100, 5, 1, 1, 0, 2, 100, 7, -1, 2, 0, 3, 100, 2, 1, 3, 0]),
          dropped: 4
        }
      ]
    })
    expect(series.traded(100)).toEqual([7, 7])
    expect(series.traded(101)).toEqual([0, 0])
    expect([series.trades.length, series.untold]).toEqual([3, 4])
  })

  it('begins anew when prices count in finer units', () => {
    const window = connected()
    const series = window.desk.market.series(btc)
    window.mid(btc, 1_000, 10)
    const instrument = window.desk.market.instrument(btc)!
    window.frame({
      kind: 'instruments',
      venue: 'sim',
      list: [{ ...instrument, price: { decimals: 2, step: 1 } }]
    })
    expect(window.desk.market.series(btc)).not.toBe(series)
    expect(window.desk.market.series(btc).length).toBe(0)
  })
})
