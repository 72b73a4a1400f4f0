import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ladder } from '../../../../src-renderer/panels/ladder'
import type { BookView } from '../../../../src-shared/contract/frames'
import { drawn, fakeCanvas } from '../../../support/fake-canvas'
import { fakeDesk, live, start } from '../../../support/fake-desk.svelte'

const id = 'sim:BTCUSDT'

/** One level a side, sizes in lots of 0.001. */
const bookAt = (bid: number, bidLots: number): BookView => ({
  instrument: id,
  at: start,
  sequence: 1,
  bids: Float64Array.of(bid, bidLots),
  asks: Float64Array.of(bid + 2, 4_000),
  knownBid: -Infinity,
  knownAsk: Infinity
})

describe('the ladder', () => {
  let canvas: ReturnType<typeof fakeCanvas>
  beforeEach(() => {
    canvas = fakeCanvas()
  })
  afterEach(() => {
    cleanup()
    canvas.restore()
  })
  const written = () => canvas.texts.join('')
  const open = () => {
    const desk = fakeDesk(id)
    desk.market.setBook(bookAt(617_000, 2_740))
    const tab = { id: 'tab-ladder', panel: 'ladder' }
    const view = render(ladder.component, { desk, tab, instrument: id, choose: () => undefined })
    return { desk, ...view }
  }
  /** Figures are set from their last letter to their first. */
  const set = (figure: string) => [...figure].reverse().join('')

  it('asks for levels and trades, and releases them with the panel', async () => {
    const { desk, unmount } = open()
    await tick()
    expect(desk.market.wants['tab-ladder']).toEqual([
      { id, levels: 1_000, trades: true, metrics: ['microprice'] }
    ])
    unmount()
    expect(desk.market.wants['tab-ladder']).toEqual([])
  })

  it('writes sizes, the spread and the mid of a live book', async () => {
    open()
    await drawn()
    expect(written()).toContain(set('2.74'))
    expect(written()).toContain('spread 0.2')
    expect(written()).toContain(set('61,700.1'))
  })

  it('does not change while it is frozen, and catches up after', async () => {
    const { desk } = open()
    await drawn()
    await fireEvent.keyDown(screen.getByRole('img'), { key: ' ' })
    desk.market.setBook(bookAt(618_000, 9_990))
    desk.pass(14_000)
    canvas.clear()
    await drawn()
    expect(screen.getByText('frozen 14 s')).toBeTruthy()
    canvas.clear()
    await fireEvent.keyDown(screen.getByRole('img'), { key: 'ArrowUp' })
    await drawn()
    expect(written()).toContain(set('2.74'))
    expect(written()).not.toContain(set('9.99'))
    canvas.clear()
    await fireEvent.keyDown(screen.getByRole('img'), { key: ' ' })
    await drawn()
    expect(written()).toContain(set('9.99'))
  })

  it('says beside the mid how far the microprice lies, and above which it is', async () => {
    const { desk } = open()
    const row = { 'price.mid': 617_001, 'price.microprice': 617_000.8, 'spread.ticks': 2 }
    desk.market.sample(id, start, row)
    desk.pass(250)
    await drawn()
    // Nobody has looked for the tick's size yet: the weighted mid, 0.2 ticks of 0.1 below the mid.
    expect(written()).toContain('w. mid −0.02')
    expect(screen.getByText('micro: weighted mid, tick not known')).toBeTruthy()
    canvas.clear()
    const fitted = { 'microprice.best': 617_001.5, 'microprice.large': 0.8, 'microprice.trust': 1 }
    desk.market.sample(id, start + 100, { ...row, ...fitted })
    desk.market.setBook(bookAt(617_000, 2_740))
    desk.pass(250)
    await drawn()
    expect(written()).toContain('micro +0.05')
    expect(screen.getByText('micro: fitted, spread 2 ticks')).toBeTruthy()
  })

  it('says that the microprice is at the mid only where it is, to the decimals shown', async () => {
    const { desk } = open()
    const young = { 'price.mid': 617_001, 'price.microprice': 617_000.8, 'spread.ticks': 2 }
    const large = { 'microprice.large': 0.8, 'microprice.trust': 0.4 }
    desk.market.sample(id, start, { ...young, ...large, 'microprice.best': 617_001.4 })
    desk.pass(250)
    await drawn()
    expect(written()).toContain('micro +0.04')
    expect(screen.getByText('micro: mid, fit young')).toBeTruthy()
    canvas.clear()
    desk.market.sample(id, start + 100, { ...young, ...large, 'microprice.best': 617_001.01 })
    desk.market.setBook(bookAt(617_000, 2_740))
    desk.pass(250)
    await drawn()
    expect(written()).toContain('micro at mid')
  })

  it('keeps the microprice of the moment at which it was frozen', async () => {
    const { desk } = open()
    const row = { 'price.mid': 617_001, 'price.microprice': 617_000.8 }
    desk.market.sample(id, start, row)
    desk.market.setBook(bookAt(617_000, 2_740))
    await drawn()
    await fireEvent.keyDown(screen.getByRole('img'), { key: ' ' })
    desk.market.sample(id, start + 100, { ...row, 'price.microprice': 617_001.9 })
    canvas.clear()
    await fireEvent.keyDown(screen.getByRole('img'), { key: 'ArrowUp' })
    await drawn()
    expect(written()).toContain('w. mid −0.02')
    expect(written()).not.toContain('+0.09')
  })

  it('shows no number of a book that has a gap', async () => {
    const { desk } = open()
    await drawn()
    desk.market.setStatus(id, { ...live, state: 'gap', reason: '3 messages lost' })
    canvas.clear()
    await drawn()
    expect(written()).toBe('')
  })

  it('says the touch in words', async () => {
    open()
    await tick()
    expect(screen.getByText(/mid 61,700.1, spread 0.2, bid 61,700.0 for 2.74/)).toBeTruthy()
  })
})
